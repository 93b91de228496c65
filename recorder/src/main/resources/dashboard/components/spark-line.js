// @ts-check
import { html } from '../html.js';

const WIDTH = 100;
const HEIGHT = 24;

/** @type {WeakMap<(number | null)[], string>} */
const drawn = new WeakMap();

/** Latencies in a small line, from 0 on, with holes where nothing was received. @param {{ points: (number | null)[] | undefined }} props */
export function SparkLine({ points }) {
  if (!points) return null;
  let path = drawn.get(points);
  if (path === undefined) {
    path = pathOf(points);
    drawn.set(points, path);
  }
  return html`
    <svg class="spark" width="100%" height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"
        aria-hidden="true"><path d=${path} /></svg>`;
}
SparkLine.props = ['points'];

/** @param {(number | null)[]} points */
function pathOf(points) {
  const most = Math.max(0, ...points.map((point) => point ?? 0)) || 1;
  const step = WIDTH / points.length;
  let path = '';
  let isOpen = false;
  points.forEach((point, index) => {
    if (point === null) {
      isOpen = false;
      return;
    }
    const y = (HEIGHT - 2 - (point / most) * (HEIGHT - 4)).toFixed(1);
    const x = index * step;
    // A step of its own, so that a single point is seen too.
    path += `${isOpen ? 'L' : 'M'}${(x + step / 8).toFixed(1)} ${y}L${(x + step * 7 / 8).toFixed(1)} ${y}`;
    isOpen = true;
  });
  return path;
}
