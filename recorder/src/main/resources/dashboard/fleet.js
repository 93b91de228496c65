// @ts-check
/**
 * The clients as they are now: as `GET /clients` told them last, and what was told live since. One list
 * for every view that shows clients.
 */
import { computed, onMounted, onUnmounted, ref } from './lib/vue.js';
import { listen } from './live.js';
import { askSoon, isThere, status } from './status.js';

/**
 * A row of `GET /clients`.
 *
 * @typedef {{ client: string, state: string, state_since: string | null, tags: string[], note: string | null,
 *     address: string | null, addresses: string[] | null, installation: string | null, version: string | null,
 *     icmp: string[] | null,
 *     ipv4: boolean | null, ipv6: boolean | null, most_pings_per_second: number | null, os: string | null,
 *     connected_at: string | null, stopped_at: string | null, created_at: string, last_seen: string | null,
 *     clock_offset_ms: number | null, ips: number, plan_revision: number, plan_acked: number,
 *     plan_acked_at: string | null, plan_problems: string[] | null, paused: boolean, paused_at: string | null,
 *     status_at: string | null, pinged_ips: number | null, spooled_pings: number | null,
 *     dropped_pings: number | null, cut_off: boolean | null, cut_off_since: string | null }} Client
 */

/** What was told may be newer than a list that was asked for before; after so long it is not. */
const NEWER_MS = 10_000;
/** What is told of many clients at a time is shown together. */
const DRAW_MS = 100;

/** @type {Map<string, { at: number, change: Partial<Client> | { state: null } }>} */
const told = new Map();
/** Counts what was told and is to be shown. */
const version = ref(0);
let timer = 0;

const clients = computed(() => (version.value, /** @type {Client[]} */ (status.clients)).flatMap((client) => {
  const news = told.get(client.client);
  if (!news || Date.now() - news.at > NEWER_MS) return [client];
  return news.change.state === null ? [] : [{ ...client, ...news.change }];
}));

/**
 * Keeps the list up to date for as long as the view that asks for it is shown.
 *
 * @returns {import('./lib/vue.js').ComputedRef<Client[]>} by name
 */
export function useFleet() {
  /** @type {() => void} */
  let end;
  onMounted(() => {
    askSoon();
    end = listen({}, {
      client: tell,
      begun: askSoon,
      missed: askSoon,
    });
  });
  onUnmounted(() => end());
  return clients;
}

/**
 * Shows at once what the recorder has just said of a client.
 *
 * @param {{ client: string, state: string | null } & Partial<Client>} change without a state it is off the list
 */
export function tell(change) {
  told.set(change.client, { at: Date.now(), change });
  askSoon();
  timer ||= setTimeout(() => {
    timer = 0;
    version.value++;
  }, DRAW_MS);
}

/** Every tag that a client has. @param {Client[]} all */
export function tagsOf(all) {
  return [...new Set(all.flatMap((client) => client.tags))].sort();
}

/**
 * How a client stands with its plan.
 *
 * @param {Client} client
 * @returns {'none' | 'followed' | 'deaf' | 'waiting' | 'away'}
 */
export function planState(client) {
  if (client.plan_revision === 0) return 'none';
  if (client.plan_acked === client.plan_revision) return 'followed';
  if (isDeaf(client)) return 'deaf';
  return isThere(client) ? 'waiting' : 'away';
}

/**
 * Whether it is a program that only posts: it never had a control channel, and never followed a plan.
 *
 * @param {Client} client
 */
export function isDeaf(client) {
  return (client.state === 'delivering' || client.state === 'silent')
      && client.version === null && client.plan_acked === 0;
}
