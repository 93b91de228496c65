// @ts-check
import { html } from '../html.js';
import { number, t } from '../i18n.js';

/** A span of time as somebody writes it; kept as it was written. @typedef {{ amount: string, unit: string }} Written */

const UNITS = /** @type {[string, number][]} */ ([['ms', 1], ['s', 1_000], ['min', 60_000], ['h', 3_600_000]]);

/** Such as 500 ms, 10 s, 60 s or 5 min. @param {number} ms */
export function spanText(ms) {
  const [unit, size] = fitting(ms);
  return `${number(ms / size)} ${unit}`;
}

/** @param {number | null | undefined} ms @returns {Written} */
export function written(ms) {
  if (ms === null || ms === undefined) return { amount: '', unit: 's' };
  const [unit, size] = fitting(ms);
  return { amount: String(ms / size), unit };
}

/** @param {number} ms @returns {[string, number]} */
function fitting(ms) {
  if (ms < 1_000) return UNITS[0];
  if (ms <= 60_000 || ms % 60_000 !== 0) return UNITS[1];
  return ms % 3_600_000 === 0 ? UNITS[3] : UNITS[2];
}

/** In milliseconds; null where nothing is written. @param {Written} value */
export function spanMs({ amount, unit }) {
  if (String(amount).trim() === '') return null;
  return Math.round(Number(amount) * (UNITS.find(([name]) => name === unit)?.[1] ?? 1));
}

/**
 * A number and its unit.
 *
 * @param {{ id: string, label: string, value: Written, isWrong?: boolean, isRequired?: boolean, placeholder?: string,
 *     onChange: (value: Written) => void }} props
 */
export function SpanInput({ id, label, value, isWrong, isRequired, placeholder, onChange }) {
  return html`
    <div class="input-group input-group-sm span-input">
      <input id=${id} type="number" min="0" step="any" inputmode="decimal" class="form-control ${isWrong ? 'is-invalid' : ''}"
          aria-label=${label} aria-invalid=${isWrong ? 'true' : null} required=${isRequired} placeholder=${placeholder} value=${value.amount}
          onInput=${(/** @type {any} */ event) => onChange({ ...value, amount: event.target.value })}>
      <select class="form-select" aria-label=${t('control.unit', { of: label })}
          onChange=${(/** @type {any} */ event) => onChange({ ...value, unit: event.target.value })}>
        ${UNITS.map(([unit]) => html`<option key=${unit} value=${unit} selected=${unit === value.unit}>${unit}</option>`)}
      </select>
    </div>`;
}
SpanInput.props = ['id', 'label', 'value', 'isWrong', 'isRequired', 'placeholder', 'onChange'];
