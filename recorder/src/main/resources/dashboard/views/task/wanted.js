// @ts-check
/** What the form of a task says, as an address, as the body of the call, and as a command. */
import { ApiError, address } from '../../api.js';

/**
 * @typedef {{ isByClients: boolean, from: string[], targets: string, interval: string, count: string,
 *     timeout: string }} Wanted
 *     as it was typed, right or wrong; `from` is kept while the recorder itself is chosen
 * @typedef {'interval' | 'count' | 'timeout'} Figure
 * @typedef {{ targets: string[], from?: string[], interval: number, count: number, timeout: number }} Body
 */

/** As `POST /ping-task` has them; interval and timeout in ms. @type {Record<Figure, { least: number, most: number, otherwise: string }>} */
export const BOUNDS = {
  interval: { least: 100, most: 60_000, otherwise: '1000' },
  count: { least: 1, most: 1_000, otherwise: '3' },
  timeout: { least: 10, most: 60_000, otherwise: '10000' },
};

export const FIGURES = /** @type {Figure[]} */ (Object.keys(BOUNDS));

/** @param {URLSearchParams} query @returns {Wanted} */
export function fromQuery(query) {
  const from = query.getAll('from');
  const figure = (/** @type {Figure} */ name) => query.get(name) ?? BOUNDS[name].otherwise;
  return {
    isByClients: from.length > 0,
    from,
    targets: query.getAll('target').join('\n'),
    interval: figure('interval'),
    count: figure('count'),
    timeout: figure('timeout'),
  };
}

/** The query that gives the same form; what is as usual is left out. @param {Wanted} wanted */
export function toQuery(wanted) {
  /** @type {Record<string, string | string[]>} */
  const query = { from: wanted.isByClients ? wanted.from : [], target: targetsOf(wanted.targets) };
  for (const name of FIGURES) query[name] = wanted[name] === BOUNDS[name].otherwise ? '' : wanted[name];
  return query;
}

/** Each once; by lines, spaces, commas or semicolons, and `#` begins a comment. @param {string} text */
export function targetsOf(text) {
  const words = text.split('\n').flatMap((line) => line.replace(/#.*/, '').split(/[\s,;]+/));
  return [...new Set(words.filter((word) => word !== ''))];
}

/** The fields that cannot be sent like this. @param {Wanted} wanted @returns {Set<string>} */
export function faultsOf(wanted) {
  /** @type {Set<string>} */
  const faults = new Set();
  if (targetsOf(wanted.targets).length === 0) faults.add('targets');
  if (wanted.isByClients && wanted.from.length === 0) faults.add('from');
  for (const name of FIGURES) {
    const { least, most } = BOUNDS[name];
    const value = Number(wanted[name]);
    if (!/^\d+$/.test(wanted[name].trim()) || value < least || value > most) faults.add(name);
  }
  return faults;
}

/** @param {Wanted} wanted without faults @returns {Body} */
export function bodyOf(wanted) {
  return {
    targets: targetsOf(wanted.targets),
    ...(wanted.isByClients ? { from: wanted.from } : {}),
    interval: Number(wanted.interval),
    count: Number(wanted.count),
    timeout: Number(wanted.timeout),
  };
}

/** The field of the form that the API found fault with, which says it. @param {unknown} fault */
export function fieldOf(fault) {
  if (!(fault instanceof ApiError) || fault.field === null) return null;
  return ['targets', 'from', ...FIGURES].includes(fault.field) ? fault.field : null;
}

/** How many pings it has in all. @param {Body} body */
export function pingsOf(body) {
  return body.targets.length * Math.max(1, body.from?.length ?? 0) * body.count;
}

/** The same call in a shell. @param {Body} body */
export function commandOf(body) {
  const parts = ['curl', '-N', '-H', 'Content-Type: application/json', '-d', JSON.stringify(body), address('ping-task').href];
  return parts.map(quoted).join(' ');
}

/** One word for every POSIX shell, whatever is in it. @param {string} word */
function quoted(word) {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
