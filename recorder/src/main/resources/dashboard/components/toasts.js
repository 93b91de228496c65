// @ts-check
import { reactive } from '../lib/vue.js';
import { ApiError } from '../api.js';
import { html } from '../html.js';
import { t } from '../i18n.js';

/** @typedef {{ id: number, kind: 'success' | 'danger', text: string }} Toast */

const SUCCESS_MS = 6_000;
const MOST = 5;

/** @type {Toast[]} */
const toasts = reactive([]);
let last = 0;

/** Tells that something was done. @param {string} text */
export function succeeded(text) {
  const id = add('success', text);
  setTimeout(() => remove(id), SUCCESS_MS);
}

/** Tells that something was not done, in the API's words; stays until it is closed. @param {unknown} fault */
export function failed(fault) {
  add('danger', faultText(fault));
}

/** What went wrong, for people. @param {unknown} fault */
export function faultText(fault) {
  if (fault instanceof ApiError && fault.status === 0) return t('page.noAnswer');
  if (fault instanceof Error && fault.message) return fault.message;
  return t('page.unknownFault');
}

/** @param {Toast['kind']} kind @param {string} text */
function add(kind, text) {
  const same = toasts.find((toast) => toast.kind === kind && toast.text === text);
  if (same) return same.id;
  last++;
  toasts.push({ id: last, kind, text });
  if (toasts.length > MOST) toasts.shift();
  return last;
}

/** @param {number} id */
function remove(id) {
  const index = toasts.findIndex((toast) => toast.id === id);
  if (index >= 0) toasts.splice(index, 1);
}

/** What was done and what was not, over the page. */
export const Toasts = {
  setup() {
    return () => html`
      <div class="toast-container position-fixed bottom-0 end-0 p-3" role="region" aria-live="polite"
          aria-label=${t('page.messages')}>
        ${toasts.map((toast) => html`
          <div key=${toast.id} class="toast show text-bg-${toast.kind}" role=${toast.kind === 'danger' ? 'alert' : 'status'}>
            <div class="d-flex">
              <div class="toast-body">
                <span aria-hidden="true">${toast.kind === 'danger' ? '✕ ' : '✓ '}</span>${toast.text}
              </div>
              <button type="button" class="btn-close btn-close-white me-2 m-auto" aria-label=${t('page.close')}
                  onClick=${() => remove(toast.id)}></button>
            </div>
          </div>`)}
      </div>`;
  },
};

/** A fault in the place where something should be. @param {{ fault: unknown, onRetry?: () => void }} props */
export function FaultAlert({ fault, onRetry }) {
  if (!fault) return null;
  return html`
    <div class="alert alert-danger d-flex flex-wrap align-items-center gap-3" role="alert">
      <span class="flex-grow-1"><span aria-hidden="true">✕ </span>${faultText(fault)}</span>
      ${onRetry && html`<button type="button" class="btn btn-sm btn-outline-danger" onClick=${onRetry}>${t('page.retry')}</button>`}
    </div>`;
}
FaultAlert.props = ['fault', 'onRetry'];
