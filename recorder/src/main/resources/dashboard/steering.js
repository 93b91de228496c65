// @ts-check
/** Start, stop and interval, by the plans of clients and of tags. */
import { get, send } from './api.js';

/** Whose plan. @typedef {{ kind: 'client' | 'tag', name: string }} Owner */

/** How many clients are told at once: the recorder has others to serve. */
const AT_ONCE = 3;

/** The path of a plan's calls. @param {Owner} owner */
export function planPath({ kind, name }) {
  return `${kind}s/${encodeURIComponent(name)}/plan`;
}

/** Nothing is pinged from now on. @param {Owner} owner */
export function pause(owner) {
  return send('PATCH', planPath(owner), { body: { paused: true } });
}

/**
 * Pings go on. The order to pause is taken back, so that a tag's plan may pause the client again; only
 * where another plan pauses it now does its own overrule that.
 *
 * @param {Owner} owner
 */
export async function start(owner) {
  await send('PATCH', planPath(owner), { body: { paused: null } });
  if (owner.kind === 'tag') return;
  const client = await get(`clients/${encodeURIComponent(owner.name)}`);
  if (client.paused) await send('PATCH', planPath(owner), { body: { paused: false } });
}

/** @param {Owner} owner @param {number | null} ms null is the client's own setting */
export function setPace(owner, ms) {
  return send('PATCH', planPath(owner), { body: { interval_ms: ms } });
}

/**
 * Does the same for several, a few at a time; what fails for one is no reason to leave out another.
 *
 * @param {Owner[]} owners
 * @param {(owner: Owner) => Promise<unknown>} order
 * @returns {Promise<{ done: Owner[], failed: { owner: Owner, fault: unknown }[] }>}
 */
export async function forEach(owners, order) {
  const waiting = [...owners];
  /** @type {Owner[]} */
  const done = [];
  /** @type {{ owner: Owner, fault: unknown }[]} */
  const failed = [];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let owner = waiting.shift(); owner; owner = waiting.shift()) {
      try {
        await order(owner);
        done.push(owner);
      } catch (fault) {
        failed.push({ owner, fault });
      }
    }
  }));
  return { done, failed };
}
