// @ts-check
/** What is known of one client, in words. */
import { html } from '../../html.js';
import { dateTime, number, t } from '../../i18n.js';
import { PlanBadge } from '../../components/plan-badge.js';

const SECOND_MS = 1_000;

/** How a client's clock stands to the recorder's, such as +12 ms. @param {number | null} ms */
export function offsetText(ms) {
  if (ms === null) return '';
  const options = /** @type {Intl.NumberFormatOptions} */ ({ signDisplay: 'exceptZero', maximumFractionDigits: 1 });
  return Math.abs(ms) < SECOND_MS
    ? `${number(ms, { ...options, maximumFractionDigits: 0 })} ms`
    : `${number(ms / SECOND_MS, options)} s`;
}

/** @param {{ client: import('../../fleet.js').Client }} props */
export function Facts({ client }) {
  return html`
    <dl class="facts">
      ${fact('address', client.address)}
      ${fact('addresses', client.addresses?.join(', '))}
      ${fact('version', client.version)}
      ${fact('os', client.os)}
      ${fact('installation', client.installation)}
      ${fact('capabilities', capabilities(client))}
      ${fact('mostPings', client.most_pings_per_second !== null && number(client.most_pings_per_second))}
      ${fact('plan', html`<${PlanBadge} client=${client} isLong=${true} />`)}
      ${fact('revisions', client.plan_revision > 0 && client.plan_acked !== client.plan_revision && t('clients.revisions', {
        wanted: String(client.plan_revision), acked: client.plan_acked > 0 ? String(client.plan_acked) : '–',
      }))}
      ${(client.plan_problems ?? []).length > 0 && fact('problems', html`
        <ul class="mb-0 ps-3">${client.plan_problems?.map((problem) => html`<li key=${problem}>${problem}</li>`)}</ul>`)}
      ${fact('pinged', reported(client, client.pinged_ips))}
      ${fact('spool', reported(client, client.spooled_pings))}
      ${fact('dropped', client.dropped_pings !== null && number(client.dropped_pings))}
      ${fact('cutOff', client.cut_off && client.cut_off_since && t('clients.since', { since: dateTime(client.cut_off_since) }))}
      ${fact('offset', offsetText(client.clock_offset_ms))}
      ${fact('connected', time(client.connected_at))}
      ${fact('stopped', time(client.stopped_at))}
      ${fact('lastSeen', time(client.last_seen))}
      ${fact('statusAt', time(client.status_at))}
      ${fact('created', time(client.created_at))}
    </dl>`;
}
Facts.props = ['client'];

/** @param {string} key @param {any} value nothing leaves the fact out */
function fact(key, value) {
  if (value === null || value === undefined || value === false || value === '') return null;
  return html`<div key=${key} data-fact=${key}><dt>${t(`clients.facts.${key}`)}</dt><dd>${value}</dd></div>`;
}

/**
 * What a client said of itself in its last report; of one that stopped since that is no longer so.
 *
 * @param {import('../../fleet.js').Client} client
 * @param {number | null} value
 */
export function reported(client, value) {
  if (value === null) return null;
  return client.state === 'stopped'
    ? html`<span title=${t('clients.atLastReport', { value: number(value) })}>–</span>`
    : number(value);
}

/** @param {string | null} at */
function time(at) {
  return at && html`<time datetime=${at}>${dateTime(at)}</time>`;
}

/** @param {import('../../fleet.js').Client} client */
function capabilities(client) {
  return [
    client.ipv4 && 'IPv4',
    client.ipv6 && 'IPv6',
    ...(client.icmp ?? []).map((kind) => t(`clients.icmp.${kind}`)),
  ].filter(Boolean).join(', ');
}
