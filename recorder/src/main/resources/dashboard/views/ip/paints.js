// @ts-check
/** Colors and patterns of the smoke graph, as the theme has them now. */
import { color } from '../../theme.js';

const HATCH_PX = 8;
const CLIENTS = 6;
const LINES = ['solid', 'dashed', 'dotted'];

/**
 * The color, as a variable, and the kind of a client's line: neighbours differ in both, and eighteen
 * clients in one of them.
 *
 * @param {number} place of the client among those shown
 */
export function lineOf(place) {
  return {
    color: `--pr-client-${(place % CLIENTS) + 1}`,
    kind: LINES[(place + Math.floor(place / CLIENTS)) % LINES.length],
  };
}

/** As a client's line is in the chart. @param {number} place */
export function lineStyle(place) {
  const { color, kind } = lineOf(place);
  return { borderTop: `3px ${kind} var(${color})` };
}

/** @typedef {ReturnType<typeof paints>} Paints */

export function paints() {
  const gap = color('--pr-unknown');
  const late = color('--pr-late');
  return {
    clients: Array.from({ length: CLIENTS }, (_, place) => color(lineOf(place).color)),
    losses: Array.from({ length: 5 }, (_, i) => color(`--pr-loss-${i + 1}`)),
    text: color('--bs-body-color'),
    page: color('--bs-body-bg'),
    reply: color('--pr-reply'),
    late,
    lateHatch: hatch(late, 3),
    lost: color('--pr-lost'),
    unreachable: color('--pr-unreachable'),
    notSent: color('--pr-not-sent'),
    gap,
    waiting: hatch(gap, 1.4),
    cutOff: hatch(color('--pr-unreachable'), 1.4, true),
  };
}

/** Slanted lines. @param {string} stroke @param {number} width @param {boolean} [isCrossed] */
function hatch(stroke, width, isCrossed = false) {
  const image = document.createElement('canvas');
  image.width = HATCH_PX;
  image.height = HATCH_PX;
  const brush = /** @type {CanvasRenderingContext2D} */ (image.getContext('2d'));
  brush.strokeStyle = stroke;
  brush.lineWidth = width;
  brush.beginPath();
  // Beyond the edges, so that it goes on in the next one.
  for (const shift of [-HATCH_PX, 0, HATCH_PX]) {
    brush.moveTo(shift, HATCH_PX);
    brush.lineTo(shift + HATCH_PX, 0);
    if (isCrossed) {
      brush.moveTo(shift, 0);
      brush.lineTo(shift + HATCH_PX, HATCH_PX);
    }
  }
  brush.stroke();
  return { image, repeat: 'repeat' };
}
