// @ts-check
/**
 * What the recorder tells while it happens. A WebSocket first, because a browser opens only six
 * event streams to one recorder, for all its tabs together; an event stream where no WebSocket gets
 * through.
 */
import { reactive } from './lib/vue.js';
import { address } from './api.js';

/**
 * @typedef {{ pings?: (pings: any[]) => void, state?: (change: any) => void,
 *     client?: (change: any) => void, begun?: () => void, missed?: () => void }} Listener
 *     `begun`: what comes from now on is told, so read again what you read before; `missed`: something may
 *     not have been told, so read again all that you show
 */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** Heartbeats come every 10 s. */
const SILENCE_MS = 25_000;

/** @type {Set<Connection>} */
const connections = new Set();

/** How the page is connected: `off` where no view listens; `since` when it was lost. */
export const connection = reactive({
  state: /** @type {'off' | 'connecting' | 'live' | 'lost'} */ ('off'),
  since: /** @type {number | null} */ (null),
});

/**
 * Listens for as long as a view shows what it hears.
 *
 * @param {{ ip?: string[], client?: string[], tag?: string[] }} filter of `GET /live`
 * @param {Listener} listener
 * @returns {() => void} ends it
 */
export function listen(filter, listener) {
  const key = JSON.stringify(filter);
  let shared = [...connections].find((one) => one.key === key);
  if (!shared) {
    shared = new Connection(key, filter);
    connections.add(shared);
    shared.open();
  }
  const own = shared;
  own.listeners.add(listener);
  return () => {
    own.listeners.delete(listener);
    if (own.listeners.size > 0) return;
    connections.delete(own);
    own.close();
    refresh();
  };
}

/** Connects at once instead of after a wait: the recorder has just answered another call. */
export function retryNow() {
  for (const one of connections) one.retry();
}

function refresh() {
  const all = [...connections];
  const lost = all.filter((one) => one.lostAt !== null);
  if (lost.length > 0) {
    connection.state = 'lost';
    connection.since = Math.min(...lost.map((one) => one.lostAt ?? Infinity));
  } else {
    connection.since = null;
    connection.state = all.length === 0 ? 'off' : all.every((one) => one.isLive) ? 'live' : 'connecting';
  }
}

class Connection {
  /** @param {string} key @param {any} filter */
  constructor(key, filter) {
    this.key = key;
    this.filter = filter;
    /** @type {Set<Listener>} */
    this.listeners = new Set();
    this.isLive = false;
    /** @type {number | null} */
    this.lostAt = null;
    this.wasLive = false;
    this.fails = 0;
    /** @type {(() => void) | null} */
    this.hangUp = null;
    this.timer = 0;
    this.silence = 0;
  }

  open() {
    clearTimeout(this.timer);
    this.timer = 0;
    // Every other try takes the other way, until one works.
    this.hangUp = this.fails % 2 === 0 ? this.openSocket() : this.openStream();
    this.heard();
    refresh();
  }

  openSocket() {
    const url = address('live/ws', this.filter);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url);
    socket.onmessage = (message) => {
      const { event, data } = JSON.parse(message.data);
      this.take(event, data);
    };
    socket.onclose = () => this.lose();
    return () => {
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    };
  }

  openStream() {
    const stream = new EventSource(address('live', this.filter));
    for (const event of ['ping', 'state', 'client', 'dropped', 'heartbeat']) {
      stream.addEventListener(event, (message) => this.take(event, JSON.parse(message.data)));
    }
    stream.onerror = () => this.lose();
    return () => stream.close();
  }

  /** @param {string} event @param {any} data */
  take(event, data) {
    this.heard();
    if (!this.isLive) this.begin();
    for (const listener of this.listeners) {
      if (event === 'ping') listener.pings?.(data);
      else if (event === 'state') listener.state?.(data);
      else if (event === 'client') listener.client?.(data);
      else if (event === 'dropped') listener.missed?.();
    }
  }

  begin() {
    this.isLive = true;
    this.lostAt = null;
    this.fails = 0;
    for (const listener of this.listeners) {
      if (this.wasLive) listener.missed?.();
      else listener.begun?.();
    }
    this.wasLive = true;
    refresh();
  }

  heard() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lose(), SILENCE_MS);
  }

  lose() {
    this.close();
    if (!connections.has(this)) return;
    this.lostAt ??= Date.now();
    if (!this.wasLive || this.fails > 0) this.fails++;
    else this.fails += 2; // again a WebSocket first
    const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(this.fails - 1, 8), LONGEST_WAIT_MS);
    this.timer = setTimeout(() => this.open(), wait * (0.75 + Math.random() / 2));
    refresh();
  }

  retry() {
    if (this.timer !== 0) this.open();
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.timer = 0;
    this.isLive = false;
    this.hangUp?.();
    this.hangUp = null;
  }
}
