// @ts-check
import { computed, onMounted, onUnmounted, ref, shallowRef, watch } from '../../lib/vue.js';
import { html } from '../../html.js';
import { get } from '../../api.js';
import { t } from '../../i18n.js';
import { listen } from '../../live.js';
import { route, setQuery } from '../../router.js';
import { askSoon, status } from '../../status.js';
import { FaultAlert } from '../../components/toasts.js';
import { FirstMinute } from '../../components/first-minute.js';
import { WINDOWS } from '../../components/window-chooser.js';
import { Filters } from './filters.js';
import { chosen, grouped } from './lines.js';
import { Rows } from './rows.js';
import { IpTable } from './table.js';

const SPARK_POINTS = 30;
const READ_MS = 30_000;
const SOON_MS = 1_000;
/** How often what was told is shown: rows are counted at once and drawn together. */
const DRAW_MS = 250;

/** Every ip at a glance. */
export const View = {
  setup() {
    const rows = new Rows();
    const version = ref(0);
    const now = ref(Date.now());
    const fault = shallowRef(/** @type {unknown} */ (null));
    const isRead = ref(false);
    const closed = ref(new Set(/** @type {string[]} */ ([])));
    let isChanged = false;

    const wanted = computed(() => ({
      search: route.query.get('q') ?? '',
      client: route.query.get('client') ?? '',
      tag: route.query.get('tag') ?? '',
      state: route.query.get('state') ?? '',
      sort: route.query.get('sort') ?? 'state',
      group: route.query.get('group') ?? '',
      window: (route.query.get('window') ?? '') in WINDOWS ? /** @type {string} */ (route.query.get('window')) : '1h',
    }));
    const clientTags = computed(() => new Map(status.clients.map((client) => [client.client, client.tags])));
    const matching = computed(() => (version.value, chosen(rows.all.values(), wanted.value, clientTags.value)));
    const lines = computed(() => grouped(matching.value, wanted.value.group, closed.value));
    const clients = computed(() => [...new Set([...rows.all.values()].map((row) => row.client))].sort());
    const tags = computed(() => [...new Set([
      ...[...rows.all.values()].flatMap((row) => row.tags), ...[...clientTags.value.values()].flat(),
    ])].sort());
    const source = reader(rows, () => WINDOWS[wanted.value.window], (failure) => {
      fault.value = failure;
      if (!failure) isRead.value = true;
      isChanged = true;
    });

    /** @type {(() => void)[]} */
    const ends = [];
    onMounted(() => {
      source.now();
      ends.push(listen({}, {
        pings(pings) {
          if (!rows.count(pings)) source.soon();
          isChanged = true;
        },
        state(change) {
          if (!rows.change(change)) source.soon();
          isChanged = true;
          askSoon();
        },
        client: askSoon,
        missed: source.now,
      }));
      const drawing = setInterval(() => {
        if (Date.now() - now.value >= 1_000) now.value = Date.now();
        if (!isChanged || document.hidden) return;
        isChanged = false;
        version.value++;
      }, DRAW_MS);
      ends.push(() => clearInterval(drawing), source.end);
    });
    onUnmounted(() => ends.forEach((end) => end()));
    watch(() => wanted.value.window, source.now);

    /** @param {string} group */
    function toggle(group) {
      const next = new Set(closed.value);
      if (!next.delete(group)) next.add(group);
      closed.value = next;
    }

    return () => {
      const all = (version.value, rows.all.size);
      if (!isRead.value) {
        return fault.value
          ? html`<${FaultAlert} fault=${fault.value} onRetry=${source.now} />`
          : html`<p role="status">${t('page.loading')}</p>`;
      }
      if (all === 0) return html`<${FirstMinute} />`;
      return html`
        <h1 class="visually-hidden">${t('overview.title')}</h1>
        <${FaultAlert} fault=${fault.value} onRetry=${source.now} />
        <${Filters} wanted=${wanted.value} clients=${clients.value} tags=${tags.value} onChange=${setQuery} />
        <p class="small text-body-secondary mb-1" role="status">
          ${t('overview.count', { count: matching.value.length, all })}
          ${matching.value.length === 0 && html`<span> ${t('overview.nothing')} <button type="button" class="btn btn-sm btn-link p-0 align-baseline"
              onClick=${() => setQuery({ q: '', client: '', tag: '', state: '' })}>${t('overview.clear')}</button></span>`}
        </p>
        <${IpTable} lines=${lines.value} sort=${wanted.value.sort} now=${now.value} version=${version.value}
            onSort=${(/** @type {string} */ sort) => setQuery({ sort })} onToggle=${toggle} />`;
    };
  },
};

/**
 * Reads the summary now, every half minute, and soon after somebody asks.
 *
 * @param {Rows} rows
 * @param {() => number} windowMs
 * @param {(fault: unknown) => void} done
 */
function reader(rows, windowMs, done) {
  let timer = 0;
  let abort = new AbortController();

  async function now() {
    clearTimeout(timer);
    timer = 0;
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    const began = performance.now();
    try {
      const query = { start: new Date(Date.now() - windowMs()), spark: SPARK_POINTS };
      const [summary, ips] = await Promise.all([get('summary', { query, signal }), get('ips', { signal })]);
      rows.read(summary);
      rows.register(ips);
      done(null);
    } catch (fault) {
      if (signal.aborted) return;
      done(fault);
    }
    // A long window costs the recorder more, and changes less.
    plan(Math.max(READ_MS, 20 * (performance.now() - began)));
  }

  /** @param {number} ms */
  function plan(ms) {
    clearTimeout(timer);
    timer = setTimeout(() => (document.hidden ? plan(SOON_MS) : now()), ms);
  }

  let soonAt = 0;
  return {
    now: () => void now(),
    soon() {
      if (soonAt > Date.now()) return;
      soonAt = Date.now() + 5 * SOON_MS;
      plan(SOON_MS);
    },
    end() {
      clearTimeout(timer);
      abort.abort();
    },
  };
}
