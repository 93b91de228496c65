// @ts-check
/** Which stretch of time is shown, as the address says it: `window=1h` ends now, `from` and `to` stay. */

/** @typedef {{ start: number, end: number, isLive: boolean }} Range epoch milliseconds */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const UNITS = /** @type {Record<string, number>} */ ({
  s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, y: 365 * DAY_MS,
});

/** Windows to choose. */
export const WINDOWS = ['1m', '5m', '15m', '1h', '6h', '24h', '7d', '30d', '90d', '1y', '5y'];
const DEFAULT = '1h';

const SHORTEST_MS = 10 * SECOND_MS;
const LONGEST_MS = 30 * UNITS.y;

/** In windows that are no longer than this each ping is shown. */
export const PINGS_MS = 20 * MINUTE_MS;

const MOST_BUCKETS = 400;

/** What the recorder calls them, and about how long they are. */
const STEPS = /** @type {[string, number][]} */ ([
  ['5s', 5 * SECOND_MS], ['10s', 10 * SECOND_MS], ['15s', 15 * SECOND_MS], ['30s', 30 * SECOND_MS],
  ['1m', MINUTE_MS], ['2m', 2 * MINUTE_MS], ['5m', 5 * MINUTE_MS], ['10m', 10 * MINUTE_MS],
  ['15m', 15 * MINUTE_MS], ['30m', 30 * MINUTE_MS], ['1h', HOUR_MS], ['2h', 2 * HOUR_MS],
  ['3h', 3 * HOUR_MS], ['6h', 6 * HOUR_MS], ['12h', 12 * HOUR_MS], ['1d', DAY_MS], ['1w', 7 * DAY_MS],
  ['1month', 30 * DAY_MS], ['3month', 91 * DAY_MS],
]);

/** The shortest step of history that all of retention has. */
export const HOUR_STEP = { name: '1h', ms: HOUR_MS };

/** @param {number} ms of a window @returns {{ name: string, ms: number }} */
export function stepFor(ms) {
  const [name, step] = STEPS.find(([, length]) => length * MOST_BUCKETS >= ms) ?? STEPS[STEPS.length - 1];
  return { name, ms: step };
}

/** @param {string | null} text such as 15m @returns {number | null} */
export function lengthOf(text) {
  const parts = /^(\d{1,6})([smhdy])$/.exec(text ?? '');
  if (!parts) return null;
  const ms = Number(parts[1]) * UNITS[parts[2]];
  return ms >= SHORTEST_MS && ms <= LONGEST_MS ? ms : null;
}

/** @param {URLSearchParams} query @param {number} now @returns {Range} */
export function rangeOf(query, now) {
  const start = Date.parse(query.get('from') ?? '');
  const end = Date.parse(query.get('to') ?? '');
  if (end - start >= SECOND_MS && end - start <= LONGEST_MS) return { start, end, isLive: false };
  const length = lengthOf(query.get('window')) ?? lengthOf(DEFAULT) ?? 0;
  return { start: now - length, end: now, isLive: true };
}

/** The window's name where it is one to choose. @param {URLSearchParams} query */
export function windowOf(query) {
  return lengthOf(query.get('window')) === null ? DEFAULT : /** @type {string} */ (query.get('window'));
}

/** What the address says of a stretch that stays. @param {number} start @param {number} end */
export function fixed(start, end) {
  const from = Math.round(start);
  return {
    from: new Date(from).toISOString(),
    to: new Date(Math.max(Math.round(end), from + SECOND_MS)).toISOString(),
    window: null,
  };
}

/** What the address says of a length that ends now: in seconds where it is none to choose. @param {number} ms */
export function live(ms) {
  const chosen = WINDOWS.find((name) => lengthOf(name) === ms);
  const seconds = Math.round(Math.max(ms, SHORTEST_MS) / SECOND_MS);
  return { from: null, to: null, window: chosen ?? (seconds <= 999_999 ? `${seconds}s` : `${Math.round(seconds / 3_600)}h`) };
}

/**
 * The same stretch closer or further away, around a time that stays where it is.
 *
 * @param {{ start: number, end: number }} range
 * @param {number} factor less than 1 is closer
 * @param {number} around
 */
export function zoomed(range, factor, around) {
  const length = range.end - range.start;
  const wanted = Math.min(Math.max(length * factor, SHORTEST_MS), LONGEST_MS);
  const start = around - ((around - range.start) / length) * wanted;
  return { start, end: start + wanted };
}

/** @param {{ start: number, end: number }} range @param {number} part of its length; less than 0 is back */
export function moved(range, part) {
  const by = (range.end - range.start) * part;
  return { start: range.start + by, end: range.end + by };
}
