// @ts-check
import { ref } from '../../lib/vue.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { link } from '../../router.js';
import { PlanBadge } from '../../components/plan-badge.js';
import { StateBadge } from '../../components/state-badge.js';

/** From so many clients on, one searches. */
const MANY = 8;

/**
 * Chooses clients, or a tag, and shows how the clients stand with their plans.
 *
 * `tag` is null where clients are chosen.
 */
export const Whom = {
  props: { clients: Array, tags: Array, names: Array, tag: { default: null } },
  emits: ['choose'],
  /** @param {any} props @param {any} context */
  setup(props, { emit }) {
    const search = ref('');

    /** @param {string[]} names @param {boolean} isChosen */
    function choose(names, isChosen) {
      const rest = props.names.filter((/** @type {string} */ name) => !names.includes(name));
      emit('choose', { client: isChosen ? [...rest, ...names] : rest, tag: null });
    }

    return () => {
      /** @type {import('../../fleet.js').Client[]} */
      const shown = props.clients.filter((/** @type {any} */ client) => (props.tag === null
        ? client.client.toLowerCase().includes(search.value.toLowerCase()) : client.tags.includes(props.tag)));
      return html`
        <div class="d-flex flex-wrap gap-3 align-items-center mb-2">
          <div class="btn-group btn-group-sm" role="group" aria-label=${t('control.whom.title')}>
            ${kind(t('control.whom.clients'), props.tag === null, () => emit('choose', { client: [], tag: null }))}
            ${kind(t('control.whom.byTag'), props.tag !== null, () => emit('choose', { client: [], tag: props.tags[0] ?? '' }))}
          </div>
          ${props.tag !== null && html`
            <label class="d-inline-flex gap-2 align-items-center"><span>${t('overview.tag')}</span>
              <input id="control-tag" class="form-control form-control-sm" list="all-tags" autocomplete="off" value=${props.tag}
                  onChange=${(/** @type {any} */ event) => emit('choose', { client: [], tag: event.target.value.trim() })}>
              <datalist id="all-tags">${props.tags.map((/** @type {string} */ tag) => html`<option key=${tag} value=${tag}></option>`)}</datalist>
            </label>`}
          ${props.tag === null && props.clients.length > MANY && html`
            <input type="search" class="form-control form-control-sm w-auto" aria-label=${t('clients.search')} placeholder=${t('clients.search')}
                value=${search.value} onInput=${(/** @type {any} */ event) => { search.value = event.target.value; }}>`}
        </div>
        ${props.tag && html`<p class="small text-body-secondary mb-2">${t('control.whom.tagHelp', { count: shown.length, tag: props.tag })}</p>`}
        ${shown.length > 0 && table(shown, props, choose)}`;
    };
  },
};

/** @param {string} text @param {boolean} isChosen @param {() => void} choose */
function kind(text, isChosen, choose) {
  return html`<button type="button" class="btn ${isChosen ? 'btn-primary' : 'btn-plain'}" aria-pressed=${String(isChosen)} onClick=${choose}>${text}</button>`;
}

/** @param {import('../../fleet.js').Client[]} clients @param {any} props @param {(names: string[], isChosen: boolean) => void} choose */
function table(clients, props, choose) {
  const names = clients.map(({ client }) => client);
  const isFree = props.tag === null;
  const isAll = names.every((name) => props.names.includes(name));
  return html`
    <div class="whom" tabindex="0" role="region" aria-label=${t('clients.title')}>
      <table class="table table-sm align-middle mb-0 fleet">
        <thead><tr>
          ${isFree && html`<th scope="col" class="check"><input type="checkbox" class="form-check-input" aria-label=${t('clients.selectAll')} checked=${isAll}
              indeterminate=${!isAll && props.names.length > 0}
              onChange=${(/** @type {any} */ event) => choose(names, event.target.checked)}></th>`}
          <th scope="col">${t('clients.columns.client')}</th>
          <th scope="col" class="wide">${t('clients.columns.state')}</th>
          <th scope="col">${t('clients.columns.plan')}</th>
        </tr></thead>
        <tbody>${clients.map((client) => html`
          <tr key=${client.client} data-client=${client.client}>
            ${isFree && html`<td class="check"><input type="checkbox" class="form-check-input" aria-label=${t('clients.select', { client: client.client })}
                checked=${props.names.includes(client.client)}
                onChange=${(/** @type {any} */ event) => choose([client.client], event.target.checked)}></td>`}
            <td class="text-break-all"><a href=${link(`/clients/${encodeURIComponent(client.client)}`)}>${client.client}</a></td>
            <td class="wide"><${StateBadge} state=${client.state} /></td>
            <td><${PlanBadge} client=${client} isLong=${true} /></td>
          </tr>`)}</tbody>
      </table>
    </div>`;
}
