// @ts-check
/** Which rows are shown, and in which order: all that the filters and the grouping of the overview do. */
import { sorted } from './columns.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {{ group: string, ips: number, clients: number | null, down: number, isOpen: boolean }} Group `clients` is null where they are not grouped by ip */
/** @typedef {{ search: string, client: string, tag: string, state: string, sort: string, group: string }} Wanted */

/**
 * @param {Iterable<Row>} rows
 * @param {Wanted} wanted
 * @param {Map<string, string[]>} clientTags
 */
export function chosen(rows, wanted, clientTags) {
  const words = wanted.search.toLowerCase();
  const result = [];
  for (const row of rows) {
    if (wanted.client && row.client !== wanted.client) continue;
    if (wanted.state && row.state !== wanted.state) continue;
    if (wanted.tag && !row.tags.includes(wanted.tag) && !clientTags.get(row.client)?.includes(wanted.tag)) continue;
    if (words && !row.ip.includes(words) && !row.name?.toLowerCase().includes(words)) continue;
    result.push(row);
  }
  return sorted(result, wanted.sort);
}

/**
 * Puts a line before the rows of each group; groups are in the order of their first rows, so the worst
 * group is first where the worst row is.
 *
 * @param {Row[]} rows
 * @param {string} by `client`, `ip`, or nothing for no groups
 * @param {Set<string>} closed
 * @returns {(Row | Group)[]}
 */
export function grouped(rows, by, closed) {
  if (by !== 'client' && by !== 'ip') return rows;
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const row of rows) {
    const members = groups.get(row[by]);
    if (members) members.push(row);
    else groups.set(row[by], [row]);
  }
  /** @type {(Row | Group)[]} */
  const lines = [];
  for (const [group, members] of groups) {
    const isOpen = !closed.has(group);
    const down = members.filter((row) => row.state === 'down').length;
    const clients = by === 'ip' ? new Set(members.map((row) => row.client)).size : null;
    lines.push({ group, ips: members.length, clients, down, isOpen });
    if (isOpen) for (const row of members) lines.push(row);
  }
  return lines;
}
