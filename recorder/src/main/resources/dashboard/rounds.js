// @ts-check

/** A recorder that is slow to answer is not asked more for it: what took long is followed by a rest. */
const REST_TIMES = 2;
const EVERY_TIMES = 20;
const FAULT_MS = 5_000;

/** Reads something again and again: every so often, soon after somebody asks, and not while nobody looks. */
export class Rounds {
  /**
   * @param {(signal: AbortSignal) => Promise<boolean>} read must not throw; false where it may go well soon
   * @param {{ everyMs: number, soonMs: number, restMs: number }} pace `restMs` lies between two of them at least
   */
  constructor(read, pace) {
    this.read = read;
    this.pace = pace;
    this.timer = 0;
    /** By the clock that nobody sets. */
    this.dueAt = Infinity;
    this.restUntil = 0;
    /** @type {AbortController | null} what is under way */
    this.reading = null;
    this.restart = this.restart.bind(this);
    this.soon = this.soon.bind(this);
    this.end = this.end.bind(this);
  }

  /** Reads anew, whatever is under way: something else is wanted. */
  restart() {
    this.end();
    void this.go();
  }

  /** There is something new; that more comes does not put it off. */
  soon() {
    this.plan(performance.now() + this.pace.soonMs);
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
        void this.go();
        return;
      }
      this.dueAt = performance.now() + this.pace.soonMs;
      this.wait();
    }, Math.max(this.dueAt, this.restUntil) - performance.now());
  }

  async go() {
    this.dueAt = Infinity;
    const own = new AbortController();
    this.reading = own;
    const began = performance.now();
    const isDone = await this.read(own.signal);
    if (own.signal.aborted) return;
    this.reading = null;
    const tookMs = performance.now() - began;
    this.restUntil = performance.now() + Math.max(this.pace.restMs, REST_TIMES * tookMs);
    // Plans it, or waits for what was asked for meanwhile.
    this.plan(performance.now() + (isDone ? Math.max(this.pace.everyMs, EVERY_TIMES * tookMs) : FAULT_MS));
    this.wait();
  }
}
