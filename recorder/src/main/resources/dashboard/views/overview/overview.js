// @ts-check
import { computed, onMounted, onUnmounted, ref, shallowRef, watch } from '../../lib/vue.js';
import { html } from '../../html.js';
import { ApiError } from '../../api.js';
import { now } from '../../clock.js';
import { t } from '../../i18n.js';
import { listen } from '../../live.js';
import { route, setQuery } from '../../router.js';
import { askSoon, status } from '../../status.js';
import { FaultAlert } from '../../components/toasts.js';
import { FirstMinute } from '../../components/first-minute.js';
import { WINDOWS, windowOf } from '../../components/window-chooser.js';
import { Filters } from './filters.js';
import { chosen, grouped } from './lines.js';
import { summaryRounds } from './reader.js';
import { Rows } from './rows.js';
import { IpTable } from './table.js';

/** How often what was told is shown: rows are counted at once and drawn together. */
const DRAW_MS = 250;

/** Every ip at a glance. */
export const View = {
  setup() {
    const rows = new Rows();
    const version = ref(0);
    const seenAt = ref(now());
    const fault = shallowRef(/** @type {unknown} */ (null));
    const reads = ref(0);
    /** What is shown is of another window: this one is not there yet. */
    const isOld = ref(true);
    const closed = ref(new Set(/** @type {string[]} */ ([])));
    let isChanged = false;

    const wanted = computed(() => ({
      search: route.query.get('q') ?? '',
      client: route.query.get('client') ?? '',
      tag: route.query.get('tag') ?? '',
      state: route.query.get('state') ?? '',
      sort: route.query.get('sort') ?? 'state',
      group: route.query.get('group') ?? '',
      window: windowOf(route.query),
    }));
    const clientTags = computed(() => new Map(status.clients.map((client) => [client.client, client.tags])));
    const matching = computed(() => (version.value, chosen(rows.all.values(), wanted.value, clientTags.value)));
    const lines = computed(() => grouped(matching.value, wanted.value.group, closed.value));
    const clients = computed(() => (reads.value, [...new Set([...rows.all.values()].map((row) => row.client))].sort()));
    const tags = computed(() => (reads.value, [...new Set([
      ...[...rows.all.values()].flatMap((row) => row.tags), ...[...clientTags.value.values()].flat(),
    ])].sort()));
    const rounds = summaryRounds(rows, () => WINDOWS[wanted.value.window], (failure) => {
      fault.value = failure;
      if (!failure) reads.value++;
      else if (isOld.value) rows.uncount();
      isOld.value = false;
      isChanged = true;
    });

    /** @type {(() => void)[]} */
    const ends = [];
    onMounted(() => {
      rounds.restart();
      ends.push(listen({}, {
        pings(pings) {
          if (!rows.count(pings)) rounds.soon();
          isChanged = true;
        },
        state(change) {
          if (!rows.change(change)) rounds.soon();
          isChanged = true;
          askSoon();
        },
        client: askSoon,
        // What came between the first read and the first event.
        begun: rounds.soon,
        missed: rounds.soon,
      }));
      const drawing = setInterval(() => {
        if (Math.abs(now() - seenAt.value) >= 1_000) seenAt.value = now();
        if (!isChanged || document.hidden) return;
        isChanged = false;
        version.value++;
      }, DRAW_MS);
      ends.push(() => clearInterval(drawing), rounds.end);
    });
    onUnmounted(() => ends.forEach((end) => end()));
    watch(() => wanted.value.window, () => {
      isOld.value = true;
      rounds.restart();
    });

    /** @param {string} group */
    function toggle(group) {
      const next = new Set(closed.value);
      if (!next.delete(group)) next.add(group);
      closed.value = next;
    }

    return () => {
      const all = (version.value, rows.all.size);
      if (reads.value === 0) {
        return fault.value
          ? html`<${FaultAlert} fault=${fault.value} onRetry=${rounds.restart} />`
          : html`<p role="status">${t('page.loading')}</p>`;
      }
      if (all === 0) return html`<${FirstMinute} />`;
      return html`
        <h1 class="visually-hidden">${t('overview.title')}</h1>
        <${FaultAlert} fault=${isAway(fault.value) ? null : fault.value} onRetry=${rounds.restart} />
        <${Filters} wanted=${wanted.value} clients=${clients.value} tags=${tags.value} onChange=${setQuery} />
        <p class="small text-body-secondary mb-1" role="status">
          ${t('overview.count', { count: matching.value.length, all })}
          ${matching.value.length === 0 && html`<span> ${t('overview.nothing')} <button type="button" class="btn btn-sm btn-link p-0 align-baseline"
              onClick=${() => setQuery({ q: '', client: '', tag: '', state: '' })}>${t('overview.clear')}</button></span>`}
        </p>
        <${IpTable} lines=${lines.value} sort=${wanted.value.sort} at=${seenAt.value} version=${version.value} isOld=${isOld.value}
            onSort=${(/** @type {string} */ sort) => setQuery({ sort })} onToggle=${toggle} />`;
    };
  },
};

/** What the page's banner says already. @param {unknown} fault */
function isAway(fault) {
  return fault instanceof ApiError && fault.isAway;
}
