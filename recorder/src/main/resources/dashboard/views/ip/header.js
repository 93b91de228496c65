// @ts-check
import { shallowReactive } from '../../lib/vue.js';
import { html } from '../../html.js';
import { get } from '../../api.js';
import { now } from '../../clock.js';
import { shortTime, t } from '../../i18n.js';
import { link } from '../../router.js';
import { StateBadge } from '../../components/state-badge.js';
import { lineKey } from './model.js';
import { lineStyle } from './paints.js';

const WINDOW_MS = 60_000;
const READ_MS = 30_000;
const SOON_MS = 2_000;

/** Everybody who pings an ip, and how it is for them. */
export class Pingers {
  constructor() {
    /** Rows of /summary. @type {Map<string, any>} */
    this.all = shallowReactive(new Map());
    /** The ip and its family. */
    this.of = '';
    this.timer = 0;
    this.again = () => {};
    this.readAt = 0;
    /** @type {AbortController | null} */
    this.reading = null;
  }

  /** @param {string} ip @param {string} family */
  follow(ip, family) {
    this.end();
    const of = `${ip} ${family}`;
    if (of !== this.of) this.all.clear();
    this.of = of;
    this.again = () => {
      this.end();
      void this.read(ip, family);
    };
    this.again();
  }

  end() {
    clearTimeout(this.timer);
    this.reading?.abort();
  }

  /** @param {string} ip @param {string} family */
  async read(ip, family) {
    const own = new AbortController();
    this.reading = own;
    this.readAt = Date.now();
    try {
      const query = { ip, family, start: new Date(now() - WINDOW_MS) };
      const rows = await get('summary', { query, signal: own.signal });
      if (own.signal.aborted) return;
      this.all.clear();
      for (const row of rows) this.all.set(lineKey(row), row);
    } catch {
      // Whoever reads the history says so; the next try is soon.
    }
    if (!own.signal.aborted) this.timer = setTimeout(() => this.read(ip, family), READ_MS);
  }

  /** @param {any} change as /live tells it */
  change(change) {
    const row = this.all.get(lineKey(change));
    if (row) this.all.set(lineKey(change), { ...row, state: change.state, state_since: change.since });
  }

  /** Somebody may ping it who did not. @param {any[]} pings as /live tells them */
  hear(pings) {
    if (Date.now() - this.readAt > SOON_MS && pings.some((ping) => !this.all.has(lineKey(ping)))) this.again();
  }

  /** Names of clients. */
  names() {
    return [...new Set([...this.all.values()].map((row) => row.client))].sort();
  }

  /** What people call the ip. @param {string} ip */
  title(ip) {
    return [...this.all.values()].find((row) => row.name)?.name ?? ip;
  }
}

/** @param {{ ip: string, pingers: Pingers, lines: import('./model.js').Line[] }} props `lines` are those in the chart */
export function Header({ ip, pingers, lines }) {
  const title = pingers.title(ip);
  const places = new Map(lines.map((line, place) => [line.key, place]));
  const rows = [...pingers.all.values()].filter((row) => lines.length === 0 || places.has(lineKey(row)));
  return html`
    <div class="d-flex flex-wrap align-items-baseline gap-3 mb-2">
      <h1 class="h4 mb-0 text-break-all">${title}</h1>
      ${title !== ip && html`<span class="text-body-secondary text-break-all">${ip}</span>`}
      ${rows.map((row) => html`
        <span key=${lineKey(row)} class="d-inline-flex flex-wrap align-items-center gap-2" data-client=${row.client}>
          ${lines.length > 1 && html`<span class="client-line" aria-hidden="true" style=${lineStyle(places.get(lineKey(row)) ?? 0)}></span>`}
          <a href=${link(`/clients/${encodeURIComponent(row.client)}`)}>${lineKey(row)}</a>
          <${StateBadge} state=${row.state} />
          ${row.state_since && html`<span class="text-body-secondary">${t('ip.since', { since: shortTime(row.state_since) })}</span>`}
        </span>`)}
    </div>`;
}
Header.props = ['ip', 'pingers', 'lines', 'version'];
