// @ts-check
import { onMounted, onUnmounted, shallowRef, watch } from '../../lib/vue.js';
import { ApiError } from '../../api.js';

const AWAY_MS = 3_000;

/**
 * Reads now, again every so often, and at once when what it depends on has changed: then the last answer
 * is of something else, and gone. An answer that comes after a newer question is dropped; after a fault
 * the last answer stays beside it. That the recorder is away is no fault here: the page says it.
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

  async function ask() {
    clearTimeout(timer);
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    const began = performance.now();
    let isAway = false;
    try {
      if (!document.hidden || answer.value === null) {
        const told = await read(signal);
        if (signal.aborted) return;
        answer.value = told;
        fault.value = null;
      }
    } catch (failure) {
      if (signal.aborted) return;
      isAway = failure instanceof ApiError && failure.isAway;
      fault.value = isAway ? null : failure;
    }
    // A recorder that is slow to answer is not asked more for it.
    const restMs = isAway ? AWAY_MS : everyMs;
    timer = setTimeout(ask, Math.max(restMs, 20 * (performance.now() - began)));
  }

  onMounted(ask);
  onUnmounted(() => {
    clearTimeout(timer);
    abort.abort();
  });
  watch(depends, () => {
    answer.value = null;
    fault.value = null;
    void ask();
  });
  return { answer, fault, again: () => void ask() };
}
