// @ts-check
import { ApiError, get } from '../../api.js';
import { now } from '../../clock.js';
import { Rounds } from '../../rounds.js';

/** What changes all the time is not read all the time. */
const PACE = { everyMs: 30_000, soonMs: 1_000, restMs: 5_000 };
const SPARK_POINTS = 30;

/**
 * Keeps rows as the summary has them.
 *
 * @param {import('./rows.js').Rows} rows
 * @param {() => number} windowMs
 * @param {(fault: unknown) => void} done null where it went well
 */
export function summaryRounds(rows, windowMs, done) {
  const rounds = new Rounds(async (signal) => {
    rows.begin();
    /** @type {unknown} */
    let fault = null;
    try {
      const query = { start: new Date(now() - windowMs()), spark: SPARK_POINTS };
      const [summary, ips] = await Promise.all([get('summary', { query, signal }), get('ips', { signal })]);
      rows.register(ips);
      if (!rows.read(summary)) rounds.soon();
    } catch (e) {
      fault = e;
    }
    if (!signal.aborted) done(fault);
    return !(fault instanceof ApiError && fault.isPassing);
  }, PACE);
  return rounds;
}
