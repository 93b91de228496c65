// @ts-check
import { html } from '../../html.js';
import { number, t } from '../../i18n.js';
import { LOSS_STEPS } from './model.js';
import { lineStyle } from './paints.js';

/** Of more clients than these a legend would say less. */
const MOST_COLORS = 6;

/** What the signs of the smoke graph mean. @param {{ clients: number, hasPings: boolean, hint: string }} props `clients` is how many lines there are */
export function Legend({ clients, hasPings, hint }) {
  const steps = [...LOSS_STEPS, 100];
  const places = Array.from({ length: Math.min(clients, MOST_COLORS) }, (_, place) => place);
  return html`
    <div class="legend small text-body-secondary mb-3">
      <span>${t('ip.legend.median')}:</span>
      ${clients > 1
        ? html`
          <span class="legend-entry" data-testid="own-colors">
            ${places.map((place) => html`<span key=${place} class="client-line" aria-hidden="true" style=${lineStyle(place)}></span>`)}
            ${t('ip.legend.noLossOwn')}</span>`
        : sign('line', 'line-0', t('ip.legend.noLoss'))}
      ${steps.map((step, index) => sign('line', `line-${index + 1}`, t('ip.legend.upTo', { percent: number(step) })))}
      ${sign('bands', clients > 1 ? 'bands-many' : 'bands', t('ip.legend.bands'))}
      ${sign('late', 'late', t('ip.legend.late'))}
      ${sign('outage', 'outage', t('ip.legend.outage'))}
      ${sign('cut', 'cut', t('ip.cutOff'))}
      ${sign('gap', 'gap', t('ip.legend.gap'))}
      ${sign('waiting', 'waiting', t('ip.legend.waiting'))}
      <span>${t('ip.legend.share')}</span>
      ${hasPings && html`<span>${t('ip.legend.pings')}</span>`}
      <span id=${hint} class="w-100">${t('ip.hint')}</span>
    </div>`;
}
Legend.props = ['clients', 'hasPings', 'hint'];

/** @param {string} key @param {string} kind @param {string} text */
function sign(key, kind, text) {
  return html`<span key=${`${key} ${kind}`} class="legend-entry"><span class="legend-sign legend-${kind}" aria-hidden="true"></span>${text}</span>`;
}
