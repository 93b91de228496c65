// @ts-check
import { ApiError, get } from '../../api.js';
import { now } from '../../clock.js';
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
const COUNT_RETRY_MS = 5_000;
/** A connection is there so soon. */
const NEWEST_MS = 60_000;
/** What is told is shown so soon after. */
const DRAW_MS = 200;

/**
 * Reads what the view of one ip shows, and keeps it up to date: newer buckets are read again, pings of
 * short windows are taken as they are told. What is not of the stretch that is shown says so:
 * `isStale`, `areOutagesOld`, `areNumbersOld`.
 */
export class IpReader {
  /** @param {{ drawn: () => void, failed: (fault: unknown) => void, state: (change: any) => void,
   *     heard: (pings: any[]) => void }} view `failed` gets null where all is well again */
  constructor(view) {
    this.view = view;
    /** @type {Subject} */
    this.subject = { ip: '', family: '', clients: [] };
    this.range = { start: 0, end: 0, isLive: true };
    this.step = stepFor(1);
    /** @type {AbortController | null} */
    this.reading = null;
    /** @type {AbortController | null} */
    this.counting = null;
    this.timer = 0;
    this.countTimer = 0;
    this.drawTimer = 0;
    this.countedAt = 0;
    this.readAt = 0;
    this.hangUp = () => {};
    this.clear();
  }

  /** Knows nothing, as before the first answer. */
  clear() {
    /** @type {Line[]} */
    this.lines = [];
    /** Each of a short window; null where the window is longer, or has too many. @type {Map<string, any> | null} */
    this.pings = null;
    this.arePingsOld = true;
    /** @type {any[]} */
    this.outages = [];
    this.hasMoreOutages = false;
    /** Also while they are read: something may have changed since they were asked for. */
    this.areOutagesOld = true;
    /** Those that are there are of another stretch. */
    this.areOutagesOthers = true;
    /** A row of /history for each client: all of the window. @type {any[]} */
    this.numbers = [];
    this.areNumbersOld = true;
    this.isRead = false;
    /** What is shown is not what was asked for: the recorder did not answer. */
    this.isStale = false;
    /** Pings from then on are stored that are not in the buckets yet. */
    this.dirtyFrom = Infinity;
    /** Why the step is longer than it should be. @type {unknown} */
    this.hint = null;
    /** @type {unknown} */
    this.readFault = null;
    /** @type {unknown} */
    this.countFault = null;
    /** What failed may go well soon. */
    this.isWorthRetry = false;
  }

  /** Shows another ip, or other clients. @param {Subject} subject */
  follow(subject) {
    this.stop();
    this.clear();
    this.subject = subject;
    this.hangUp();
    this.hangUp = listen({ ip: [subject.ip], client: subject.clients }, {
      pings: (pings) => this.hear(pings.filter((ping) => this.isOurs(ping))),
      state: (change) => {
        if (!this.isOurs(change)) return;
        this.areOutagesOld = true;
        this.view.state(change);
      },
      // What was read of a long stretch is not read twice for what came just now.
      begun: () => this.doubt(this.isShort ? this.range.start : now() - NEWEST_MS),
      missed: () => this.doubt(this.range.start),
    });
  }

  /** Something from then on may not have been told. @param {number} at */
  doubt(at) {
    this.dirtyFrom = Math.min(this.dirtyFrom, at);
    this.arePingsOld = true;
    this.areOutagesOld = true;
  }

  end() {
    this.hangUp();
    this.stop();
    clearTimeout(this.drawTimer);
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

  /** Each ping is shown; not where retention has left only summaries. */
  get isShort() {
    return this.range.end - this.range.start <= PINGS_MS && this.step.ms < HOUR_STEP.ms;
  }

  /** Reads another stretch of time. @param {import('./range.js').Range} range */
  async show(range) {
    this.stop();
    this.range = range;
    const own = new AbortController();
    this.reading = own;
    this.isStale = true;
    this.arePingsOld = true;
    this.areOutagesOld = true;
    this.areOutagesOthers = true;
    this.areNumbersOld = true;
    this.dirtyFrom = Infinity;
    this.countFault = null;
    let step = stepFor(range.end - range.start);
    /** Said as long as this stretch is shown. @type {unknown} */
    let hint = null;
    /** @type {unknown} */
    let fault = null;
    try {
      let rows;
      try {
        rows = await this.history(step, range.start - step.ms, this.wholeEnd(range, step), own.signal);
      } catch (e) {
        // Summaries of hours are kept for longer than pings.
        if (!(e instanceof ApiError) || e.status !== 422 || step.ms >= HOUR_STEP.ms) throw e;
        hint = e;
        step = HOUR_STEP;
        rows = await this.history(step, range.start - step.ms, this.wholeEnd(range, step), own.signal);
      }
      if (own.signal.aborted) return;
      this.step = step;
      this.lines = linesOf(rows, this.wholeEnd(range, step), now());
      this.readAt = now();
      this.isRead = true;
      this.isStale = false;
      if (!this.isShort) this.pings = null;
      this.view.drawn();
      await this.readPings(own.signal);
      await this.readOutages(own.signal);
      this.view.drawn();
    } catch (e) {
      fault = e;
    }
    if (own.signal.aborted) return;
    this.reading = null;
    this.hint = hint;
    this.finish(fault);
    if (this.isStale) this.numbers = [];
    else this.countSoon();
    if (!this.isStale || this.isWorthRetry) this.wait();
  }

  /** That the recorder is away, the page says. @param {unknown} fault of reading; null where there is none */
  finish(fault) {
    this.isWorthRetry = isPassing(fault);
    this.readFault = isAway(fault) ? null : fault;
    this.say();
  }

  say() {
    this.view.failed(this.readFault ?? this.hint ?? this.countFault);
    this.view.drawn();
  }

  /** @param {{ end: number }} range @param {{ ms: number }} step */
  wholeEnd(range, step) {
    return Math.max(Math.min(range.end + step.ms, now()), range.end);
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

  /** Reads each ping of a short window; those that are told meanwhile stay. @param {AbortSignal} signal */
  async readPings(signal) {
    if (!this.isShort) return;
    const told = this.pings ?? new Map();
    const { start, end } = this.range;
    const query = { ...this.query(start, end), limit: MOST_PINGS };
    this.pings = told;
    this.arePingsOld = false;
    try {
      const pings = await get('pings', { query, signal });
      if (signal.aborted) return;
      for (const [key, ping] of told) {
        const at = Date.parse(ping.at);
        if (at < start || (at >= end && !this.range.isLive)) told.delete(key);
      }
      for (const ping of pings) told.set(pingKey(ping), ping);
      if (pings.length === MOST_PINGS) this.pings = null;
    } catch (e) {
      this.arePingsOld = true;
      throw e;
    }
  }

  /** @param {AbortSignal} signal */
  async readOutages(signal) {
    const query = { ...this.query(this.range.start, this.range.end), limit: MOST_OUTAGES };
    this.areOutagesOld = false;
    try {
      const outages = await get('outages', { query, signal });
      if (signal.aborted) return;
      this.hasMoreOutages = outages.length === MOST_OUTAGES;
      this.areOutagesOthers = false;
      this.outages = outages.map((/** @type {any} */ outage) => ({
        ...outage,
        key: lineKey(outage),
        start: Date.parse(outage.from),
        end: outage.to === null ? null : Date.parse(outage.to),
      }));
    } catch (e) {
      this.areOutagesOld = true;
      throw e;
    }
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
    if (!this.pings) return;
    if (document.hidden || this.pings.size > MOST_PINGS) {
      // Nothing is forgotten while nothing is drawn, so nothing is kept: it is read when somebody looks.
      this.pings = null;
      this.arePingsOld = true;
    } else {
      this.drawTimer ||= setTimeout(() => {
        this.drawTimer = 0;
        this.view.drawn();
      }, DRAW_MS);
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
    this.timer = setTimeout(() => this.again(), this.isStale || this.isWorthRetry ? RETRY_MS : this.restMs);
  }

  /** Reads again what has changed. */
  async again() {
    if (this.isStale) {
      void this.show(this.range);
      return;
    }
    const at = now();
    const isOld = this.range.isLive && at - this.readAt > 5 * this.restMs; // gaps come without a word
    const arePingsOld = this.arePingsOld && this.isShort;
    if (document.hidden || (this.dirtyFrom === Infinity && !isOld && !this.areOutagesOld && !arePingsOld)) {
      this.wait();
      return;
    }
    const own = new AbortController();
    this.reading = own;
    const from = Math.min(this.dirtyFrom, this.readAt - 3 * this.step.ms);
    this.dirtyFrom = Infinity;
    /** @type {unknown} */
    let fault = null;
    try {
      const start = this.startOfBucket(from);
      const end = this.range.isLive ? at : this.wholeEnd(this.range, this.step);
      if (start < end) {
        const rows = await this.history(this.step, start, end, own.signal);
        if (own.signal.aborted) return;
        this.lines = joined(this.lines, rows, this.range.start - this.step.ms, end, at);
        this.readAt = at;
      }
      if (arePingsOld) await this.readPings(own.signal);
      if (this.areOutagesOld || this.outages.some((outage) => outage.end === null)) {
        await this.readOutages(own.signal);
      }
    } catch (e) {
      if (own.signal.aborted) return;
      this.dirtyFrom = Math.min(this.dirtyFrom, from);
      fault = e;
    }
    if (own.signal.aborted) return;
    this.reading = null;
    this.forget();
    this.finish(fault);
    if (!fault) this.countSoon(Math.max(NUMBERS_AFTER_MS, this.countedAt + 2 * this.restMs - at));
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
    this.countedAt = now();
    this.counting?.abort();
    const own = new AbortController();
    this.counting = own;
    this.countFault = null;
    try {
      const numbers = await this.history({ name: 'window' }, this.range.start, this.range.end, own.signal);
      if (own.signal.aborted) return;
      this.numbers = numbers;
      this.areNumbersOld = false;
    } catch (e) {
      if (own.signal.aborted) return;
      if (this.areNumbersOld) this.numbers = [];
      if (isPassing(e)) this.countSoon(COUNT_RETRY_MS);
      if (!isAway(e)) this.countFault = e;
    }
    this.say();
  }
}

/** Whether the same call may be answered later. @param {unknown} fault */
function isPassing(fault) {
  return fault instanceof ApiError && fault.isPassing;
}

/** @param {unknown} fault */
function isAway(fault) {
  return fault instanceof ApiError && fault.isAway;
}

/** Two pings of one client at one time are told apart by what became of them. @param {any} ping */
function pingKey(ping) {
  return `${lineKey(ping)} ${ping.at} ${ping.outcome} ${ping.latency_ms}`;
}
