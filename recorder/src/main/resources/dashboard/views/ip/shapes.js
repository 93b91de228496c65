// @ts-check
/** How the parts of a smoke graph are drawn: ECharts' custom series, a function for each. */
import { lossClass } from './model.js';

/**
 * @typedef {import('./paints.js').Paints} Paints
 * @typedef {import('./model.js').Bucket} Bucket
 */

/** Behind the line from wide to narrow: which figures, and how strong. */
const BANDS = [['min', 'max', 0.16], ['p10', 'p90', 0.22], ['p25', 'p75', 0.34]];
const TICK_PX = 3;
/** Our engine tells no latency that is shorter. */
export const SHORTEST_MS = 0.001;
/** A gap that is wider says why. */
const LABEL_PX = 60;
const LETTER_PX = 6;
const MARK_PX = 3.2;
/** Of the strip at the lower edge where pings without a latency are. */
const STRIP_PX = 9;

/**
 * The bands of each bucket, and its median as a line in the color of its loss.
 *
 * @param {Bucket[]} buckets
 * @param {string} own the client's color: that of no loss
 * @param {Paints} paint
 */
export function smoke(buckets, own, paint) {
  return (/** @type {any} */ params, /** @type {any} */ api) => {
    const { start, end, row, connects } = buckets[params.dataIndex];
    if (row.p50 === null) return null;
    const [left, middle] = point(api, start, row.p50);
    const width = Math.max(point(api, end, row.p50)[0] - left, 1);
    const children = [];
    for (const [low, high, opacity] of BANDS) {
      const top = point(api, start, row[high])[1];
      const bottom = point(api, start, row[low])[1];
      children.push(rect(left, top, width, Math.max(bottom - top, 0), { fill: own, opacity }));
    }
    const level = lossClass(row.loss_percent);
    const stroke = level === 0 ? own : paint.losses[level - 1];
    if (connects !== null) {
      const before = buckets[connects];
      const [x, y] = point(api, before.end, before.row.p50);
      children.push({
        type: 'polyline',
        silent: true,
        shape: { points: [[x, y], [left, middle]] },
        style: { stroke, lineWidth: 1.2, fill: null },
      });
    }
    children.push(rect(left, middle - TICK_PX / 2, width, TICK_PX, { fill: stroke }));
    return { type: 'group', silent: true, children };
  };
}

/**
 * How much of what was sent was lost, and over it how much came late.
 *
 * @param {Bucket[]} buckets
 * @param {number} place of the client among those drawn
 * @param {number} places
 * @param {Paints} paint
 */
export function losses(buckets, place, places, paint) {
  return (/** @type {any} */ params, /** @type {any} */ api) => {
    const { start, end, row } = buckets[params.dataIndex];
    if (row.sent === 0 || (row.lost === 0 && row.late === 0)) return null;
    const late = (100 * row.late) / row.sent;
    const [left, zero] = api.coord([start, 0]);
    const whole = Math.max(api.coord([end, 0])[0] - left, 1);
    const width = Math.max(whole / places - (whole > 6 ? 1 : 0), 1);
    const x = left + (whole / places) * place;
    const lostTop = api.coord([start, row.loss_percent])[1];
    const lateTop = api.coord([start, row.loss_percent + late])[1];
    const children = [];
    if (row.lost > 0) {
      const height = Math.max(zero - lostTop, 2);
      children.push(rect(x, zero - height, width, height, { fill: paint.losses[lossClass(row.loss_percent) - 1] }));
    }
    if (row.late > 0) {
      const height = Math.max(lostTop - lateTop, 3);
      const y = Math.min(lostTop, zero) - height;
      children.push(rect(x, y, width, height, { fill: paint.lateHatch, stroke: paint.late, lineWidth: width > 4 && height > 5 ? 1 : 0 }));
    }
    return { type: 'group', silent: true, children };
  };
}

/**
 * Times without pings and outages.
 *
 * @typedef {{ kind: 'gap' | 'waiting' | 'outage' | 'cut_off', start: number, end: number, share: number, place: number,
 *     label: string }} Ground
 * @param {Ground[]} grounds
 * @param {number} strips how many clients have a strip of their own, numbered by `place`; 0 where there
 *     is one client, whose whole chart it is
 * @param {Paints} paint
 */
export function ground(grounds, strips, paint) {
  const styles = {
    gap: { fill: paint.gap, opacity: 0.3 },
    waiting: { fill: paint.waiting, opacity: 0.8 },
    outage: { fill: paint.lost, opacity: 0.2 },
    cut_off: { fill: paint.cutOff, opacity: 0.5 },
  };
  return (/** @type {any} */ params, /** @type {any} */ api) => {
    const { kind, start, end, share, place, label } = grounds[params.dataIndex];
    const box = params.coordSys;
    const left = api.coord([start, strips > 0 ? 0 : 1])[0];
    const width = Math.max(api.coord([end, strips > 0 ? 0 : 1])[0] - left, 1.5);
    const full = strips > 0 ? box.height / strips - 2 : box.height;
    const bottom = strips > 0 ? box.y + (box.height / strips) * (place + 1) - 1 : box.y + box.height;
    const height = Math.max(full * share, 3);
    const children = [rect(left, bottom - height, width, height, styles[kind])];
    if (label && strips === 0 && width > LABEL_PX) {
      const x = Math.max(left, box.x) + 4;
      const room = left + width - x - 6;
      children.push({
        type: 'text',
        silent: true,
        style: { text: label, x, y: box.y + 7, fill: paint.text, font: '11px sans-serif', backgroundColor: paint.page, padding: 2,
          ...(label.length * LETTER_PX > room ? { width: room, overflow: 'truncate' } : {}) },
      });
    }
    if (kind === 'outage') {
      children.push(rect(left, bottom - full, width, strips > 0 ? full : 4, { fill: paint.lost, opacity: strips > 0 ? 0.7 : 1 }));
      if (strips === 0 && width > 16) {
        children.push({
          type: 'text',
          silent: true,
          style: { text: '✕', x: left + width / 2, y: bottom - full + 8, fill: paint.lost, align: 'center', font: '12px sans-serif' },
        });
      }
    }
    return { type: 'group', silent: true, children };
  };
}

/**
 * Pings one by one: those with a latency where it is, all others at the lower edge.
 *
 * @param {any[]} pings
 * @param {string} own the client's color
 * @param {number} top the largest latency that the axis shows
 * @param {Paints} paint
 */
export function marks(pings, own, top, paint) {
  return (/** @type {any} */ params, /** @type {any} */ api) => {
    const ping = pings[params.dataIndex];
    const box = params.coordSys;
    const latency = ping.latency_ms;
    const [x, latencyY] = point(api, ping.atMs, latency ?? top);
    const y = latency === null ? box.y + box.height - STRIP_PX
      : latency > top ? box.y + MARK_PX + 2 : latencyY;
    return { type: 'group', silent: true, children: [mark(ping, x, y, own, paint)] };
  };
}

/** A logarithmic axis has no 0. @param {any} api @param {number} at @param {number} latencyMs */
function point(api, at, latencyMs) {
  return api.coord([at, Math.max(latencyMs, SHORTEST_MS)]);
}

/** @param {any} ping @param {number} x @param {number} y @param {string} own @param {Paints} paint */
function mark(ping, x, y, own, paint) {
  const r = MARK_PX;
  if (ping.cut_off) return circle(x, y, r, { fill: null, stroke: paint.unreachable, lineWidth: 1.4 });
  switch (ping.outcome) {
    case 'reply':
      return circle(x, y, r - 0.8, { fill: own, stroke: paint.page, lineWidth: 0.6 });
    case 'late':
      return polygon([[x, y - r], [x + r, y + r], [x - r, y + r]], { fill: paint.late });
    case 'timeout':
      return {
        type: 'path',
        shape: { pathData: `M${x - r} ${y - r}L${x + r} ${y + r}M${x + r} ${y - r}L${x - r} ${y + r}` },
        style: { fill: null, stroke: paint.lost, lineWidth: 2 },
      };
    case 'unreachable':
      return polygon([[x, y - r - 1], [x + r + 1, y], [x, y + r + 1], [x - r - 1, y]], { fill: paint.unreachable });
    default:
      return rect(x - r, y - 1, 2 * r, 2, { fill: paint.notSent });
  }
}

/** @param {number} x @param {number} y @param {number} width @param {number} height @param {any} style */
function rect(x, y, width, height, style) {
  return { type: 'rect', silent: true, shape: { x, y, width, height }, style };
}

/** @param {number} cx @param {number} cy @param {number} r @param {any} style */
function circle(cx, cy, r, style) {
  return { type: 'circle', silent: true, shape: { cx, cy, r }, style };
}

/** @param {number[][]} points @param {any} style */
function polygon(points, style) {
  return { type: 'polygon', silent: true, shape: { points }, style };
}
