// @ts-check
/** The smoke graph: ECharts' option for the lines of one or several clients. */
import { axis, timeLabel } from '../../charts/chart.js';
import { now } from '../../clock.js';
import { number, t } from '../../i18n.js';
import { bubble } from './bubble.js';
import { runs, shared, sharedShades } from './model.js';
import { lineOf, paints } from './paints.js';
import { SHORTEST_MS, ground, losses, marks, smoke } from './shapes.js';

/**
 * @typedef {import('./model.js').Line} Line
 * @typedef {{ lines: Line[], places: Map<string, number>, pings: any[] | null, outages: any[],
 *     range: { start: number, end: number }, scale: string, top: number, lossTop: number }} Shown
 *     `places` are the clients' numbers for their colors; `top` is the axis' end in ms,
 *     `lossTop` that of the losses in percent
 */

/** Of the chart's box, left and right of what is drawn. */
export const LEFT_PX = 58;
export const RIGHT_PX = 14;
const TOP_PX = 12;
const LOSS_PX = 56;
const AXIS_PX = 28;
const SPACE_PX = 14;
const STRIP_PX = 14;
const LOSS_TOPS = [5, 20, 100];

/** @param {Shown} shown */
export function smokeOption(shown) {
  const { lines, range, lossTop } = shown;
  const areMany = lines.length > 1;
  return (/** @type {import('../../charts/chart.js').Palette} */ colors) => {
    const paint = paints();
    const strips = areMany ? lines.length * STRIP_PX + SPACE_PX : 0;
    const side = { left: LEFT_PX, right: RIGHT_PX };
    const time = {
      type: 'time',
      min: range.start,
      max: range.end,
      ...axis(colors),
      splitLine: { show: false },
      axisPointer: { show: true, type: 'line', label: { show: false }, lineStyle: { color: colors.faint } },
    };
    const bare = { axisLabel: { show: false }, axisTick: { show: false } };
    return {
      grid: [
        { ...side, top: TOP_PX, bottom: AXIS_PX + LOSS_PX + SPACE_PX + strips },
        { ...side, height: LOSS_PX, bottom: AXIS_PX },
        ...(areMany ? [{ ...side, height: lines.length * STRIP_PX, bottom: AXIS_PX + LOSS_PX + SPACE_PX }] : []),
      ],
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      xAxis: [
        { ...time, ...bare, gridIndex: 0 },
        {
          ...time,
          gridIndex: 1,
          axisLabel: { color: colors.faint, hideOverlap: true, formatter: timeLabel(range.end - range.start) },
        },
        ...(areMany ? [{ ...time, ...bare, gridIndex: 2 }] : []),
      ],
      yAxis: [
        latencyAxis(shown, colors),
        {
          ...axis(colors),
          gridIndex: 1,
          min: 0,
          max: lossTop,
          interval: lossTop / 2,
          splitLine: { show: false },
          axisLabel: { color: colors.faint, formatter: (/** @type {number} */ value) => `${number(value, { maximumFractionDigits: 1 })} %` },
        },
        ...(areMany ? [stripAxis(lines, colors)] : []),
      ],
      tooltip: {
        trigger: 'axis',
        appendTo: 'body',
        formatter: (/** @type {any[]} */ params) => (params.length > 0 ? bubble(params[0].axisValue, shown, paint) : ''),
      },
      series: [
        ...grounds(shown, paint, areMany),
        ...lines.flatMap((line, index) => ofClient(shown, line, index, paint)),
      ],
    };
  };
}

/** @param {Shown} shown @param {any} colors */
function latencyAxis({ lines, range, scale, top }, colors) {
  const common = {
    ...axis(colors),
    gridIndex: 0,
    max: top,
    axisLabel: {
      color: colors.faint,
      formatter: (/** @type {number} */ value) => `${number(value, { maximumFractionDigits: 2 })} ms`,
    },
  };
  return scale === 'log' ? { ...common, type: 'log', min: bottomOf(lines, range, top) } : { ...common, type: 'value', min: 0 };
}

/** @param {Line[]} lines @param {any} colors */
function stripAxis(lines, colors) {
  return {
    ...axis(colors),
    gridIndex: 2,
    type: 'category',
    inverse: true,
    data: lines.map((line) => line.key),
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { color: colors.faint, fontSize: 10, width: LEFT_PX - 10, overflow: 'truncate', interval: 0 },
  };
}

/**
 * Times without pings, and outages: over the whole chart, or where there are several clients, in a strip
 * for each and over the chart where it is the same for all of them.
 *
 * @param {Shown} shown
 * @param {import('./paints.js').Paints} paint
 * @param {boolean} areMany
 */
function grounds({ lines, outages, range }, paint, areMany) {
  const shades = lines.map((line) => runs(line.shades));
  const spans = lines.map((line) => outages.filter((outage) => outage.key === line.key).map((outage) => ({
    kind: /** @type {'outage' | 'cut_off'} */ (outage.cause === 'cut_off' ? 'cut_off' : 'outage'),
    start: outage.start,
    end: Math.min(outage.end ?? now(), Math.max(range.end, outage.start)),
  })));
  const own = lines.flatMap((_line, place) => [
    ...shades[place].map((shade) => shaded(shade, place)), ...spans[place].map((span) => shaded(span, place)),
  ]);
  if (!areMany) return [groundSeries('ground', 0, own, 0, paint)];
  const common = [
    ...sharedShades(lines).map((shade) => shaded(shade, 0)),
    ...shared(spans.map((all) => all.filter(({ kind }) => kind === 'outage')))
        .map(({ start, end }) => shaded({ kind: 'outage', start, end }, 0)),
  ];
  return [groundSeries('ground', 2, own, lines.length, paint), groundSeries('common', 0, common, 0, paint)];
}

/**
 * @param {{ kind: import('./shapes.js').Ground['kind'], start: number, end: number, share?: number, reasons?: string[] }} span
 * @param {number} place
 * @returns {import('./shapes.js').Ground}
 */
function shaded({ kind, start, end, share = 1, reasons = [] }, place) {
  return { kind, start, end, share, place, label: reasons.map((reason) => t(`ip.reasons.${reason}`)).join(', ') };
}

/**
 * @param {string} name
 * @param {number} grid
 * @param {import('./shapes.js').Ground[]} all
 * @param {number} strips
 * @param {import('./paints.js').Paints} paint
 */
function groundSeries(name, grid, all, strips, paint) {
  return {
    ...custom(name, grid, 1),
    data: all.map((one) => [one.start, one.end, one.place]),
    renderItem: ground(all, strips, paint),
  };
}

/** @param {Shown} shown @param {Line} line @param {number} index @param {import('./paints.js').Paints} paint */
function ofClient({ lines, places, pings, scale, top, range }, line, index, paint) {
  const place = places.get(line.key) ?? 0;
  const own = paint.clients[place % paint.clients.length];
  const { buckets } = line;
  const near = pings?.filter((ping) => ping.key === line.key) ?? [];
  const spans = buckets.map(({ start, end, row }) => [start, end, row.p50 ?? (scale === 'log' ? top : 0)]);
  return [
    { ...custom(`smoke ${line.key}`, 0, 3), data: spans, renderItem: smoke(buckets, own, paint) },
    { ...custom(`loss ${line.key}`, 1, 3), data: spans, renderItem: losses(buckets, index, lines.length, paint) },
    { ...custom(`pings ${line.key}`, 0, 5),
      data: near.map((ping) => [ping.atMs, ping.atMs, ping.latency_ms ?? 0]),
      tooltip: {},
      renderItem: marks(near, own, top, paint) },
    {
      // Which clients' line is which, where colors do not tell; and what the pointer finds.
      type: 'line',
      name: line.key,
      data: buckets.filter(({ end, start }) => end > range.start && start < range.end)
          .map(({ start, end, row }) => [(start + end) / 2, row.p50]),
      showSymbol: false,
      step: 'middle',
      silent: true,
      z: 2,
      lineStyle: lines.length > 1
        ? { color: own, width: 1, type: lineOf(place).kind, opacity: 0.8 }
        : { opacity: 0 },
    },
  ];
}

/** @param {string} name @param {number} grid @param {number} z */
function custom(name, grid, z) {
  return {
    type: 'custom',
    name,
    xAxisIndex: grid,
    yAxisIndex: grid,
    clip: true,
    silent: true,
    animation: false,
    z,
    encode: { x: [0, 1], y: [2] },
    tooltip: { show: false },
  };
}

/**
 * A round end of the latency axis.
 *
 * @param {Line[]} lines
 * @param {any[] | null} pings
 * @param {{ start: number, end: number }} range
 * @param {string} scale `all`, `most` (peaks are cut off) or `log`
 */
export function topOf(lines, pings, { start, end }, scale) {
  let most = 0;
  for (const { buckets } of lines) {
    for (const bucket of buckets) {
      if (bucket.end <= start || bucket.start >= end) continue;
      most = Math.max(most, (scale === 'most' ? bucket.row.p90 * 1.2 : bucket.row.max) ?? 0);
    }
  }
  if (scale !== 'most') {
    for (const ping of pings ?? []) if (ping.outcome === 'reply') most = Math.max(most, ping.latency_ms);
  }
  if (most === 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(most));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8].find((factor) => factor * unit >= most * 1.02) ?? 10) * unit;
}

/** Where a logarithmic axis begins. @param {Line[]} lines @param {{ start: number, end: number }} range @param {number} top */
function bottomOf(lines, { start, end }, top) {
  const least = Math.min(top / 2, ...lines.flatMap(({ buckets }) => buckets
      .filter((bucket) => bucket.row.min !== null && bucket.end > start && bucket.start < end)
      .map(({ row }) => row.min)));
  return 10 ** Math.floor(Math.log10(Math.max(least, SHORTEST_MS)));
}

/** The end of the axis of losses. @param {Line[]} lines @param {{ start: number, end: number }} range */
export function lossTopOf(lines, { start, end }) {
  const shares = lines.flatMap(({ buckets }) => buckets
      .filter((bucket) => bucket.end > start && bucket.start < end && bucket.row.sent > 0)
      .map(({ row }) => (100 * (row.lost + row.late)) / row.sent));
  return LOSS_TOPS.find((top) => Math.max(0, ...shares) <= top) ?? 100;
}

/** For who cannot see it: what the chart shows. @param {Line[]} lines */
export function described(lines) {
  return t('ip.chart', { clients: lines.map((line) => line.key).join(', ') });
}
