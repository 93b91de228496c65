// @ts-check
import { onMounted, onUnmounted, shallowRef, watch } from '../../lib/vue.js';
import { ApiError } from '../../api.js';
import { Rounds } from '../../rounds.js';

const SOON_MS = 1_000;

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
  const rounds = new Rounds(async (signal) => {
    try {
      const told = await read(signal);
      if (signal.aborted) return true;
      answer.value = told;
      fault.value = null;
      return true;
    } catch (failure) {
      if (signal.aborted) return true;
      const isOfApi = failure instanceof ApiError;
      fault.value = isOfApi && failure.isAway ? null : failure;
      return !(isOfApi && failure.isPassing);
    }
  }, { everyMs, soonMs: SOON_MS, restMs: 0 });

  onMounted(rounds.restart);
  onUnmounted(rounds.end);
  watch(depends, () => {
    answer.value = null;
    fault.value = null;
    rounds.restart();
  });
  return { answer, fault, again: rounds.restart, soon: rounds.soon };
}
