// @ts-check
/** What the overview shows of each ip: read from /summary, and kept up to date by what /live tells. */
import { now } from '../../clock.js';

/**
 * @typedef {{ key: string, client: string, ip: string, family: string | null, name: string | null, tags: string[],
 *     state: string, since: number | null, attempts: number | null, received: number, pass: number | null,
 *     fail: number | null, disconnectedMs: number | null, readAt: number, lastAt: number, latency: number | null,
 *     outcome: string | null, spark: (number | null)[] | undefined }} Row
 *     times in epoch milliseconds of the recorder; what is null of the window is not known
 */

const ANSWERED = new Set(['reply', 'late']);
const LOST = new Set(['timeout', 'unreachable']);

/** So much is kept while a read is under way, and no more. */
const MOST_NEWS = 100_000;

/** Told by the same three from ip to ip. @param {{ client: string, ip: string, family?: string | null }} ip */
function keyOf({ client, ip, family }) {
  return `${client} ${ip} ${family ?? ''}`;
}

export class Rows {
  constructor() {
    /** @type {Map<string, Row>} */
    this.all = new Map();
    /** Of /ips; read apart. @type {Map<string, string[]>} */
    this.tags = new Map();
    /** What was told since a read began: its answer may be older. @type {(() => boolean)[] | null} */
    this.news = null;
    this.newsSize = 0;
  }

  /** A read begins. */
  begin() {
    this.news = [];
    this.newsSize = 0;
  }

  /**
   * Takes the rows of /summary, and tells them again what was told meanwhile; an ip that is there keeps
   * its object.
   *
   * @param {any[]} summary
   * @returns {boolean} whether nothing is missing
   */
  read(summary) {
    const readAt = now();
    /** @type {Map<string, Row>} */
    const all = new Map();
    for (const told of summary) {
      const key = keyOf(told);
      const row = this.all.get(key) ?? /** @type {Row} */ ({ key, client: told.client, ip: told.ip });
      row.family = told.family ?? null;
      row.name = told.name;
      row.tags = this.tags.get(key) ?? [];
      row.state = told.state;
      row.since = time(told.state_since);
      row.attempts = told.attempts;
      row.received = told.received;
      row.pass = told.pass_percent;
      row.fail = told.fail_percent;
      row.disconnectedMs = told.disconnected_ms;
      row.readAt = readAt;
      row.lastAt = time(told.last_at) ?? 0;
      row.latency = told.last_latency_ms;
      row.outcome = told.last_outcome;
      row.spark = told.spark;
      all.set(key, row);
    }
    this.all = all;
    const news = this.news ?? [];
    const isWhole = this.newsSize <= MOST_NEWS;
    this.news = null;
    return news.reduce((isKnown, tell) => tell() && isKnown, isWhole);
  }

  /** Takes the rows of /ips, for what is read next. @param {any[]} ips */
  register(ips) {
    this.tags = new Map(ips.map((ip) => [keyOf(ip), ip.tags ?? []]));
  }

  /** Forgets what is of a window that is no longer shown. */
  uncount() {
    for (const row of this.all.values()) {
      row.attempts = null;
      row.pass = null;
      row.fail = null;
      row.disconnectedMs = null;
      row.spark = undefined;
    }
  }

  /**
   * Counts pings that are newer than all that is counted; older ones, of a client that catches up, are
   * counted when the summary is next read.
   *
   * @param {any[]} pings
   * @returns {boolean} whether all are of ips that are known, or looked for
   */
  count(pings) {
    return this.keep(pings.length, () => this.countNow(pings));
  }

  /** @param {any} change @returns {boolean} whether the ip is known, or looked for */
  change(change) {
    return this.keep(1, () => this.changeNow(change));
  }

  /** @param {number} size @param {() => boolean} tell */
  keep(size, tell) {
    const isKnown = tell();
    if (!this.news) return isKnown;
    this.newsSize += size;
    if (this.newsSize <= MOST_NEWS) this.news.push(tell);
    return true;
  }

  /** @param {any[]} pings */
  countNow(pings) {
    let areKnown = true;
    for (const ping of pings) {
      const row = this.all.get(keyOf(ping));
      if (!row) {
        areKnown = false;
        continue;
      }
      const at = Date.parse(ping.at);
      if (at <= row.lastAt) continue;
      row.lastAt = at;
      row.latency = ping.latency_ms;
      row.outcome = ping.outcome;
      // Those lost while the client was cut off say nothing of the ip.
      const isCounted = ANSWERED.has(ping.outcome) || (LOST.has(ping.outcome) && !ping.cut_off);
      if (row.attempts === null || !isCounted) continue;
      row.attempts++;
      if (ping.outcome === 'reply') row.received++;
      row.pass = (100 * row.received) / row.attempts;
      row.fail = 100 - row.pass;
    }
    return areKnown;
  }

  /** @param {any} change */
  changeNow(change) {
    const row = this.all.get(keyOf(change));
    if (!row) return false;
    const since = time(change.since);
    if (row.state === 'down' && change.state !== 'down' && row.disconnectedMs !== null) {
      row.disconnectedMs += Math.max(0, (since ?? now()) - Math.max(row.readAt, row.since ?? 0));
    }
    row.state = change.state;
    row.since = since;
    return true;
  }
}

/** @param {string | null} text */
function time(text) {
  return text === null ? null : Date.parse(text);
}

/** Also what has gone by since it was read, while the ip is down. @param {Row} row @param {number} at */
export function disconnectedMs(row, at) {
  if (row.state !== 'down' || row.disconnectedMs === null) return row.disconnectedMs;
  return row.disconnectedMs + Math.max(0, at - Math.max(row.readAt, row.since ?? 0));
}
