// @ts-check
/** One call of a task, from its start until it ends or is stopped. */
import { ApiError, lines } from '../../api.js';
import { Pair } from './pair.js';
import { pingsOf } from './wanted.js';

/** @typedef {{ client: string | null, text: string }} Problem */

export class Run {
  /**
   * @param {import('./wanted.js').Body} body
   * @param {() => void} onChange called for whatever comes
   */
  constructor(body, onChange) {
    this.body = body;
    this.onChange = onChange;
    this.stopper = new AbortController();
    this.state = /** @type {'running' | 'done' | 'stopped' | 'failed'} */ ('running');
    /** Whether the recorder took the task. */
    this.isTaken = false;
    this.expected = pingsOf(body);
    this.decided = 0;
    /** @type {Map<string, Pair>} */
    this.pairs = new Map();
    /** @type {Problem[]} */
    this.problems = [];
    /** The last line. @type {any} */
    this.end = null;
    /** @type {unknown} */
    this.fault = null;
    void this.read();
  }

  stop() {
    this.stopper.abort();
  }

  async read() {
    try {
      for await (const line of lines('POST', 'ping-task', { body: this.body, signal: this.stopper.signal })) {
        this.take(line);
        this.onChange();
      }
      // Without its last line it broke off.
      this.state = this.end ? 'done' : 'failed';
      if (!this.end) this.fault = new ApiError('', 0);
    } catch (e) {
      this.state = this.stopper.signal.aborted ? 'stopped' : 'failed';
      if (this.state === 'failed') this.fault = e instanceof ApiError ? e : new ApiError('', 0);
    }
    this.onChange();
  }

  /** @param {any} line */
  take(line) {
    this.isTaken = true;
    switch (line.type) {
      case 'ping':
        if (!line.duplicate) this.decided++;
        this.pair(line).take(line);
        break;
      case 'summary':
        this.pair(line).close(line);
        break;
      case 'problem':
        this.problems.push({ client: line.client ?? null, text: line.problem });
        break;
      case 'end':
        this.end = line;
        if (line.problem) this.problems.push({ client: null, text: line.problem });
        break;
      default: // begin and heartbeat, and what later recorders say
    }
  }

  /** @param {{ client?: string, target: string }} line */
  pair(line) {
    const key = `${line.client ?? ''} ${line.target}`;
    let pair = this.pairs.get(key);
    if (!pair) {
      pair = new Pair(key, line.client ?? null, line.target, this.body.count);
      this.pairs.set(key, pair);
    }
    return pair;
  }
}
