// @ts-check
import { html } from '../html.js';
import { t } from '../i18n.js';

/** Of an ip (up, down, late, paused, unknown) and of a client (connected, delivering, …): sign and kind. */
const SIGNS = /** @type {Record<string, [string, string]>} */ ({
  up: ['✓', 'up'],
  down: ['✕', 'down'],
  late: ['!', 'late'],
  paused: ['‖', 'paused'],
  unknown: ['?', 'unknown'],
  connected: ['✓', 'up'],
  delivering: ['↑', 'up'],
  stopped: ['■', 'paused'],
  lost: ['✕', 'down'],
  silent: ['?', 'late'],
  never_seen: ['–', 'unknown'],
});

/** A state by its sign, shape, color and word. @param {{ state: string }} props */
export function StateBadge({ state }) {
  const [sign, kind] = SIGNS[state] ?? SIGNS.unknown;
  return html`
    <span class="state state-${kind}">
      <span class="state-sign" aria-hidden="true">${sign}</span><span class="state-word">${t(`states.${state}`)}</span>
    </span>`;
}
StateBadge.props = ['state'];
