// @ts-check
/** What the rows of /history mean for a chart. */

/**
 * @typedef {{ start: number, end: number, row: any, connects: number | null }} Bucket `row` is as
 *     /history has it; `connects` is the index of the bucket whose median the line comes from
 * @typedef {{ kind: 'gap' | 'waiting', start: number, end: number, share: number, reasons: string[] }} Shade
 *     `share` is how much of what was due is not there: 0 to 1
 * @typedef {{ key: string, client: string, family: string | null, name: string | null, buckets: Bucket[],
 *     shades: Shade[] }} Line of one client
 */

/** As long as a program that posts single pings may be silent: ten intervals of a minute. */
const SILENCE_MS = 600_000;

/** Told by the same two from client to client of one ip. @param {{ client: string, family?: string | null }} of */
export function lineKey({ client, family }) {
  return family ? `${client} ${family}` : client;
}

/**
 * @param {any[]} rows of /history, by client and time
 * @param {number} end of the last bucket, in epoch milliseconds
 * @param {number} now
 * @returns {Line[]}
 */
export function linesOf(rows, end, now) {
  /** @type {Map<string, Line>} */
  const lines = new Map();
  for (const row of rows) {
    const key = lineKey(row);
    let line = lines.get(key);
    if (!line) {
      line = { key, client: row.client, family: row.family ?? null, name: row.name, buckets: [], shades: [] };
      lines.set(key, line);
    }
    line.buckets.push({ start: Date.parse(row.start), end, row, connects: null });
  }
  for (const line of lines.values()) finish(line, now);
  return [...lines.values()];
}

/**
 * Takes newer rows of the same step, which begin at the start of a bucket.
 *
 * @param {Line[]} lines
 * @param {any[]} rows
 * @param {number} start buckets before it fall out
 * @param {number} end
 * @param {number} now
 */
export function joined(lines, rows, start, end, now) {
  const kept = lines.flatMap((line) => line.buckets).filter((bucket) => bucket.end > start).map((bucket) => bucket.row);
  /** @type {Map<string, any>} */
  const all = new Map();
  for (const row of [...kept, ...rows]) all.set(`${lineKey(row)} ${Date.parse(row.start)}`, row);
  const sorted = [...all.values()].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  const order = lines.map((line) => line.key);
  const place = (/** @type {Line} */ line) => (order.includes(line.key) ? order.indexOf(line.key) : order.length);
  return linesOf(sorted, end, now).sort((a, b) => place(a) - place(b));
}

/** @param {Line} line @param {number} now */
function finish(line, now) {
  const { buckets } = line;
  let last = -1;
  let isBroken = false;
  buckets.forEach((bucket, index) => {
    if (index + 1 < buckets.length) bucket.end = buckets[index + 1].start;
    const { row } = bucket;
    const shades = shadesOf(bucket);
    line.shades.push(...shades);
    if (row.p50 === null) {
      if (row.sent > 0 || shades.length > 0) isBroken = true;
      return;
    }
    const silence = last < 0 ? 0 : bucket.start - buckets[last].end;
    const isSilent = row.missing === null && silence > SILENCE_MS;
    if (last >= 0 && !isBroken && !isSilent) bucket.connects = last;
    last = index;
    isBroken = false;
  });
  line.shades.push(...silences(buckets, now));
}

/** How many pings a bucket has, sent or not. @param {any} row */
export function storedIn(row) {
  return row.sent + row.not_sent + row.cut_off;
}

/** @param {Bucket} bucket @returns {Shade[]} */
function shadesOf({ start, end, row }) {
  const missing = row.missing ?? {};
  const all = storedIn(row) + Object.values(missing).reduce((sum, count) => sum + count, 0);
  if (all === 0) return [];
  const waiting = missing.not_delivered ?? 0;
  const reasons = Object.keys(missing).filter((reason) => reason !== 'not_delivered');
  if (row.not_sent > 0) reasons.push('not_sent');
  if (row.cut_off > 0) reasons.push('cut_off');
  /** @type {Shade[]} */
  const shades = [];
  const gone = all - row.sent - waiting;
  if (gone > 0) shades.push({ kind: 'gap', start, end, share: gone / all, reasons });
  if (waiting > 0) shades.push({ kind: 'waiting', start, end, share: waiting / all, reasons: ['not_delivered'] });
  return shades;
}

/** Where nobody told a timetable and nothing came for long. @param {Bucket[]} buckets @param {number} now @returns {Shade[]} */
function silences(buckets, now) {
  /** @type {Shade[]} */
  const shades = [];
  /** @type {number | null} */
  let since = null;
  const end = (/** @type {number} */ until) => {
    if (since !== null && until - since > SILENCE_MS) {
      shades.push({ kind: 'gap', start: since, end: until, share: 1, reasons: ['no_timetable'] });
    }
    since = null;
  };
  for (const bucket of buckets) {
    if (bucket.row.missing === null && storedIn(bucket.row) === 0 && bucket.start < now) since ??= bucket.start;
    else end(bucket.start);
  }
  if (buckets.length > 0) end(Math.min(now, buckets[buckets.length - 1].end));
  return shades;
}

/**
 * Shades that lie side by side and mean the same are one.
 *
 * @param {Shade[]} shades
 * @returns {Shade[]}
 */
export function runs(shades) {
  /** @type {Shade[]} */
  const result = [];
  for (const shade of [...shades].sort((a, b) => a.start - b.start)) {
    const last = result.findLast((one) => one.kind === shade.kind);
    if (last && last.end === shade.start && Math.abs(last.share - shade.share) < 0.01) {
      last.end = shade.end;
      last.reasons = [...new Set([...last.reasons, ...shade.reasons])];
    } else {
      result.push({ ...shade });
    }
  }
  return result;
}

/** Less than all may be a bucket that has part of another. */
const WHOLE = 0.99;

/**
 * Where nothing is there of any of the lines: waiting, if something of one of them may still come.
 *
 * @param {Line[]} lines
 * @returns {Shade[]}
 */
export function sharedShades(lines) {
  return shared(lines.map((line) => runs(line.shades).filter(({ share }) => share >= WHOLE)))
      .map(({ start, end, parts }) => ({
        kind: parts.some(({ kind }) => kind === 'waiting') ? 'waiting' : 'gap',
        start,
        end,
        share: 1,
        reasons: [...new Set(parts.flatMap(({ reasons }) => reasons))],
      }));
}

/**
 * Where each of the lists has a span.
 *
 * @template {{ start: number, end: number }} Span
 * @param {Span[][]} lists
 * @returns {{ start: number, end: number, parts: Span[] }[]} with those that meet there
 */
export function shared([first = [], ...others]) {
  return others.reduce((all, list) => all.flatMap(({ start, end, parts }) => list
      .filter((span) => span.start < end && span.end > start)
      .map((span) => ({ start: Math.max(start, span.start), end: Math.min(end, span.end), parts: [...parts, span] }))),
  first.map((span) => ({ start: span.start, end: span.end, parts: [span] })));
}

/**
 * When pings were not sent, or are not here, for which reasons; side by side is one.
 *
 * @param {Line} line
 * @returns {Shade[]}
 */
export function gapsOf(line) {
  /** @type {Shade[]} */
  const gaps = [];
  for (const shade of [...line.shades].sort((a, b) => a.start - b.start)) {
    const last = gaps.findLast((one) => one.reasons.join() === shade.reasons.join());
    if (last && last.end === shade.start) last.end = shade.end;
    else gaps.push({ ...shade });
  }
  return gaps;
}

/** The line's bucket at a time. @param {Line} line @param {number} at */
export function bucketAt(line, at) {
  return line.buckets.find((bucket) => bucket.start <= at && at < bucket.end) ?? null;
}

/** How strong a loss is: 0 for none, 5 for more than half. @param {number | null} percent */
export function lossClass(percent) {
  if (!percent) return 0;
  return 1 + LOSS_STEPS.filter((step) => percent > step).length;
}

/** Where the classes of loss end, in percent. */
export const LOSS_STEPS = [1, 5, 20, 50];
