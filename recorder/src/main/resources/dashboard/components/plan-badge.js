// @ts-check
import { html } from '../html.js';
import { shortTime, t } from '../i18n.js';
import { planState } from '../fleet.js';

const SIGNS = /** @type {Record<string, [string, string]>} */ ({
  none: ['–', 'unknown'],
  followed: ['✓', 'up'],
  deaf: ['–', 'unknown'],
  waiting: ['…', 'late'],
  away: ['!', 'late'],
});

/**
 * Whether a client follows its plan, and whether that pauses it.
 *
 * @param {{ client: import('../fleet.js').Client, isLong?: boolean }} props `isLong` says since when, too
 */
export function PlanBadge({ client, isLong }) {
  const state = planState(client);
  const [sign, kind] = SIGNS[state];
  const words = isLong && state === 'followed' && client.plan_acked_at
    ? t('plans.followedSince', { since: shortTime(client.plan_acked_at) })
    : t(`plans.${state}`);
  return html`
    <span class="d-inline-flex flex-wrap gap-2 align-items-center">
      <span class="state state-${kind}" data-plan=${state}>
        <span class="state-sign" aria-hidden="true">${sign}</span><span class=${state === 'deaf' ? 'text-wrap' : ''}>${words}</span>
      </span>
      ${client.paused && state !== 'deaf' && html`<span class="badge text-bg-warning" data-paused=${client.paused_at ? 'yes' : 'wanted'}><span aria-hidden="true">‖ </span>${
        t(client.paused_at ? 'states.paused' : 'plans.pauseWanted')}</span>`}
      ${(client.plan_problems ?? []).length > 0 && html`
        <span class="badge text-bg-danger"><span aria-hidden="true">✕ </span>${t('plans.problems', { count: client.plan_problems?.length })}</span>`}
    </span>`;
}
PlanBadge.props = ['client', 'isLong'];
