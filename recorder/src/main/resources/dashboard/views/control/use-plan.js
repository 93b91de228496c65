// @ts-check
import { onMounted, onUnmounted, shallowRef } from '../../lib/vue.js';
import { ApiError, get, send } from '../../api.js';
import { askSoon } from '../../status.js';
import { planPath } from '../../steering.js';

/**
 * @typedef {{ ip: string, family?: string, name?: string, tags?: string[], interval_ms?: number,
 *     timeout_ms?: number, grace_ms?: number, tag?: string }} Target
 * @typedef {{ revision: number, interval_ms: number | null, timeout_ms: number | null,
 *     metrics_interval_ms: number | null, paused: boolean | null, targets: Target[], tag_targets?: Target[],
 *     client_targets?: Target[], clients?: any[], problems?: string[], effective?: any }} Plan
 * @typedef {{ id: number, ip: string, family?: string, name: string | null, source: string }} Ip
 */

/** A client that nobody has named yet has a plan as soon as somebody sets one. */
const NEW_PLAN = /** @type {Plan} */ ({
  revision: 0, interval_ms: null, timeout_ms: null, metrics_interval_ms: null, paused: null, targets: [],
});

/** A plan that could not be read for a passing reason is read again. */
const AGAIN_MS = 2_000;

/** Tells two targets of a plan apart. @param {{ ip: string, family?: string | null }} target */
export function targetKey({ ip, family }) {
  return `${ip} ${family ?? ''}`;
}

/**
 * The plan of a client or a tag, and what changes it. Each change says which revision it is of, so that
 * nothing of somebody else's is overwritten: that is a fault of the API's, and the plan is read again.
 *
 * @param {import('../../steering.js').Owner} owner
 */
export function usePlan(owner) {
  const path = planPath(owner);
  const plan = shallowRef(/** @type {Plan | null} */ (null));
  /** Those of a client that no plan and no list of its own names. */
  const posted = shallowRef(/** @type {Ip[]} */ ([]));
  /** The registered ips of a client. */
  const ips = shallowRef(/** @type {Map<string, Ip>} */ (new Map()));
  const fault = shallowRef(/** @type {unknown} */ (null));
  let abort = new AbortController();
  let again = 0;

  async function read() {
    abort.abort();
    clearTimeout(again);
    abort = new AbortController();
    const { signal } = abort;
    try {
      const [told, registered] = await Promise.all([
        get(path, { signal }).catch(absent),
        owner.kind === 'client' ? get('ips', { query: { client: owner.name }, signal }) : [],
      ]);
      if (signal.aborted) return;
      plan.value = told;
      ips.value = new Map(registered.map((/** @type {Ip} */ ip) => [targetKey(ip), ip]));
      posted.value = registered.filter((/** @type {Ip} */ ip) => ip.source === 'post');
      fault.value = null;
    } catch (failure) {
      if (signal.aborted) return;
      fault.value = failure;
      if (failure instanceof ApiError && failure.isPassing) again = setTimeout(read, AGAIN_MS);
    }
  }

  /** @param {any} call a promise @returns {Promise<any>} */
  async function change(call) {
    try {
      return await call;
    } finally {
      askSoon();
      await read();
    }
  }

  /** @param {number | undefined} [revision] @returns {Record<string, string>} */
  const known = (revision = plan.value?.revision) => (revision ? { 'If-Match': `"${revision}"` } : {});

  onMounted(read);
  onUnmounted(() => {
    abort.abort();
    clearTimeout(again);
  });
  return {
    plan, posted, ips, fault, read,

    /**
     * Adds a target, or makes one what is given.
     *
     * @param {Target} target
     * @param {number} [revision] of the plan in which somebody saw what he changes
     */
    put(target, revision) {
      const before = plan.value?.targets ?? [];
      const isBare = !target.name && !target.tags?.length && !target.interval_ms && !target.timeout_ms && !target.grace_ms;
      const key = targetKey(target);
      if (revision && isBare && before.some((one) => targetKey(one) === key)) {
        // One that says nothing but its ip leaves the old one as it is: right for an addition alone.
        const targets = before.map((one) => (targetKey(one) === key ? target : one));
        return change(send('PATCH', path, { body: { targets }, headers: known(revision) }));
      }
      return change(send('POST', `${path}/targets`, { body: target, headers: revision ? known(revision) : {} }));
    },

    /** @param {Target} target */
    remove({ ip, family }) {
      return change(send('DELETE', `${path}/targets`, { query: { ip, family }, headers: known() }));
    },

    /**
     * Takes an ip off the list that no plan of this owner names.
     *
     * @param {{ ip: string, family?: string }} target
     * @param {boolean} isOwn whether the own list of a client that is gone names it, which holds it no longer then
     */
    unlist({ ip, family }, isOwn) {
      const id = ips.value.get(targetKey({ ip, family }))?.id;
      const release = isOwn ? send('POST', 'ips', { body: { ip, family, client: owner.name, source: 'post' } }) : Promise.resolve();
      return change(release.then(() => send('DELETE', `ips/${id}`)));
    },
  };
}

/** @param {unknown} fault */
function absent(fault) {
  if (fault instanceof ApiError && fault.status === 404) return NEW_PLAN;
  throw fault;
}
