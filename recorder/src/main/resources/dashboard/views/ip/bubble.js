// @ts-check
/** What the pointer finds in the smoke graph, in words. */
import { tooltip } from '../../charts/chart.js';
import { dateTime, duration, latency, number, percent, t } from '../../i18n.js';
import { bucketAt, lossClass, storedIn } from './model.js';

/** A ping is found this near to the pointer, as a part of the window. */
const NEAR = 1 / 100;
/** @type {Intl.DateTimeFormatOptions} */
const TO_THE_MS = {
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3,
};

/**
 * @param {number} at epoch milliseconds
 * @param {import('./smoke.js').Shown} shown
 * @param {import('./paints.js').Paints} paint
 */
export function bubble(at, shown, paint) {
  const { lines, places, range } = shown;
  const rows = [];
  let title = dateTime(at);
  for (const line of lines) {
    const own = paint.clients[(places.get(line.key) ?? 0) % paint.clients.length];
    const bucket = bucketAt(line, at);
    if (lines.length > 1) rows.push({ name: line.key, value: '', color: own });
    const ping = nearest(shown.pings, line.key, at, (range.end - range.start) * NEAR);
    if (ping) {
      title = dateTime(ping.atMs, TO_THE_MS);
      rows.push(...ofPing(ping, own, paint));
    }
    if (!bucket) continue;
    if (!ping) title = `${dateTime(bucket.start)} · ${duration(bucket.end - bucket.start)}`;
    rows.push(...(lines.length > 1 || ping ? shortOf(bucket.row) : longOf(bucket.row, own, paint)));
    rows.push(...missing(bucket.row));
    if (line.shades.some((shade) => shade.start <= at && at < shade.end && shade.reasons.includes('no_timetable'))) {
      rows.push({ name: t('ip.reasons.no_timetable'), value: '' });
    }
  }
  for (const outage of shown.outages) {
    if (outage.start > at || (outage.end ?? Infinity) < at || !lines.some((line) => line.key === outage.key)) continue;
    rows.push({
      name: `✕ ${t(outage.cause === 'cut_off' ? 'ip.cutOff' : 'ip.outage')}${lines.length > 1 ? ` (${outage.key})` : ''}`,
      value: duration(outage.duration_ms),
      color: paint.lost,
    });
  }
  return tooltip(title, rows);
}

/** @param {any} row @param {string} own @param {import('./paints.js').Paints} paint */
function longOf(row, own, paint) {
  const level = lossClass(row.loss_percent);
  const rows = [];
  if (row.p50 !== null) {
    rows.push(
      { name: t('ip.median'), value: latency(row.p50), color: level === 0 ? own : paint.losses[level - 1] },
      { name: '25–75 %', value: span(row.p25, row.p75), color: own },
      { name: '10–90 %', value: span(row.p10, row.p90), color: own },
      { name: t('ip.minMax'), value: span(row.min, row.max), color: own },
    );
  }
  if (storedIn(row) > 0) {
    rows.push({ name: t('ip.columns.sent'), value: number(row.sent) });
    rows.push({ name: t('ip.columns.lost'), value: lost(row) });
  }
  return [...rows, ...others(row)];
}

/** @param {any} row */
function shortOf(row) {
  if (storedIn(row) === 0) return [];
  return [
    { name: t('ip.median'), value: row.p50 === null ? '–' : latency(row.p50) },
    { name: t('ip.columns.lost'), value: lost(row) },
    ...others(row),
  ];
}

/** @param {any} row */
function others(row) {
  return /** @type {[string, number][]} */ ([
    ['ip.columns.late', row.late], ['ip.columns.notSent', row.not_sent], ['ip.columns.cutOff', row.cut_off],
  ]).filter(([, count]) => count > 0).map(([key, count]) => ({ name: t(key), value: number(count) }));
}

/** @param {any} row */
function missing(row) {
  return Object.entries(row.missing ?? {}).map(([reason, count]) => ({
    name: t(`ip.reasons.${reason}`),
    value: t('ip.pings', { count }),
  }));
}

/** @param {any} ping @param {string} own @param {import('./paints.js').Paints} paint */
function ofPing(ping, own, paint) {
  const colors = /** @type {Record<string, string>} */ ({
    reply: own, late: paint.late, timeout: paint.lost, unreachable: paint.unreachable,
  });
  const rows = [{
    name: t(`outcomes.${ping.outcome}`),
    value: latency(ping.latency_ms),
    color: colors[ping.outcome] ?? paint.notSent,
  }];
  const more = /** @type {[string, any][]} */ ([
    ['ip.ping.cause', ping.cause],
    ['ip.ping.icmp', ping.type === undefined ? undefined : `${ping.type} / ${ping.code ?? 0}`],
    ['ip.ping.from', ping.from],
    ['ip.ping.address', ping.address],
    ['ip.ping.duplicates', ping.duplicates],
    ['ip.ping.slip', ping.slip_us === undefined ? undefined : latency(ping.slip_us / 1_000)],
    ['ip.ping.cutOff', ping.cut_off ? '✓' : undefined],
  ]);
  for (const [key, value] of more) if (value !== undefined) rows.push({ name: t(key), value: String(value), color: '' });
  return rows;
}

/** @param {any[] | null} pings @param {string} key @param {number} at @param {number} near */
function nearest(pings, key, at, near) {
  let best = null;
  for (const ping of pings ?? []) {
    if (ping.key !== key) continue;
    const away = Math.abs(ping.atMs - at);
    if (away <= near && (best === null || away < Math.abs(best.atMs - at))) best = ping;
  }
  return best;
}

/** @param {any} row */
function lost(row) {
  return row.sent === 0 ? '–' : `${number(row.lost)} (${percent(row.loss_percent)})`;
}

/** @param {number} low @param {number} high */
function span(low, high) {
  return `${latency(low)} – ${latency(high)}`;
}
