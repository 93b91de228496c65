// @ts-check
/** How the whole fleet stands: asked for every few seconds, and at once where something changed. */
import { reactive } from './lib/vue.js';
import { ApiError, get, watchRecorder } from './api.js';
import { now } from './clock.js';
import { Rounds } from './rounds.js';

const PACE = { everyMs: 10_000, soonMs: 400, restMs: 400 };
/** Pings are counted where they have all come: this long ago, for so long. */
const RATE_END_MS = 3_000;
const RATE_MS = 10_000;

export const status = reactive({
  isKnown: false,
  ips: 0,
  up: 0,
  down: 0,
  late: 0,
  paused: 0,
  unknown: 0,
  /** Clients by their state. */
  connected: 0,
  delivering: 0,
  silent: 0,
  stopped: 0,
  lost: 0,
  /** As `GET /clients` has them. @type {any[]} */
  clients: [],
  pingsPerSecond: 0,
  /** @type {'up' | 'busy' | 'database_away' | 'failing' | 'away'} */
  recorder: 'up',
});

const rounds = new Rounds(async (signal) => {
  try {
    await read(signal);
    status.recorder = 'up';
    return true;
  } catch (e) {
    if (!signal.aborted && !isAway(e)) status.recorder = reason(e);
    return false;
  }
}, PACE);

/** Asks again within half a second; called where something changed. */
export const askSoon = rounds.soon;

/** Begins. @returns {() => void} ends it */
export function watchStatus() {
  const seen = () => !document.hidden && askSoon();
  document.addEventListener('visibilitychange', seen);
  rounds.restart();
  const endWatch = watchRecorder(hear);
  return () => {
    endWatch();
    rounds.end();
    document.removeEventListener('visibilitychange', seen);
  };
}

/** Whether it answers is told as the banner is told it, after every call of the page. @param {boolean} isThere */
function hear(isThere) {
  if (!isThere) {
    status.recorder = 'away';
  } else if (status.recorder === 'away') {
    status.recorder = 'up';
    rounds.restart();
  }
}

/** @param {unknown} fault */
function isAway(fault) {
  return fault instanceof ApiError && fault.isAway;
}

/** @param {unknown} fault */
function reason(fault) {
  if (fault instanceof ApiError && fault.status === 503) return 'database_away';
  return fault instanceof ApiError && fault.status === 429 ? 'busy' : 'failing';
}

/** @param {AbortSignal} signal */
async function read(signal) {
  const end = now() - RATE_END_MS;
  const [groups, clients] = await Promise.all([
    get('summary', { query: { group: 'client', start: new Date(end - RATE_MS), end: new Date(end) }, signal }),
    get('clients', { signal }),
  ]);
  const sum = (/** @type {string} */ field) =>
    groups.reduce((/** @type {number} */ total, /** @type {any} */ group) => total + group[field], 0);
  for (const field of /** @type {const} */ (['ips', 'up', 'down', 'late', 'paused', 'unknown'])) status[field] = sum(field);
  status.pingsPerSecond = (sum('attempts') + sum('cut_off') + sum('not_sent')) / (RATE_MS / 1000);
  status.clients = clients;
  for (const state of /** @type {const} */ (['connected', 'delivering', 'silent', 'stopped', 'lost'])) {
    status[state] = clients.filter((/** @type {any} */ client) => client.state === state).length;
  }
  status.isKnown = true;
}

/** Whether its control channel, or what it delivers, says that it is there. @param {{ state: string }} client */
export function isThere(client) {
  return client.state === 'connected' || client.state === 'delivering';
}
