// @ts-check
/**
 * The recorder's time. The browser's own clock may be wrong by hours, and what is asked for and told is
 * of the recorder's: each answer says by its `Date` header what that was about.
 */

/** A header is of whole seconds, and may be that of the second before. */
const HEADER_MS = 2_000;

/** What the recorder's clock is ahead by. */
let least = -Infinity;
let most = Infinity;

/** Takes what an answer says of the time. @param {Response} answer @param {number} askedAt by the browser's clock */
export function hearTime(answer, askedAt) {
  const told = Date.parse(answer.headers.get('Date') ?? '');
  if (Number.isNaN(told)) return;
  const low = told - Date.now();
  const high = told + HEADER_MS - askedAt;
  // One that contradicts those before it: a clock was set.
  const isAnother = low > most || high < least;
  least = isAnother ? low : Math.max(low, least);
  most = isAnother ? high : Math.min(high, most);
}

/** In epoch milliseconds; the browser's time, unless that is known to be wrong. */
export function now() {
  const isRight = least <= 0 && most >= 0;
  return Date.now() + (isRight ? 0 : Math.round((least + most) / 2));
}
