// @ts-check
import { ApiError, get } from '../../api.js';
import { listen } from '../../live.js';
import { joined, lineKey, linesOf } from './model.js';
import { HOUR_STEP, PINGS_MS, stepFor } from './range.js';

/**
 * @typedef {{ ip: string, family: string, clients: string[] }} Subject no clients are all that ping it
 * @typedef {import('./model.js').Line} Line
 */

const MOST_PINGS = 20_000;
const MOST_OUTAGES = 1_000;
const NUMBERS_AFTER_MS = 300;
const RETRY_MS = 2_000;

/**
 * Reads what the view of one ip shows, and keeps it up to date: newer buckets are read again, pings of
 * short windows are taken as they are told.
 */
export class IpReader {
  /** @param {{ drawn: () => void, failed: (fault: unknown) => void, state: (change: any) => void,
   *     heard: (pings: any[]) => void }} view */
  constructor(view) {
    this.view = view;
    /** @type {Subject} */
    this.subject = { ip: '', family: '', clients: [] };
    this.range = { start: 0, end: 0, isLive: true };
    this.step = stepFor(1);
    /** @type {Line[]} */
    this.lines = [];
    /** Each of a short window; null where the window is longer, or has too many. @type {Map<string, any> | null} */
    this.pings = null;
    /** @type {any[]} */
    this.outages = [];
    this.hasMoreOutages = false;
    /** A row of /history for each client: all of the window. @type {any[]} */
    this.numbers = [];
    this.isRead = false;
    /** What is shown is not what was asked for: the recorder did not answer. */
    this.isStale = false;
    /** Pings from then on are stored that are not in the buckets yet. */
    this.dirtyFrom = Infinity;
    this.areOutagesOld = false;
    /** @type {AbortController | null} */
    this.reading = null;
    /** @type {AbortController | null} */
    this.counting = null;
    this.timer = 0;
    this.countTimer = 0;
    this.countedAt = 0;
    this.readAt = 0;
    this.hangUp = () => {};
  }

  /** Shows another ip, or other clients. @param {Subject} subject */
  follow(subject) {
    this.subject = subject;
    this.hangUp();
    this.hangUp = listen({ ip: [subject.ip], client: subject.clients }, {
      pings: (pings) => this.hear(pings.filter((ping) => this.isOurs(ping))),
      state: (change) => {
        if (!this.isOurs(change)) return;
        this.areOutagesOld = true;
        this.view.state(change);
      },
      missed: () => {
        this.dirtyFrom = this.range.start;
        this.areOutagesOld = true;
      },
    });
    this.isRead = false;
  }

  end() {
    this.hangUp();
    this.stop();
  }

  stop() {
    clearTimeout(this.timer);
    clearTimeout(this.countTimer);
    this.reading?.abort();
    this.counting?.abort();
    this.reading = null;
    this.counting = null;
  }

  /** @param {any} of something told of an ip */
  isOurs(of) {
    return !this.subject.family || of.family === this.subject.family;
  }

  /** Reads another stretch of time. @param {import('./range.js').Range} range */
  async show(range) {
    this.stop();
    this.range = range;
    const own = new AbortController();
    this.reading = own;
    this.isStale = true;
    let step = stepFor(range.end - range.start);
    this.dirtyFrom = Infinity;
    /** @type {unknown} */
    let fault = null;
    try {
      let rows;
      try {
        rows = await this.history(step, range.start - step.ms, this.wholeEnd(range, step), own.signal);
      } catch (e) {
        // Summaries of hours are kept for longer than pings.
        if (!(e instanceof ApiError) || e.status !== 422 || step.ms >= HOUR_STEP.ms) throw e;
        fault = e;
        step = HOUR_STEP;
        rows = await this.history(step, range.start - step.ms, this.wholeEnd(range, step), own.signal);
      }
      if (own.signal.aborted) return;
      this.step = step;
      this.lines = linesOf(rows, this.wholeEnd(range, step), Date.now());
      this.readAt = Date.now();
      this.isRead = true;
      this.isStale = false;
      if (range.end - range.start > PINGS_MS || fault) this.pings = null;
      this.view.drawn();
      if (range.end - range.start <= PINGS_MS && !fault) await this.readPings(own.signal);
      this.outages = await this.readOutages(own.signal);
      this.view.drawn();
    } catch (e) {
      fault = e;
    }
    if (own.signal.aborted) return;
    this.reading = null;
    this.view.failed(fault);
    if (!this.isStale) this.countSoon();
    if (!this.isStale || isPassing(fault)) this.wait();
  }

  /** @param {{ end: number }} range @param {{ ms: number }} step */
  wholeEnd(range, step) {
    return Math.max(Math.min(range.end + step.ms, Date.now()), range.end);
  }

  /** @param {{ name: string }} step @param {number} start @param {number} end @param {AbortSignal} signal */
  history(step, start, end, signal) {
    const tz = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return get('history', { query: { ...this.query(start, end), step: step.name, tz }, signal });
  }

  /** @param {number} start @param {number} end */
  query(start, end) {
    return {
      ip: this.subject.ip,
      family: this.subject.family,
      client: this.subject.clients,
      start: new Date(Math.max(0, start)),
      end: new Date(end),
    };
  }

  /** @param {AbortSignal} signal */
  async readPings(signal) {
    const told = this.pings ?? new Map();
    const { start, end } = this.range;
    const query = { ...this.query(start, end), limit: MOST_PINGS };
    this.pings = told;
    const pings = await get('pings', { query, signal });
    if (signal.aborted) return;
    if (pings.length === MOST_PINGS) {
      this.pings = null;
      return;
    }
    for (const [key, ping] of told) if (Date.parse(ping.at) < start) told.delete(key);
    for (const ping of pings) told.set(pingKey(ping), ping);
  }

  /** @param {AbortSignal} signal */
  async readOutages(signal) {
    const query = { ...this.query(this.range.start, this.range.end), limit: MOST_OUTAGES };
    const outages = await get('outages', { query, signal });
    this.areOutagesOld = false;
    this.hasMoreOutages = outages.length === MOST_OUTAGES;
    return outages.map((/** @type {any} */ outage) => ({
      ...outage,
      key: lineKey(outage),
      start: Date.parse(outage.from),
      end: outage.to === null ? null : Date.parse(outage.to),
    }));
  }

  /** @param {any[]} pings */
  hear(pings) {
    this.view.heard(pings);
    for (const ping of pings) {
      const at = Date.parse(ping.at);
      if (at < this.range.start || (!this.range.isLive && at >= this.range.end)) continue;
      this.dirtyFrom = Math.min(this.dirtyFrom, at);
      this.pings?.set(pingKey(ping), ping);
    }
  }

  /** The window of a live view has moved on. @param {number} start @param {number} end */
  move(start, end) {
    this.range = { start, end, isLive: true };
  }

  /** Buckets of a long window change less, and cost more. */
  get restMs() {
    return Math.min(Math.max((this.range.end - this.range.start) / 1_000, 1_000), 60_000);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.again(), this.isStale ? RETRY_MS : this.restMs);
  }

  /** Reads again what has changed. */
  async again() {
    if (this.isStale) {
      void this.show(this.range);
      return;
    }
    const now = Date.now();
    const isOld = this.range.isLive && now - this.readAt > 5 * this.restMs; // gaps come without a word
    if (document.hidden || (this.dirtyFrom === Infinity && !isOld && !this.areOutagesOld)) {
      this.wait();
      return;
    }
    const own = new AbortController();
    this.reading = own;
    const from = Math.min(this.dirtyFrom, this.readAt - 3 * this.step.ms);
    this.dirtyFrom = Infinity;
    try {
      const start = this.startOfBucket(from);
      const end = this.range.isLive ? now : this.wholeEnd(this.range, this.step);
      if (start < end) {
        const rows = await this.history(this.step, start, end, own.signal);
        if (own.signal.aborted) return;
        this.lines = joined(this.lines, rows, this.range.start - this.step.ms, end, now);
        this.readAt = now;
      }
      if (this.areOutagesOld || this.outages.some((outage) => outage.end === null)) {
        this.outages = await this.readOutages(own.signal);
      }
    } catch (e) {
      if (own.signal.aborted) return;
      this.dirtyFrom = Math.min(this.dirtyFrom, from);
      if (!(e instanceof ApiError && e.isAway)) this.view.failed(e);
    }
    if (own.signal.aborted) return;
    this.reading = null;
    this.forget();
    this.view.drawn();
    this.countSoon(Math.max(NUMBERS_AFTER_MS, this.countedAt + 2 * this.restMs - now));
    this.wait();
  }

  /** @param {number} at */
  startOfBucket(at) {
    const buckets = this.lines[0]?.buckets ?? [];
    const bucket = buckets.findLast((one) => one.start <= at) ?? buckets[0];
    return bucket ? bucket.start : this.range.start - this.step.ms;
  }

  forget() {
    for (const [key, ping] of this.pings ?? []) {
      if (Date.parse(ping.at) < this.range.start) this.pings?.delete(key);
    }
  }

  countSoon(afterMs = NUMBERS_AFTER_MS) {
    clearTimeout(this.countTimer);
    this.countTimer = setTimeout(() => this.count(), afterMs);
  }

  /** Sums up all of the window. */
  async count() {
    this.countedAt = Date.now();
    this.counting?.abort();
    const own = new AbortController();
    this.counting = own;
    try {
      const numbers = await this.history({ name: 'window' }, this.range.start, this.range.end, own.signal);
      if (own.signal.aborted) return;
      this.numbers = numbers;
      this.view.drawn();
    } catch (e) {
      if (!own.signal.aborted && !(e instanceof ApiError && e.isAway)) this.view.failed(e);
    }
  }
}

/** Whether the same call may be answered later. @param {unknown} fault */
function isPassing(fault) {
  return fault instanceof ApiError && (fault.isAway || fault.status === 429 || fault.status === 503);
}

/** Two pings of one client at one time are told apart by what became of them. @param {any} ping */
function pingKey(ping) {
  return `${lineKey(ping)} ${ping.at} ${ping.outcome} ${ping.latency_ms}`;
}
