// @ts-check
/** Which charts the metrics of a host make. No drawing here, so it can be read and tested alone. */

/**
 * A row of `GET /clients/{clientId}/metrics`.
 *
 * @typedef {{ name: string, start: string, samples: number, min: number | null, avg: number | null,
 *     max: number | null, last: number | null }} MetricRow
 * @typedef {{ at: number, min: number | null, avg: number | null, max: number | null }} Point times in epoch milliseconds
 * @typedef {'percent' | 'bytes' | 'bytes_a_second' | 'celsius' | 'ms' | 'count' | 'number'} Unit
 * @typedef {{ name: string | null, label: string | null, points: Point[] }} Series
 *     `name` is the key of a message, null where `label` (a mount, an interface) says all
 * @typedef {{ id: string, title: string | null, unit: Unit, series: Series[] }} Panel
 *     `title` where no message has the id as its key
 */

/** How values of one name become points: as they are, as a share of another, or as what was added a second or a bucket. */
const KNOWN = /** @type {{ id: string, unit: Unit, series: [string, string][], of?: string, counts?: 'second' | 'bucket' }[]} */ ([
  { id: 'cpu', unit: 'percent', series: [['cpu_percent', 'cpu']] },
  { id: 'load', unit: 'count', series: [['load1', 'load1'], ['load5', 'load5'], ['load15', 'load15']] },
  { id: 'memory', unit: 'percent', of: 'memory_total_bytes', series: [['memory_used_bytes', 'memory']] },
  { id: 'swap', unit: 'percent', of: 'swap_total_bytes', series: [['swap_used_bytes', 'swap']] },
  { id: 'disk', unit: 'percent', of: 'disk_total_bytes', series: [['disk_used_bytes', '']] },
  { id: 'temperature', unit: 'celsius', series: [['cpu_temperature_celsius', 'temperature']] },
  { id: 'network', unit: 'bytes_a_second', counts: 'second', series: [['net_received_bytes', 'received'], ['net_sent_bytes', 'sent']] },
  { id: 'networkErrors', unit: 'count', counts: 'bucket', series: [['net_receive_errors', 'received'], ['net_send_errors', 'sent']] },
  { id: 'slip', unit: 'ms', series: [['client_slip_p99_ms', 'slip99'], ['client_slip_max_ms', 'slipMax']] },
  { id: 'queue', unit: 'count', series: [['client_queued_pings', 'queued']] },
  { id: 'lostPings', unit: 'count', counts: 'bucket', series: [['client_dropped_pings', 'dropped'], ['client_missed_pings', 'missed']] },
  { id: 'delivered', unit: 'count', counts: 'second', series: [['client_delivered_pings', 'delivered']] },
  { id: 'resident', unit: 'bytes', series: [['client_resident_bytes', 'resident']] },
]);

/** Told as figures, or as a part of another chart. */
const NOT_DRAWN = new Set(['cpu_count', 'uptime_seconds', 'memory_total_bytes', 'swap_total_bytes', 'disk_total_bytes']);

/** A hole is drawn where values are missing for longer than this many of their usual distances. */
const HOLE = 3;

/**
 * The charts, in their order; gauges that somebody named himself come last, each as a chart.
 *
 * @param {MetricRow[]} rows by name and time
 * @returns {Panel[]}
 */
export function panels(rows) {
  const all = byName(rows);
  /** @type {Panel[]} */
  const result = [];
  for (const { id, unit, series, of, counts } of KNOWN) {
    const lines = series.flatMap(([base, name]) => [...all].filter(([metric]) => baseOf(metric) === base).map(([metric, points]) => ({
      name: name || null,
      label: labelOf(metric),
      points: withHoles(of ? shares(points, all.get(metric.replace(base, of))) : counts ? differences(points, counts) : points),
    })));
    const drawn = lines.filter((line) => line.points.some((point) => point.avg !== null));
    if (drawn.length > 0) result.push({ id, title: null, unit, series: counts ? stirring(drawn) : drawn });
  }
  const known = new Set(KNOWN.flatMap(({ series }) => series.map(([base]) => base)));
  for (const [metric, points] of all) {
    const base = baseOf(metric);
    if (known.has(base) || NOT_DRAWN.has(base)) continue;
    result.push({ id: metric, title: metric, unit: 'number', series: [{ name: null, label: metric, points: withHoles(points) }] });
  }
  return result;
}

/** The newest value of a name. @param {MetricRow[]} rows @param {string} name */
export function newest(rows, name) {
  return rows.findLast((row) => row.name === name && row.last !== null)?.last ?? null;
}

/** @typedef {Point & { samples: number, last: number }} Bucket */

/** @param {MetricRow[]} rows @returns {Map<string, Bucket[]>} only buckets that have values */
function byName(rows) {
  const all = new Map();
  for (const { name, start, samples, min, avg, max, last } of rows) {
    if (samples === 0) continue;
    if (!all.has(name)) all.set(name, []);
    all.get(name).push({ at: Date.parse(start), samples, min, avg, max, last });
  }
  return all;
}

/** @param {string} metric such as `disk_used_bytes{mount="/"}` */
function baseOf(metric) {
  return metric.replace(/\{.*/s, '');
}

/** @param {string} metric */
function labelOf(metric) {
  return /="(.*)"\}$/s.exec(metric)?.[1].replace(/\\(.)/g, '$1') ?? null;
}

/** @param {Point[]} points @param {Point[] | undefined} wholes */
function shares(points, wholes) {
  const whole = new Map(wholes?.map(({ at, avg }) => [at, avg]));
  return points.map(({ at, ...values }) => {
    const all = whole.get(at);
    const share = (/** @type {number | null} */ part) => (all && part !== null ? (100 * part) / all : null);
    return { at, min: share(values.min), avg: share(values.avg), max: share(values.max) };
  });
}

/** What a counter rose by; one that fell began anew. @param {Bucket[]} points @param {'second' | 'bucket'} per */
function differences(points, per) {
  return (per === 'second' ? whole(points) : points).slice(1).map((point, index) => {
    const before = points[index];
    const rise = point.last - before.last;
    const value = rise < 0 ? null : per === 'second' ? (1000 * rise) / (point.at - before.at) : rise;
    return { at: point.at, min: value, avg: value, max: value };
  });
}

/** Without a last bucket that is not full yet, or that its client did not fill: what rose in it took less long. @param {Bucket[]} points */
function whole(points) {
  const [before, last] = points.slice(-2);
  return last && last.samples < before.samples ? points.slice(0, -1) : points;
}

/** Only those of many counters that rose; one for all where none did. @param {Series[]} series */
function stirring(series) {
  const some = series.filter(({ points }) => points.some(({ max }) => (max ?? 0) > 0));
  if (some.length > 0 || series.length < 3) return some.length > 0 ? some : series;
  return [{ name: 'all', label: null, points: series[0].points }];
}

/** @param {Point[]} points without those that have no values */
function withHoles(points) {
  const distances = points.slice(1).map((point, index) => point.at - points[index].at).sort((a, b) => a - b);
  const usual = distances[Math.floor(distances.length / 2)] ?? 0;
  return points.flatMap((point, index) => (index > 0 && point.at - points[index - 1].at > HOLE * usual
    ? [{ at: points[index - 1].at + usual, min: null, avg: null, max: null }, point] : [point]));
}
