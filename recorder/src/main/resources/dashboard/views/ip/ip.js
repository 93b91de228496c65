// @ts-check
import { computed, onMounted, onUnmounted, ref, shallowRef, watch } from '../../lib/vue.js';
import { html } from '../../html.js';
import { now } from '../../clock.js';
import { language, t } from '../../i18n.js';
import { route, setQuery } from '../../router.js';
import { canCopy, copy } from '../../components/command.js';
import { FaultAlert, failed } from '../../components/toasts.js';
import { Header, Pingers } from './header.js';
import { Legend } from './legend.js';
import { lineKey } from './model.js';
import { Plot } from './plot.js';
import { fixed, lengthOf, live, moved, rangeOf, windowOf, zoomed } from './range.js';
import { IpReader } from './reader.js';
import { described, lossTopOf, smokeOption, topOf } from './smoke.js';
import { Gaps, Outages, Statistics } from './tables.js';
import { SCALES, Toolbar } from './toolbar.js';

/** A chart that scrolls moves by so many steps over its width. */
const SCROLLS = 1_000;
const SCROLL_LEAST_MS = 250;
const SCROLL_MOST_MS = 5_000;
/** The address and the data follow a hand that moves the chart when it rests. */
const REST_MS = 200;
const HINT = 'ip-hint';

/** One ip: its smoke graph, its numbers and its outages. */
export const View = {
  setup() {
    const range = shallowRef(rangeOf(route.query, now()));
    const version = ref(0);
    const fault = shallowRef(/** @type {unknown} */ (null));
    const pingers = new Pingers();
    const reader = new IpReader({
      drawn: () => version.value++,
      failed: (failure) => {
        fault.value = failure;
      },
      state: (change) => pingers.change(change),
      heard: (told) => pingers.hear(told),
    });
    let resting = 0;
    let scrolling = 0;

    const ip = computed(() => route.query.get('ip') ?? '');
    const family = computed(() => route.query.get('family') ?? '');
    const clients = computed(() => route.query.getAll('client'));
    const scale = computed(() => (SCALES.includes(route.query.get('scale') ?? '') ? route.query.get('scale') : 'all'));
    const isBeside = computed(() => route.query.get('beside') === 'yes');
    const subject = computed(() => JSON.stringify([ip.value, family.value, clients.value]));
    const time = computed(() => [route.query.get('window'), route.query.get('from'), route.query.get('to')].join(' '));
    const pings = computed(() => (version.value, reader.pings && [...reader.pings.values()].map((ping) => ({
      ...ping, key: lineKey(ping), atMs: Date.parse(ping.at),
    }))));

    function scroll() {
      clearTimeout(scrolling);
      if (!range.value.isLive) return;
      if (!document.hidden && reader.isRead) {
        range.value = rangeOf(route.query, now());
        reader.move(range.value.start, range.value.end);
      }
      const length = range.value.end - range.value.start;
      scrolling = setTimeout(scroll, Math.min(Math.max(length / SCROLLS, SCROLL_LEAST_MS), SCROLL_MOST_MS));
    }

    function read() {
      clearTimeout(resting);
      range.value = rangeOf(route.query, now());
      if (ip.value) void reader.show(range.value);
      scroll();
    }

    function follow() {
      if (!ip.value) return;
      reader.follow({ ip: ip.value, family: family.value, clients: clients.value });
      pingers.follow(ip.value, family.value);
      read();
    }

    /** Shows another stretch at once, and reads it when the hand rests. @param {{ start: number, end: number }} wanted */
    function look({ start, end }) {
      clearTimeout(scrolling);
      range.value = { start, end, isLive: false };
      clearTimeout(resting);
      resting = setTimeout(() => setQuery(fixed(start, end)), REST_MS);
    }

    /** @param {number} factor */
    function zoom(factor) {
      const { start, end, isLive } = range.value;
      if (!isLive) {
        look(zoomed(range.value, factor, (start + end) / 2));
        return;
      }
      const closer = zoomed(range.value, factor, end);
      setQuery(live(closer.end - closer.start));
    }

    function copyLink() {
      const here = new URL(location.href);
      const query = new URLSearchParams(route.query);
      const { from, to } = fixed(range.value.start, range.value.end);
      query.delete('window');
      query.set('from', from);
      query.set('to', to);
      here.hash = `${route.path}?${query}`;
      if (canCopy) copy(here.href);
      else failed(new Error(t('ip.noClipboard', { link: here.href })));
    }

    /** @param {string} name */
    function toggle(name) {
      const shown = new Set(clients.value.length > 0 ? clients.value : pingers.names());
      if (!shown.delete(name)) shown.add(name);
      setQuery({ client: shown.size === 0 ? clients.value : [...shown].sort() });
    }

    onMounted(follow);
    onUnmounted(() => {
      clearTimeout(scrolling);
      clearTimeout(resting);
      reader.end();
      pingers.end();
    });
    watch(subject, follow);
    watch(time, () => {
      if (route.query.get('ip')) read();
    });
    // After the page's own title for all of this kind.
    watch(() => [pingers.title(ip.value), language.value], ([title]) => {
      if (title) document.title = `${title} · Ping Recorder`;
    }, { immediate: true, flush: 'post' });

    /** @param {import('./model.js').Line[]} lines @param {number} top */
    function option(lines, top) {
      return smokeOption({
        lines,
        places: new Map(reader.lines.map((line, place) => [line.key, place])),
        pings: pings.value,
        outages: reader.outages,
        range: range.value,
        scale: scale.value ?? 'all',
        top,
        lossTop: lossTopOf(reader.lines, range.value),
      });
    }

    function charts() {
      const lines = (version.value, reader.lines);
      if (!reader.isRead) return html`<p role="status">${fault.value ? '' : t('page.loading')}</p>`;
      if (lines.length === 0) return html`<p class="lead">${t('ip.nothing')}</p>`;
      const top = topOf(lines, pings.value, range.value, scale.value ?? 'all');
      const isApart = isBeside.value && lines.length > 1;
      return html`
        <div class=${isApart ? 'plots' : ''} data-testid="charts" data-step=${reader.step.name}>
          ${(isApart ? lines.map((line) => [line]) : [lines]).map((shown) => html`
            <figure key=${shown.map((line) => line.key).join()} class="mb-1">
              ${isApart && html`<figcaption class="fw-semibold">${shown[0].key}</figcaption>`}
              <${Plot} option=${option(shown, top)} label=${described(shown)} height=${isApart ? '20rem' : '27rem'}
                  range=${range.value} hint=${HINT} onLook=${look} />
            </figure>`)}
        </div>`;
    }

    return () => {
      if (!ip.value) return html`<p class="lead">${t('ip.none')} <a href="#/">${t('overview.title')}</a></p>`;
      const drawn = version.value;
      const shown = new Set(reader.lines.map((line) => line.client));
      const names = pingers.names();
      return html`
        <${Header} ip=${ip.value} pingers=${pingers} lines=${reader.lines} version=${drawn} />
        <${Toolbar} range=${range.value} window=${windowOf(route.query)} scale=${scale.value} isBeside=${isBeside.value}
            areMany=${shown.size > 1} clients=${names.map((name) => ({
              name,
              isShown: clients.value.length === 0 || clients.value.includes(name),
              place: reader.lines.length > 1 ? reader.lines.findIndex((line) => line.client === name) : -1,
            }))}
            onWindow=${(/** @type {string} */ name) => setQuery(live(lengthOf(name) ?? 0))}
            onZoom=${zoom} onMove=${(/** @type {number} */ part) => look(moved(range.value, part))}
            onLive=${() => setQuery(range.value.isLive ? fixed(range.value.start, range.value.end) : live(range.value.end - range.value.start))}
            onFrom=${(/** @type {number} */ start, /** @type {number} */ end) => setQuery(fixed(start, end))}
            onScale=${(/** @type {string} */ name) => setQuery({ scale: name === 'all' ? null : name })}
            onBeside=${(/** @type {boolean} */ is) => setQuery({ beside: is ? 'yes' : null })}
            onClient=${toggle} onLink=${copyLink} />
        <${FaultAlert} fault=${fault.value} onRetry=${read} />
        ${charts()}
        <${Legend} clients=${reader.lines.length} hasPings=${reader.pings !== null} hint=${HINT} />
        <${Statistics} numbers=${reader.numbers} areOld=${reader.areNumbersOld} outages=${areOutagesWhole(reader) ? reader.outages : null} range=${range.value} />
        <${Outages} outages=${reader.outages} areOld=${reader.areOutagesOthers} areMany=${reader.lines.length > 1} hasMore=${reader.hasMoreOutages} />
        <${Gaps} lines=${reader.lines} range=${range.value} step=${reader.step.ms} />`;
    };
  },
};

/** Whether the outages of the window are all known. @param {IpReader} reader */
function areOutagesWhole(reader) {
  return !reader.hasMoreOutages && !reader.areOutagesOthers;
}
