// @ts-check
import { now } from '../../clock.js';
import { dateTime, number, t } from '../../i18n.js';
import { axis, timeLabel, tooltip } from '../../charts/chart.js';

/** @typedef {import('./metric-panels.js').Panel} Panel */
/** @typedef {import('../../charts/chart.js').Palette} Palette */

/** Lines are told apart by color and by kind. */
const LINES = /** @type {[keyof Palette, string][]} */ ([
  ['reply', 'solid'], ['late', 'dashed'], ['up', 'dotted'], ['unreachable', 'solid'], ['lost', 'dashed'], ['unknown', 'dotted'],
]);

const KIB = 1024;
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A value with its unit. @param {number | null} value @param {import('./metric-panels.js').Unit} unit */
export function unitText(value, unit) {
  if (value === null || !Number.isFinite(value)) return '–';
  switch (unit) {
    case 'percent': return number(value / 100, { style: 'percent', maximumFractionDigits: value < 10 ? 1 : 0 });
    case 'bytes': return bytes(value);
    case 'bytes_a_second': return `${bytes(value)}/s`;
    case 'celsius': return `${number(value, { maximumFractionDigits: 0 })} °C`;
    case 'ms': return `${number(value, { maximumSignificantDigits: 3 })} ms`;
    case 'count': return number(value, { maximumFractionDigits: 2 });
    default: return number(value, { maximumSignificantDigits: 4 });
  }
}

/** Steps of an axis for bytes are whole in their unit: 50 MiB, not 47.7. */
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 512];
const MOST_STEPS = 4;

/** @param {Panel} panel */
function byteAxis(panel) {
  const most = Math.max(1, ...panel.series.flatMap(({ points }) => points.map(({ max }) => max ?? 0)));
  const steps = BYTES.flatMap((_, power) => WHOLE.map((whole) => whole * KIB ** power));
  const interval = steps.find((step) => most <= MOST_STEPS * step) ?? most;
  return { max: interval * Math.ceil(most / interval), interval };
}

/** @param {number} value */
function bytes(value) {
  const power = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log(Math.max(1, value)) / Math.log(KIB))));
  return `${number(value / KIB ** power, { maximumSignificantDigits: 3 })} ${BYTES[power]}`;
}

/** @param {Panel['series'][number]} series @param {Panel} panel */
export function seriesName({ name, label }, panel) {
  if (name === null) return label ?? panel.title ?? '';
  return label === null ? t(`metrics.series.${name}`) : `${label}, ${t(`metrics.series.${name}`)}`;
}

/** The mean of each bucket as a line; behind a single one, from its least to its most. @param {Panel} panel @param {number} windowMs */
export function metricChart(panel, windowMs) {
  return (/** @type {Palette} */ colors) => {
    const lines = panel.series.map((series, index) => {
      const [color, kind] = LINES[index % LINES.length];
      return {
        name: seriesName(series, panel),
        type: 'line',
        color: colors[color],
        lineStyle: { width: 1.6, type: kind },
        symbol: 'circle',
        symbolSize: 3,
        showSymbol: series.points.length < 3,
        data: series.points.map(({ at, avg }) => [at, avg]),
      };
    });
    const span = panel.series.length === 1 ? band(panel.series[0].points, lines[0].color) : [];
    return {
      grid: { left: 70, right: 12, top: lines.length > 1 ? 30 : 10, bottom: 24 },
      legend: lines.length > 1 ? { type: 'scroll', top: 0, data: lines.map(({ name }) => name), textStyle: { color: colors.text }, pageTextStyle: { color: colors.text } } : undefined,
      tooltip: {
        trigger: 'axis',
        formatter: (/** @type {any[]} */ points) => tooltip(dateTime(points[0].value[0]), points
          .filter((point) => point.seriesIndex >= span.length && point.value[1] !== null)
          .map((point) => ({ name: point.seriesName, value: unitText(point.value[1], panel.unit), color: point.color }))),
      },
      xAxis: { type: 'time', min: now() - windowMs, max: now(), ...axis(colors), axisLabel: { ...axis(colors).axisLabel, formatter: timeLabel(windowMs) }, splitLine: { show: false } },
      yAxis: {
        type: 'value',
        min: panel.unit === 'number' || panel.unit === 'celsius' ? undefined : 0,
        scale: panel.unit === 'number' || panel.unit === 'celsius',
        max: panel.unit === 'percent' ? 100 : undefined,
        interval: panel.unit === 'percent' ? 50 : undefined,
        splitNumber: 3,
        ...(panel.unit.startsWith('bytes') ? byteAxis(panel) : {}),
        ...axis(colors),
        axisLabel: { ...axis(colors).axisLabel, formatter: (/** @type {number} */ value) => unitText(value, panel.unit) },
      },
      series: [...span, ...lines],
    };
  };
}

/** Two stacked areas, of which the lower is not seen. @param {import('./metric-panels.js').Point[]} points @param {string} color */
function band(points, color) {
  const area = (/** @type {number} */ opacity, /** @type {(number | null)[][]} */ data) => ({
    type: 'line', stack: 'span', stackStrategy: 'all', symbol: 'none', silent: true, color, lineStyle: { opacity: 0 }, areaStyle: { opacity }, data,
  });
  return [
    area(0, points.map(({ at, min }) => [at, min])),
    area(0.2, points.map(({ at, min, max }) => [at, min === null || max === null ? null : max - min])),
  ];
}
