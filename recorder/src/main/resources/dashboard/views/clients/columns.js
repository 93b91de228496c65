// @ts-check
/** The columns of the list of clients: how each is written, and what it is sorted by. */
import { html } from '../../html.js';
import { number, percent, shortTime, t } from '../../i18n.js';
import { link } from '../../router.js';
import { PlanBadge } from '../../components/plan-badge.js';
import { StateBadge } from '../../components/state-badge.js';
import { planState } from '../../fleet.js';
import { offsetText, reported } from './facts.js';

/** @typedef {import('../../fleet.js').Client} Client */

/** @typedef {{ client: Client, fail: number | null | undefined }} Line a client, and the share of its pings that failed */

/**
 * @typedef {{ id: string, class?: string, isNumber?: boolean,
 *     value: (line: Line) => string | number | null | undefined, cell: (line: Line) => any }} Column
 *     Numbers are sorted from the largest on first.
 */

/** Worst first. */
export const STATES = ['lost', 'silent', 'stopped', 'never_seen', 'delivering', 'connected'];
const PLANS = ['away', 'waiting', 'none', 'followed'];

/** @type {Column[]} */
export const COLUMNS = [
  {
    id: 'state',
    value: ({ client }) => STATES.indexOf(client.state),
    cell: ({ client }) => html`
      <${StateBadge} state=${client.state} />
      ${client.cut_off && html`<span class="badge text-bg-warning ms-1" title=${t('clients.cutOffWhy')}>${t('clients.cutOff')}</span>`}`,
  },
  {
    id: 'client',
    value: ({ client }) => client.client.toLowerCase(),
    cell: ({ client }) => html`<a href=${link(`/clients/${encodeURIComponent(client.client)}`)}>${client.client}</a>`,
  },
  {
    id: 'since',
    class: 'wide',
    value: ({ client }) => client.state_since,
    cell: ({ client }) => client.state_since && html`<time datetime=${client.state_since}>${shortTime(client.state_since)}</time>`,
  },
  { id: 'address', class: 'wide', value: ({ client }) => client.address, cell: ({ client }) => client.address },
  { id: 'version', class: 'wide', value: ({ client }) => client.version, cell: ({ client }) => client.version },
  {
    id: 'plan',
    value: ({ client }) => PLANS.indexOf(planState(client)),
    cell: ({ client }) => html`<${PlanBadge} client=${client} />`,
  },
  {
    id: 'spool',
    class: 'wide',
    isNumber: true,
    value: ({ client }) => (client.state === 'stopped' ? null : client.spooled_pings),
    cell: ({ client }) => reported(client, client.spooled_pings),
  },
  {
    id: 'ips',
    class: 'wide',
    isNumber: true,
    value: ({ client }) => client.ips,
    cell: ({ client }) => html`<a href=${link('/', { client: client.client })} aria-label=${t('clients.ipsOf', { count: client.ips, client: client.client })}>${number(client.ips)}</a>`,
  },
  {
    id: 'fail',
    isNumber: true,
    value: ({ fail }) => fail,
    cell: ({ fail }) => (fail !== null && fail !== undefined && fail > 50 ? html`<span aria-hidden="true">⚠ </span>${percent(fail)}` : percent(fail)),
  },
  {
    id: 'tags',
    class: 'wide',
    value: ({ client }) => client.tags.join(' ').toLowerCase() || null,
    cell: ({ client }) => client.tags.map((tag) => html`<span key=${tag} class="badge text-bg-secondary me-1">${tag}</span>`),
  },
  {
    id: 'offset',
    class: 'wide',
    isNumber: true,
    value: ({ client }) => (client.clock_offset_ms === null ? null : Math.abs(client.clock_offset_ms)),
    cell: ({ client }) => offsetText(client.clock_offset_ms),
  },
];

/**
 * The order that a sort asks for: a column's id, with a `-` before it for the largest first. What has no
 * value is last in both.
 *
 * @param {string} sort
 * @returns {(a: Line, b: Line) => number}
 */
export function order(sort) {
  const column = COLUMNS.find(({ id }) => id === sort.replace(/^-/, '')) ?? COLUMNS[0];
  const sign = sort.startsWith('-') ? -1 : 1;
  return (a, b) => {
    const left = column.value(a) ?? null;
    const right = column.value(b) ?? null;
    if (left === right) return a.client.client < b.client.client ? -1 : 1;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -sign : sign;
  };
}
