// @ts-check
import { onMounted, onUpdated, shallowRef, useId } from '../lib/vue.js';
import { html } from '../html.js';
import { t } from '../i18n.js';

/**
 * Something to answer before one goes on; the browser keeps the focus in it and closes it by Escape.
 *
 *     html`<${Dialog} title=${t('…')} isOpen=${isOpen.value} onClose=${close}>${() => html`<form>…</form>`}</${Dialog}>`
 */
export const Dialog = {
  props: { title: String, isOpen: Boolean },
  emits: ['close'],
  /** @param {any} props @param {any} context */
  setup(props, { emit, slots }) {
    const id = useId();
    const box = shallowRef(/** @type {HTMLDialogElement | null} */ (null));

    function follow() {
      if (props.isOpen && !box.value?.open) box.value?.showModal();
      if (!props.isOpen && box.value?.open) box.value.close();
    }

    onMounted(follow);
    onUpdated(follow);
    return () => html`
      <dialog ref=${box} class="dialog" aria-labelledby=${id} onClose=${() => emit('close')}>
        <div class="d-flex align-items-center mb-3">
          <h2 id=${id} class="h5 mb-0 me-auto">${props.title}</h2>
          <button type="button" class="btn-close" aria-label=${t('page.close')} onClick=${() => emit('close')}></button>
        </div>
        ${props.isOpen && slots.default?.()}
      </dialog>`;
  },
};
