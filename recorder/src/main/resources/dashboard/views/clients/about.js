// @ts-check
import { computed, ref, shallowRef } from '../../lib/vue.js';
import { send } from '../../api.js';
import { tell } from '../../fleet.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { go, link } from '../../router.js';
import { Dialog } from '../../components/dialog.js';
import { FaultAlert, succeeded } from '../../components/toasts.js';

/**
 * What people say of a client, to read and to change: its tags and note. What is being written stays as
 * it is, whatever others change meanwhile and whatever goes wrong.
 */
export const About = {
  props: ['client'],
  /** @param {{ client: import('../../fleet.js').Client }} props */
  setup(props) {
    const draft = ref(/** @type {{ tags: string, note: string } | null} */ (null));
    const fault = shallowRef(/** @type {unknown} */ (null));
    const isBusy = ref(false);
    const shown = computed(() => draft.value ?? { tags: props.client.tags.join(', '), note: props.client.note ?? '' });

    /** @param {any} change */
    function write(change) {
      draft.value = { ...shown.value, ...change };
    }

    /** @param {Event} event */
    async function save(event) {
      event.preventDefault();
      const { tags, note } = shown.value;
      isBusy.value = true;
      try {
        const client = await send('PATCH', `clients/${encodeURIComponent(props.client.client)}`, {
          body: { tags: tags.split(/[\s,]+/).filter(Boolean), note: note.trim() || null },
        });
        fault.value = null;
        succeeded(t('clients.saved', { client: props.client.client }));
        tell(client);
        draft.value = null;
      } catch (failure) {
        fault.value = failure;
      }
      isBusy.value = false;
    }

    return () => html`
      <form onSubmit=${save}>
        <${FaultAlert} fault=${fault.value} />
        <label class="form-label" for="client-tags">${t('clients.facts.tags')}</label>
        <input id="client-tags" class="form-control form-control-sm ${isField(fault.value, 'tags') ? 'is-invalid' : ''}" aria-describedby="client-tags-help"
            autocomplete="off" value=${shown.value.tags} onInput=${(/** @type {any} */ event) => write({ tags: event.target.value })}>
        <div id="client-tags-help" class="form-text mb-2">${t('clients.tagsHelp')}</div>
        <label class="form-label" for="client-note">${t('clients.facts.note')}</label>
        <textarea id="client-note" rows="3" class="form-control form-control-sm mb-2 ${isField(fault.value, 'note') ? 'is-invalid' : ''}" value=${shown.value.note}
            onInput=${(/** @type {any} */ event) => write({ note: event.target.value })}></textarea>
        <button type="submit" class="btn btn-sm btn-primary" disabled=${isBusy.value || draft.value === null}>${t('control.save')}</button>
        ${draft.value !== null && html`<button type="button" class="btn btn-sm btn-link" onClick=${() => { draft.value = null; fault.value = null; }}>${t('clients.discard')}</button>`}
      </form>`;
  },
};

/** @param {any} fault @param {string} field */
function isField(fault, field) {
  return fault?.field === field;
}

/** Takes a client off the list, after a question that says what that means. */
export const Removal = {
  props: ['client'],
  /** @param {{ client: import('../../fleet.js').Client }} props */
  setup(props) {
    const isOpen = ref(false);
    const isBusy = ref(false);
    const fault = shallowRef(/** @type {unknown} */ (null));

    function close() {
      isOpen.value = false;
      fault.value = null;
    }

    async function remove() {
      const { client } = props.client;
      isBusy.value = true;
      try {
        await send('DELETE', `clients/${encodeURIComponent(client)}`);
        succeeded(t('clients.removed', { client }));
        tell({ client, state: null });
        go(link('/clients'));
      } catch (failure) {
        fault.value = failure;
      }
      isBusy.value = false;
    }

    return () => html`
      <button type="button" class="btn btn-sm btn-plain" onClick=${() => { isOpen.value = true; }}>${t('clients.remove')}</button>
      <${Dialog} title=${t('clients.removeTitle', { client: props.client.client })} isOpen=${isOpen.value} onClose=${close}>${() => html`
        <p>${t('clients.removeText', { client: props.client.client, count: props.client.ips })}</p>
        <${FaultAlert} fault=${fault.value} />
        <div class="d-flex flex-wrap gap-2 justify-content-end">
          <button type="button" class="btn btn-secondary" onClick=${close}>${t('control.cancel')}</button>
          <button type="button" class="btn btn-danger" disabled=${isBusy.value} onClick=${remove}>${t('clients.removeYes')}</button>
        </div>`}</${Dialog}>`;
  },
};
