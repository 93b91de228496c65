// @ts-check
/**
 * Where one is: `#/ips?client=site1&window=1h`. All that a view shows follows from it, so a link shows
 * the same to whoever opens it.
 */
import { reactive } from './lib/vue.js';

/** @type {{ path: string, query: URLSearchParams }} */
export const route = reactive(read());

window.addEventListener('hashchange', () => Object.assign(route, read()));

function read() {
  const [path, query = ''] = location.hash.replace(/^#/, '').split('?');
  return { path: path || '/', query: new URLSearchParams(query) };
}

/**
 * The link to a view.
 *
 * @param {string} path such as `/clients/site1`; parts of it encoded by `encodeURIComponent`
 * @param {Record<string, string | number | string[] | null | undefined>} [query]
 */
export function link(path, query = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== '') search.append(name, String(one));
    }
  }
  const text = search.toString();
  return `#${path}${text ? `?${text}` : ''}`;
}

/** Goes to a view. @param {string} to as `link` gives it */
export function go(to) {
  location.hash = to;
}

/**
 * Changes the query of the view that is shown; nothing takes a parameter out. Typing and dragging do
 * not fill the browser's history: they replace its newest entry.
 *
 * @param {Record<string, string | number | string[] | null | undefined>} changes
 */
export function setQuery(changes) {
  const all = /** @type {Record<string, any>} */ ({});
  for (const name of route.query.keys()) all[name] = route.query.getAll(name);
  history.replaceState(null, '', link(route.path, { ...all, ...changes }));
  Object.assign(route, read());
}

/**
 * The parts of a path that fits the pattern, decoded; null where it does not.
 *
 * @param {string} pattern such as `/clients/:client`
 * @param {string} path
 * @returns {Record<string, string> | null}
 */
export function match(pattern, path) {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  /** @type {Record<string, string>} */
  const parts = {};
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i].startsWith(':')) {
      try {
        parts[wanted[i].slice(1)] = decodeURIComponent(given[i]);
      } catch {
        return null;
      }
    } else if (wanted[i] !== given[i]) {
      return null;
    }
  }
  return parts;
}
