// @ts-check
/** Calls of the recorder's API. All reading and changing of the dashboard goes through here. */
import { hearTime } from './clock.js';

/** What the API, or the way to it, said was wrong: `message` is for people, in the API's words. */
export class ApiError extends Error {
  /**
   * @param {string} message
   * @param {number} status 0 where there was no answer at all
   * @param {string | null} field the part of the request at fault
   * @param {number} waitMs how long to wait before the same is asked again
   */
  constructor(message, status, field = null, waitMs = 0) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.field = field;
    this.waitMs = waitMs;
  }

  /** Whether the recorder is away, and not the request wrong. */
  get isAway() {
    return this.status === 0 || this.status === 502 || this.status === 504;
  }

  /** Whether the same call may be answered later. */
  get isPassing() {
    return this.isAway || this.status === 429 || this.status === 503;
  }
}

/**
 * @typedef {string | number | boolean | Date | null | undefined} Value nothing leaves the parameter out
 * @typedef {Record<string, Value | Value[]>} Query
 * @typedef {{ query?: Query, body?: any, text?: string, headers?: Record<string, string>,
 *     signal?: AbortSignal }} Options `body` is sent as JSON, `text` as text/plain
 */

const READ_TRIES = 3;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;
/** Of a read: the recorder's own limit is shorter, and one that hangs or is cut off says nothing at all. */
const LONGEST_READ_MS = 120_000;
const LONGEST_ASK_MS = 5_000;

/** @type {Set<(isThere: boolean) => void>} */
const watchers = new Set();

/**
 * Tells after each call whether there was an answer.
 *
 * @param {(isThere: boolean) => void} watcher
 * @returns {() => void} ends it
 */
export function watchRecorder(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/**
 * The address of a call; relative to the page, so that it works below any path of a proxy.
 *
 * @param {string} path such as `summary` or `clients/site1`
 * @param {Query} [query]
 */
export function address(path, query = {}) {
  const url = new URL(path, document.baseURI);
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === null || one === undefined || one === '') continue;
      url.searchParams.append(name, one instanceof Date ? one.toISOString() : String(one));
    }
  }
  return url;
}

/**
 * Reads. Tried again where the recorder is away or busy.
 *
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<any>} the JSON
 */
export async function get(path, options = {}) {
  return (await read(address(path, options.query), options)).json;
}

/**
 * Reads all pages of a list, one after the other.
 *
 * @param {string} path
 * @param {Options} [options]
 * @returns {AsyncGenerator<any[]>}
 */
export async function* pages(path, options = {}) {
  /** @type {URL | null} */
  let next = address(path, options.query);
  while (next) {
    const { json, headers } = await read(next, options);
    yield json;
    /** @type {RegExpExecArray | null} */
    const link = /<([^>]+)>;\s*rel="?next"?/.exec(headers.get('Link') ?? '');
    next = link ? new URL(link[1], next) : null;
  }
}

/**
 * Changes something; never tried again by itself.
 *
 * @param {'POST' | 'PUT' | 'PATCH' | 'DELETE'} method
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<any>} the JSON; the text where it is none, null where there is nothing
 */
export async function send(method, path, options = {}) {
  const answer = await call(method, address(path, options.query), options);
  const text = await answer.text();
  if (text === '') return null;
  return /json/.test(answer.headers.get('Content-Type') ?? '') ? JSON.parse(text) : text;
}

/**
 * Sends and gives the lines of the answer as they come (NDJSON), such as of a task.
 *
 * @param {'GET' | 'POST'} method
 * @param {string} path
 * @param {Options} [options]
 * @returns {AsyncGenerator<any>}
 */
export async function* lines(method, path, options = {}) {
  const answer = await call(method, address(path, options.query), options);
  if (!answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const whole = (rest + value).split('\n');
      rest = whole.pop() ?? '';
      for (const line of whole) if (line) yield JSON.parse(line);
    }
  } finally {
    await reader.cancel();
  }
  if (rest) yield JSON.parse(rest);
}

/**
 * Asks whether a long answer can be had, and reads nothing of it: what a link to it would not say.
 *
 * @param {URL} url as `address` gives it
 */
export async function probe(url) {
  const abort = new AbortController();
  await call('GET', url, { signal: abort.signal });
  abort.abort();
}

/** Whether the recorder answers, with or without its database; who watches hears it. */
export async function isRecorderThere() {
  try {
    await readOnce(address('dashboard/lib/languages.json'), {}, LONGEST_ASK_MS);
    return true;
  } catch (e) {
    return e instanceof ApiError && !e.isAway;
  }
}

/** @param {URL} url @param {Options} options */
async function read(url, options) {
  for (let tries = 1; ; tries++) {
    try {
      return await readOnce(url, options, LONGEST_READ_MS);
    } catch (e) {
      if (!(e instanceof ApiError && e.isPassing) || tries === READ_TRIES) throw e;
      await pause(Math.max(e.waitMs, Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS)), options.signal);
    }
  }
}

/** @param {URL} url @param {Options} options @param {number} limitMs for all of the answer */
async function readOnce(url, options, limitMs) {
  const ends = [AbortSignal.timeout(limitMs), ...(options.signal ? [options.signal] : [])];
  try {
    const answer = await call('GET', url, { ...options, signal: AbortSignal.any(ends) });
    return { json: await answer.json(), headers: answer.headers };
  } catch (e) {
    // Cut off in the middle, or too late.
    if (e instanceof ApiError || e instanceof SyntaxError || options.signal?.aborted) throw e;
    tell(false);
    throw new ApiError('', 0);
  }
}

/** @param {string} method @param {URL} url @param {Options} options */
async function call(method, url, options) {
  const headers = { ...options.headers };
  /** @type {string | undefined} */
  let body;
  if (options.text !== undefined) {
    headers['Content-Type'] = 'text/plain';
    body = options.text;
  } else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(options.body);
  }
  const askedAt = Date.now();
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(url, { method, headers, body, signal: options.signal, cache: 'no-store' });
  } catch (e) {
    if (options.signal?.aborted) throw e;
    tell(false);
    throw new ApiError('', 0);
  }
  hearTime(answer, askedAt);
  const fault = answer.ok ? null : await problem(answer);
  tell(!fault?.isAway);
  if (fault) throw fault;
  return answer;
}

/** @param {boolean} isThere */
function tell(isThere) {
  for (const watcher of watchers) watcher(isThere);
}

/** @param {Response} answer */
async function problem(answer) {
  try {
    const said = await answer.json();
    const waitSeconds = answer.status === 429 ? Number(answer.headers.get('Retry-After')) || 0 : 0;
    return new ApiError(said.detail ?? said.title ?? '', answer.status, said.field ?? null, 1_000 * waitSeconds);
  } catch {
    return new ApiError(`${answer.status} ${answer.statusText}`, answer.status); // a proxy's page
  }
}

/** @param {number} ms @param {AbortSignal | undefined} signal */
function pause(ms, signal) {
  return new Promise((done, fail) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      fail(signal.reason);
    }, { once: true });
  });
}
