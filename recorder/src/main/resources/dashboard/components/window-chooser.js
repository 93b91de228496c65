// @ts-check
import { html } from '../html.js';
import { duration, t } from '../i18n.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Windows that end now. @type {Record<string, number>} */
export const WINDOWS = {
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '1h': HOUR_MS,
  '6h': 6 * HOUR_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
};

/** The one that an address asks for. @param {URLSearchParams} query */
export function windowOf(query) {
  const wanted = query.get('window') ?? '';
  return Object.hasOwn(WINDOWS, wanted) ? wanted : '1h';
}

/** @param {{ value: string, onChoose: (window: string) => void }} props `value` is a key of WINDOWS */
export function WindowChooser({ value, onChoose }) {
  return html`
    <select id="window" class="form-select form-select-sm w-auto" aria-label=${t('page.window')} title=${t('page.window')}
        onChange=${(/** @type {any} */ event) => onChoose(event.target.value)}>
      ${Object.entries(WINDOWS).map(([key, ms]) => html`
        <option key=${key} value=${key} selected=${key === value}>${t('page.lastWindow', { window: duration(ms) })}</option>`)}
    </select>`;
}
WindowChooser.props = ['value', 'onChoose'];
