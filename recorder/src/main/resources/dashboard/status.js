// @ts-check
/** How the whole fleet stands: asked for every few seconds, and at once where something changed. */
import { reactive } from './lib/vue.js';
import { ApiError, get } from './api.js';

const ASK_MS = 10_000;
const SOON_MS = 400;
/** Pings are counted where they have all come: this long ago, for so long. */
const RATE_END_MS = 3_000;
const RATE_MS = 10_000;

export const status = reactive({
  isKnown: false,
  ips: 0,
  up: 0,
  down: 0,
  late: 0,
  unknown: 0,
  paused: 0,
  connected: 0,
  lostClients: 0,
  /** As `GET /clients` has them. @type {any[]} */
  clients: [],
  pingsPerSecond: 0,
  /** @type {'up' | 'database_away' | 'away'} */
  recorder: 'up',
});

let timer = 0;
let isAsking = false;
let isChanged = false;

/** Asks again within half a second; called where something changed. */
export function askSoon() {
  isChanged = true;
  if (isAsking) return;
  clearTimeout(timer);
  timer = setTimeout(ask, SOON_MS);
}

/** Begins. @returns {() => void} ends it */
export function watchStatus() {
  const seen = () => !document.hidden && askSoon();
  document.addEventListener('visibilitychange', seen);
  void ask();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  };
}

async function ask() {
  clearTimeout(timer);
  isAsking = true;
  isChanged = false;
  const began = performance.now();
  try {
    if (!document.hidden || !status.isKnown) await read();
  } catch (e) {
    status.recorder = e instanceof ApiError && e.status === 503 ? 'database_away' : 'away';
  }
  isAsking = false;
  // A recorder that is slow to answer is not asked more for it.
  const tookMs = performance.now() - began;
  timer = setTimeout(ask, Math.max(isChanged ? SOON_MS : ASK_MS, 10 * tookMs));
}

async function read() {
  const end = Date.now() - RATE_END_MS;
  const [groups, clients] = await Promise.all([
    get('summary', { query: { group: 'client', start: new Date(end - RATE_MS), end: new Date(end) } }),
    get('clients'),
  ]);
  const sum = (/** @type {string} */ field) =>
    groups.reduce((/** @type {number} */ total, /** @type {any} */ group) => total + group[field], 0);
  for (const field of /** @type {const} */ (['ips', 'up', 'down', 'late', 'unknown', 'paused'])) {
    status[field] = sum(field);
  }
  status.pingsPerSecond = (sum('attempts') + sum('not_sent')) / (RATE_MS / 1000);
  status.clients = clients;
  status.connected = clients.filter(isThere).length;
  status.lostClients = clients.filter((/** @type {any} */ client) => client.state === 'lost').length;
  status.recorder = 'up';
  status.isKnown = true;
}

/** @param {any} client */
function isThere(client) {
  return client.state === 'connected' || client.state === 'delivering';
}
