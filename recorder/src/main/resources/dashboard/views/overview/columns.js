// @ts-check
/** The columns of the overview: how each is written, and what it is sorted by. */
import { now } from '../../clock.js';
import { html } from '../../html.js';
import { duration, latency, number, percent, shortTime, t } from '../../i18n.js';
import { link } from '../../router.js';
import { SparkLine } from '../../components/spark-line.js';
import { StateBadge } from '../../components/state-badge.js';
import { disconnectedMs } from './rows.js';

/** @typedef {import('./rows.js').Row} Row */

/**
 * @typedef {{ id: string, class?: string, isNumber?: boolean,
 *     value: (row: Row) => string | number | null, cell: (row: Row, at: number) => any }} Column
 *     Numbers are sorted from the largest on first.
 */

/** Worst first. */
const STATES = ['down', 'late', 'unknown', 'paused', 'up'];

/** @type {Column[]} */
export const COLUMNS = [
  {
    id: 'state',
    value: (row) => STATES.indexOf(row.state),
    cell: (row) => html`<${StateBadge} state=${row.state} />`,
  },
  {
    id: 'name',
    class: 'name',
    value: (row) => (row.name ?? row.ip).toLowerCase(),
    cell: (row) => html`
      <a href=${link('/ip', { ip: row.ip, client: row.client, family: row.family })} title=${row.name ?? row.ip}>${row.name ?? row.ip}</a>
      <span class="narrow of-client">${row.client}</span>`,
  },
  {
    id: 'ip',
    class: 'wide',
    value: (row) => addressOrder(row.ip),
    cell: (row) => (row.family ? `${row.ip} (${row.family === 'ipv6' ? 'IPv6' : 'IPv4'})` : row.ip),
  },
  {
    id: 'client',
    class: 'wide',
    value: (row) => row.client,
    cell: (row) => html`<a href=${link(`/clients/${encodeURIComponent(row.client)}`)}>${row.client}</a>`,
  },
  {
    id: 'since',
    class: 'wide',
    value: (row) => row.since,
    cell: (row) => (row.since === null ? '' : html`<time datetime=${new Date(row.since).toISOString()}>${shortTime(row.since)}</time>`),
  },
  {
    id: 'latency',
    isNumber: true,
    value: (row) => row.latency,
    cell: (row) => (row.latency === null ? (row.outcome ? t(`outcomes.${row.outcome}`) : '') : latency(row.latency)),
  },
  {
    id: 'spark',
    class: 'wide',
    isNumber: true,
    value: (row) => Math.max(-1, ...(row.spark ?? []).map((point) => point ?? -1)),
    cell: (row) => html`<${SparkLine} points=${row.spark} />`,
  },
  { id: 'pass', class: 'wide', isNumber: true, value: (row) => row.pass, cell: (row) => percent(row.pass) },
  {
    id: 'fail',
    isNumber: true,
    value: (row) => row.fail,
    cell: (row) => (isFailing(row)
      ? html`<span aria-hidden="true">⚠ </span><span class="visually-hidden">${t('overview.failing')}: </span>${percent(row.fail)}`
      : percent(row.fail)),
  },
  { id: 'attempts', class: 'wide', isNumber: true, value: (row) => row.attempts, cell: (row) => (row.attempts === null ? '' : number(row.attempts)) },
  {
    id: 'disconnected',
    class: 'wide',
    isNumber: true,
    value: (row) => disconnectedMs(row, now()),
    cell: (row, at) => downTime(disconnectedMs(row, at)),
  },
];

/** @param {number | null} ms */
function downTime(ms) {
  return ms ? duration(ms) : '';
}

/** Whether more than half of its pings fail. @param {Row} row */
export function isFailing(row) {
  return row.fail !== null && row.fail > 50;
}

/** IPv4 addresses by their numbers, all else by its letters. @param {string} ip */
function addressOrder(ip) {
  return /^[0-9.]+$/.test(ip) ? ip.split('.').map((part) => part.padStart(3, '0')).join('.') : ip;
}

/**
 * Rows in the order that a sort asks for: a column's id, with a `-` before it for the largest first. What
 * has no value is last in both.
 *
 * @param {Row[]} rows
 * @param {string} sort
 */
export function sorted(rows, sort) {
  const column = COLUMNS.find(({ id }) => id === sort.replace(/^-/, '')) ?? COLUMNS[0];
  const sign = sort.startsWith('-') ? -1 : 1;
  // Once for each row: to compare them takes many times as many looks.
  const valued = rows.map((row) => ({ row, value: column.value(row) }));
  valued.sort((a, b) => {
    if (a.value === b.value) return a.row.key < b.row.key ? -1 : 1;
    if (a.value === null) return 1;
    if (b.value === null) return -1;
    return a.value < b.value ? -sign : sign;
  });
  return valued.map(({ row }) => row);
}
