// @ts-check
import { computed, ref } from '../../lib/vue.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { status } from '../../status.js';

/** More of them are searched for. */
const FEW = 8;

/**
 * Who pings: the recorder itself, or any of the clients that are connected. Those that a link names
 * and that are not connected stay in the list, and say so.
 */
export const ClientChoice = {
  props: ['wanted', 'fault'],
  /** @param {any} props */
  setup(props) {
    /** @type {import('./wanted.js').Wanted} */
    const wanted = props.wanted;
    const search = ref('');
    const connected = computed(() => status.clients.filter((client) => client.state === 'connected'));
    const names = computed(() => connected.value.map((client) => client.client));
    const all = computed(() => [...new Set([...names.value, ...wanted.from])].sort());
    const tags = computed(() => [...new Set(connected.value.flatMap((client) => client.tags))].sort());

    /** @param {string[]} more */
    function add(more) {
      wanted.from = [...new Set([...wanted.from, ...more])];
    }

    /** @param {string} name @param {boolean} isChosen */
    function choose(name, isChosen) {
      if (isChosen) add([name]);
      else wanted.from = wanted.from.filter((other) => other !== name);
    }

    /** @param {string} tag */
    function withTag(tag) {
      return connected.value.filter((client) => client.tags.includes(tag)).map((client) => client.client);
    }

    const radio = (/** @type {string} */ id, /** @type {boolean} */ isByClients, /** @type {string} */ text) => html`
      <div class="form-check form-check-inline">
        <input type="radio" name="from" class="form-check-input" id=${id} checked=${wanted.isByClients === isByClients}
            onChange=${() => { wanted.isByClients = isByClients; }}>
        <label class="form-check-label" for=${id}>${text}</label>
      </div>`;

    const button = (/** @type {string} */ text, /** @type {() => void} */ action) => html`
      <button type="button" key=${text} class="btn btn-sm btn-outline-secondary" onClick=${action}>${text}</button>`;

    const list = () => html`
      ${all.value.length > FEW && html`
        <input type="search" class="form-control form-control-sm mb-1" aria-label=${t('task.findClient')}
            placeholder=${t('task.findClient')} value=${search.value}
            onInput=${(/** @type {any} */ event) => { search.value = event.target.value; }}>`}
      <div class="d-flex flex-wrap gap-1 mb-1">
        ${all.value.length > 1 && button(t('task.all'), () => add(names.value))}
        ${tags.value.map((tag) => button(t('task.withTag', { tag, count: withTag(tag).length }), () => add(withTag(tag))))}
        ${wanted.from.length > 0 && button(t('task.none'), () => { wanted.from = []; })}
      </div>
      <div class="choices" tabindex="0" role="group" aria-label=${t('task.clients')}>
        ${all.value.length === 0 && html`<p class="mb-0 text-body-secondary">${t('task.noClients')}</p>`}
        ${all.value.filter((name) => name.toLowerCase().includes(search.value.toLowerCase())).map((name) => html`
          <div key=${name} class="form-check">
            <input type="checkbox" class="form-check-input" id=${`from-${name}`} checked=${wanted.from.includes(name)}
                onChange=${(/** @type {any} */ event) => choose(name, event.target.checked)}>
            <label class="form-check-label" for=${`from-${name}`}>${name}
              ${!names.value.includes(name) && html`<span class="text-body-secondary"> (${t('task.notConnected')})</span>`}</label>
          </div>`)}
      </div>
      <p class="small text-body-secondary mb-0">${t('task.chosen', { count: wanted.from.length })}</p>`;

    return () => html`
      <fieldset class="mb-3">
        <legend class="form-label fs-6">${t('task.from')}</legend>
        <div>
          ${radio('from-recorder', false, t('task.self'))}
          ${radio('from-clients', true, t('task.clients'))}
        </div>
        ${wanted.isByClients && list()}
        ${props.fault && html`<p class="field-fault" role="alert"><span aria-hidden="true">✕ </span>${props.fault}</p>`}
      </fieldset>`;
  },
};
