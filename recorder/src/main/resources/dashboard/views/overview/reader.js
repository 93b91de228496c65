// @ts-check
import { get } from '../../api.js';

/** @typedef {import('./rows.js').Rows} Rows */

const SPARK_POINTS = 30;
const READ_MS = 30_000;
const SOON_MS = 1_000;
/** What changes all the time is not read all the time. */
const REST_MS = 5_000;

/** Reads the summary every half minute, and soon after somebody asks. */
export class Reader {
  /**
   * @param {Rows} rows
   * @param {() => number} windowMs
   * @param {(fault: unknown) => void} done null where it went well
   */
  constructor(rows, windowMs, done) {
    this.rows = rows;
    this.windowMs = windowMs;
    this.done = done;
    this.timer = 0;
    this.readAt = 0;
    this.dueAt = Infinity;
    /** @type {AbortController | null} what is under way */
    this.reading = null;
    this.restart = this.restart.bind(this);
    this.soon = this.soon.bind(this);
    this.end = this.end.bind(this);
  }

  /** Reads anew, whatever is under way: another window is wanted. */
  restart() {
    this.end();
    void this.read();
  }

  /** Reads again within some seconds: there is something that the rows do not know. */
  soon() {
    this.plan(Math.max(Date.now() + SOON_MS, this.readAt + REST_MS));
  }

  end() {
    clearTimeout(this.timer);
    this.dueAt = Infinity;
    this.reading?.abort();
    this.reading = null;
  }

  /** @param {number} at */
  plan(at) {
    if (at >= this.dueAt) return;
    this.dueAt = at;
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    if (this.reading) return; // goes on when that has come
    this.timer = setTimeout(() => {
      if (!document.hidden) {
        void this.read();
        return;
      }
      this.dueAt = Date.now() + SOON_MS;
      this.wait();
    }, this.dueAt - Date.now());
  }

  async read() {
    this.dueAt = Infinity;
    const own = new AbortController();
    this.reading = own;
    const began = performance.now();
    /** @type {unknown} */
    let fault = null;
    try {
      const query = { start: new Date(Date.now() - this.windowMs()), spark: SPARK_POINTS };
      const { signal } = own;
      const [summary, ips] = await Promise.all([get('summary', { query, signal }), get('ips', { signal })]);
      this.rows.read(summary);
      this.rows.register(ips);
    } catch (e) {
      fault = e;
    }
    if (own.signal.aborted) return;
    this.reading = null;
    this.readAt = Date.now();
    this.done(fault);
    // A long window costs the recorder more, and changes less.
    this.plan(Date.now() + Math.max(fault ? REST_MS : READ_MS, 20 * (performance.now() - began)));
    this.wait();
  }
}
