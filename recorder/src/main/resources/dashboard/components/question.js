// @ts-check
import { onMounted, shallowRef } from '../lib/vue.js';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { FaultAlert } from './toasts.js';

/**
 * Asks before something that cannot be taken back. The browser keeps the focus in it and Escape says no.
 * `fault` is what went wrong after the yes; the question stays open with it.
 */
export const Question = {
  props: ['title', 'text', 'yes', 'isBusy', 'fault'],
  emits: ['yes', 'no'],
  /** @param {any} props @param {any} context */
  setup(props, { emit }) {
    const dialog = shallowRef(/** @type {HTMLDialogElement | null} */ (null));
    onMounted(() => dialog.value?.showModal());
    return () => html`
      <dialog ref=${dialog} class="question rounded shadow p-4" aria-labelledby="question" onClose=${() => emit('no')}>
        <h2 id="question" class="h5">${props.title}</h2>
        <p>${props.text}</p>
        <${FaultAlert} fault=${props.fault} />
        <div class="d-flex flex-wrap gap-2 justify-content-end">
          <button type="button" class="btn btn-secondary" autofocus onClick=${() => dialog.value?.close()}>${t('control.cancel')}</button>
          <button type="button" class="btn btn-danger" disabled=${props.isBusy} onClick=${() => emit('yes')}>${props.yes}</button>
        </div>
      </dialog>`;
  },
};
