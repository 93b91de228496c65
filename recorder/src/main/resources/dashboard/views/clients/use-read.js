// @ts-check
import { onMounted, onUnmounted, shallowRef, watch } from '../../lib/vue.js';

/**
 * Reads now, again every so often, and at once when what it depends on has changed. An answer that comes
 * after a newer question is dropped; after a fault the last answer stays beside it.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} read
 * @param {() => unknown} depends
 * @param {number} everyMs
 */
export function useRead(read, depends, everyMs) {
  const answer = shallowRef(/** @type {T | null} */ (null));
  const fault = shallowRef(/** @type {unknown} */ (null));
  let timer = 0;
  let abort = new AbortController();

  async function now() {
    clearTimeout(timer);
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    const began = performance.now();
    try {
      if (!document.hidden || answer.value === null) {
        const told = await read(signal);
        if (signal.aborted) return;
        answer.value = told;
        fault.value = null;
      }
    } catch (failure) {
      if (signal.aborted) return;
      fault.value = failure;
    }
    // A recorder that is slow to answer is not asked more for it.
    timer = setTimeout(now, Math.max(everyMs, 20 * (performance.now() - began)));
  }

  onMounted(now);
  onUnmounted(() => {
    clearTimeout(timer);
    abort.abort();
  });
  watch(depends, now);
  return { answer, fault, again: () => void now() };
}
