// @ts-check
import { html } from '../../html.js';

const WIDTH = 300;
const HEIGHT = 56;
/** Replies stay below, so that what failed stands out by its height too. */
const TOP = 12;

/** Outcomes are told apart by shape as well as by color. @type {Record<string, string>} */
export const KINDS = {
  reply: 'reply',
  late: 'late',
  timeout: 'lost',
  unreachable: 'unreachable',
  send_error: 'not-sent',
  resolve_error: 'not-sent',
  missed: 'not-sent',
};

/**
 * A bar for each ping: replies as high as their latency, what was lost over the whole height,
 * unreachable in two halves, not sent as a short mark above.
 *
 * @param {{ pair: import('./pair.js').Pair, version: number, label: string,
 *     onPoint: (ping: import('./pair.js').Ping | null) => void }} props
 */
export function PairChart({ pair, label, onPoint }) {
  const step = WIDTH / Math.max(1, pair.count);
  const point = (/** @type {PointerEvent} */ event) => {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const seq = Math.floor(((event.clientX - box.left) / box.width) * pair.count);
    onPoint(pair.pings.find((ping) => ping.seq === seq) ?? null);
  };
  return html`
    <svg class="pair-chart" role="img" aria-label=${label} width="100%" height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}"
        preserveAspectRatio="none" onPointermove=${point} onPointerleave=${() => onPoint(null)}>
      ${Object.entries(pathsOf(pair, step)).map(([kind, path]) => html`<path key=${kind} class="pair-${kind}" d=${path} />`)}
    </svg>`;
}
PairChart.props = ['pair', 'version', 'label', 'onPoint'];

/** @param {import('./pair.js').Pair} pair @param {number} step */
function pathsOf(pair, step) {
  const most = pair.statistics.max || 1;
  const wide = Math.min(step * 0.8, 8).toFixed(2);
  /** @type {Record<string, string>} */
  const paths = {};
  for (const ping of pair.pings) {
    const kind = KINDS[ping.outcome] ?? 'not-sent';
    const left = (ping.seq * step + step / 2 - Number(wide) / 2).toFixed(2);
    const bar = (/** @type {number} */ from, /** @type {number} */ to) => `M${left} ${from.toFixed(1)}h${wide}V${to.toFixed(1)}h-${wide}z`;
    let path = '';
    if (ping.latency !== null) path = bar(HEIGHT - 2 - (ping.latency / most) * (HEIGHT - TOP - 2), HEIGHT);
    else if (kind === 'lost') path = bar(0, HEIGHT);
    else if (kind === 'unreachable') path = bar(0, HEIGHT * 0.4) + bar(HEIGHT * 0.6, HEIGHT);
    else path = bar(0, TOP - 4);
    paths[kind] = (paths[kind] ?? '') + path;
  }
  return paths;
}
