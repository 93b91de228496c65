// @ts-check
import { computed, ref } from '../../lib/vue.js';
import { get } from '../../api.js';
import { tagsOf, useFleet } from '../../fleet.js';
import { now } from '../../clock.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { link, route, setQuery } from '../../router.js';
import { status } from '../../status.js';
import { FaultAlert } from '../../components/toasts.js';
import { FirstMinute } from '../../components/first-minute.js';
import { WINDOWS, WindowChooser, windowOf } from '../../components/window-chooser.js';
import { SteerBar } from '../control/steer-bar.js';
import { ClientTable } from './client-table.js';
import { STATES, order } from './columns.js';
import { useRead } from './use-read.js';

const READ_MS = 30_000;

/** Every client at a glance, and what can be told to several at once. */
export const View = {
  setup() {
    const fleet = useFleet();
    const selected = ref(new Set(/** @type {string[]} */ ([])));

    const wanted = computed(() => ({
      search: route.query.get('q') ?? '',
      tag: route.query.get('tag') ?? '',
      state: route.query.get('state') ?? '',
      sort: route.query.get('sort') ?? 'state',
      window: windowOf(route.query),
    }));
    /** The share of each client's pings that failed. */
    const { answer: fails, fault, again } = useRead(async (signal) => {
      const start = new Date(now() - WINDOWS[wanted.value.window]);
      const groups = await get('summary', { query: { group: 'client', start }, signal });
      return new Map(groups.map((/** @type {any} */ group) => [group.client, group.fail_percent]));
    }, () => wanted.value.window, READ_MS);
    const lines = computed(() => {
      const { search, tag, state, sort } = wanted.value;
      return fleet.value
        .filter((client) => (!tag || client.tags.includes(tag)) && (!state || client.state === state)
          && `${client.client} ${client.address ?? ''} ${client.note ?? ''}`.toLowerCase().includes(search.toLowerCase()))
        .map((client) => ({ client, fail: fails.value?.get(client.client) }))
        .sort(order(sort));
    });
    /** Only what is seen is told anything. */
    const chosen = computed(() => lines.value.map(({ client }) => client.client).filter((name) => selected.value.has(name)));

    /** @param {string[]} names @param {boolean} isSelected */
    function select(names, isSelected) {
      const next = new Set(selected.value);
      for (const name of names) {
        if (isSelected) next.add(name);
        else next.delete(name);
      }
      selected.value = next;
    }

    return () => {
      if (!status.isKnown) return html`<p role="status">${t('page.loading')}</p>`;
      if (fleet.value.length === 0) return html`<${FirstMinute} />`;
      return html`
        <h1 class="visually-hidden">${t('clients.title')}</h1>
        <${FaultAlert} fault=${fault.value} onRetry=${again} />
        ${filters(wanted.value, tagsOf(fleet.value))}
        <div class="card mb-2">
          <div class="card-body py-2 d-flex flex-wrap align-items-center gap-2">
            <span class="me-2" role="status">${t('clients.selected', { count: chosen.value.length, all: lines.value.length })}</span>
            <${SteerBar} owners=${chosen.value.map((name) => ({ kind: 'client', name }))} />
            ${chosen.value.length > 0 && html`
              <a class="btn btn-sm btn-link" href=${link('/control', { client: chosen.value })}>${t('clients.more')}</a>`}
          </div>
        </div>
        ${lines.value.length === 0
          ? html`<p role="status">${t('clients.nothing')} <button type="button" class="btn btn-sm btn-link p-0 align-baseline"
              onClick=${() => setQuery({ q: '', tag: '', state: '' })}>${t('overview.clear')}</button></p>`
          : html`<${ClientTable} lines=${lines.value} sort=${wanted.value.sort} selected=${selected.value} onSelect=${select}
              onSort=${(/** @type {string} */ sort) => setQuery({ sort })} />`}`;
    };
  },
};

/** @param {{ search: string, tag: string, state: string, window: string }} wanted @param {string[]} tags */
function filters(wanted, tags) {
  return html`
    <form class="d-flex flex-wrap gap-2 mb-2" role="search" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <input type="search" class="form-control form-control-sm w-auto flex-grow-1 search" aria-label=${t('clients.search')}
          placeholder=${t('clients.search')} value=${wanted.search}
          onInput=${(/** @type {any} */ event) => setQuery({ q: event.target.value })}>
      ${choice('tag', wanted.tag, t('overview.anyTag'), tags.map((tag) => [tag, tag]))}
      ${choice('state', wanted.state, t('overview.anyState'), STATES.map((state) => [state, t(`states.${state}`)]))}
      <${WindowChooser} value=${wanted.window} onChoose=${(/** @type {string} */ window) => setQuery({ window })} />
    </form>`;
}

/** @param {string} name @param {string} value @param {string} any @param {string[][]} options */
function choice(name, value, any, options) {
  const all = value && !options.some(([code]) => code === value) ? [...options, [value, value]] : options;
  return html`
    <select id="clients-${name}" class="form-select form-select-sm w-auto" aria-label=${t(`overview.${name}`)}
        onChange=${(/** @type {any} */ event) => setQuery({ [name]: event.target.value })}>
      <option value="" selected=${value === ''}>${any}</option>
      ${all.map(([code, text]) => html`<option key=${code} value=${code} selected=${code === value}>${text}</option>`)}
    </select>`;
}
