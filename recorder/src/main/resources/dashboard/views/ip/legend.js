// @ts-check
import { html } from '../../html.js';
import { number, t } from '../../i18n.js';
import { LOSS_STEPS } from './model.js';

/** What the signs of the smoke graph mean. @param {{ hasPings: boolean, hint: string }} props */
export function Legend({ hasPings, hint }) {
  const steps = [...LOSS_STEPS, 100];
  return html`
    <div class="legend small text-body-secondary mb-3">
      <span>${t('ip.legend.median')}:</span>
      ${sign('line', 'line-0', t('ip.legend.noLoss'))}
      ${steps.map((step, index) => sign('line', `line-${index + 1}`, t('ip.legend.upTo', { percent: number(step) })))}
      ${sign('bands', 'bands', t('ip.legend.bands'))}
      ${sign('late', 'late', t('ip.legend.late'))}
      ${sign('outage', 'outage', t('ip.legend.outage'))}
      ${sign('cut', 'cut', t('ip.cutOff'))}
      ${sign('gap', 'gap', t('ip.legend.gap'))}
      ${sign('waiting', 'waiting', t('ip.legend.waiting'))}
      ${hasPings && html`<span>${t('ip.legend.pings')}</span>`}
      <span id=${hint} class="w-100">${t('ip.hint')}</span>
    </div>`;
}
Legend.props = ['hasPings', 'hint'];

/** @param {string} key @param {string} kind @param {string} text */
function sign(key, kind, text) {
  return html`<span key=${`${key} ${kind}`} class="legend-entry"><span class="legend-sign legend-${kind}" aria-hidden="true"></span>${text}</span>`;
}
