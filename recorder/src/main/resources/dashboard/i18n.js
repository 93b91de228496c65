// @ts-check
/**
 * Words, numbers and times in the reader's language. A language is one file `i18n/<code>.json`; the
 * build lists them in `lib/languages.json`. What a file lacks is shown in English.
 *
 * A message may have places (`"{count} of {all}"`; numbers in them are written by the locale) and may
 * be an object of plural forms (`{"one": "…", "other": "…"}`), of which `count` chooses one.
 */
import { ref, shallowRef } from './lib/vue.js';
import { hearTime } from './clock.js';

const FALLBACK = 'en';
const KEPT = 'language';

/** The code of the language that is shown. */
export const language = ref(FALLBACK);

/** All there are, with their own names. @type {import('./lib/vue.js').Ref<{ code: string, name: string }[]>} */
export const languages = shallowRef([]);

/** @type {Record<string, any>} */
let fallback = {};
const messages = shallowRef(/** @type {Record<string, any>} */ ({}));

/** Loads what is there, and the reader's language: as chosen here before, else as the browser says. */
export async function startLanguage() {
  // Not from the browser's cache: this is the first that tells the recorder's time.
  const [codes, english] = await Promise.all([
    load('lib/languages.json', { cache: 'no-store' }), load(`i18n/${FALLBACK}.json`),
  ]);
  fallback = english;
  languages.value = codes.map((/** @type {string} */ code) => ({
    code,
    name: capital(new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code),
  }));
  const wanted = [kept(), ...navigator.languages].map((tag) => tag?.split('-')[0]);
  await setLanguage(wanted.find((code) => codes.includes(code)) ?? FALLBACK, false);
}

/** The code that was chosen last; its file may be on its way. */
let chosen = FALLBACK;

/**
 * Shows another language at once.
 *
 * @param {string} code
 * @param {boolean} [keep] for the next visit
 */
export async function setLanguage(code, keep = true) {
  chosen = code;
  const words = code === FALLBACK ? fallback : await load(`i18n/${code}.json`);
  if (code !== chosen) return;
  messages.value = words;
  language.value = code;
  document.documentElement.lang = code;
  if (!keep) return;
  try {
    localStorage.setItem(KEPT, code);
  } catch {
    // A browser that keeps nothing for us forgets it; the page works.
  }
}

/**
 * A message.
 *
 * @param {string} key such as `overview.title`
 * @param {Record<string, any>} [values]
 * @returns {string} the key itself where nobody wrote the message
 */
export function t(key, values = {}) {
  let message = find(messages.value, key) ?? find(fallback, key) ?? key;
  if (typeof message === 'object') {
    message = message[new Intl.PluralRules(language.value).select(values.count)] ?? message.other;
  }
  return message.replace(/\{(\w+)\}/g, (/** @type {string} */ place, /** @type {string} */ name) => {
    const value = values[name];
    return typeof value === 'number' ? number(value) : value ?? place;
  });
}

/** @param {any} tree @param {string} key */
function find(tree, key) {
  return key.split('.').reduce((part, name) => part?.[name], tree);
}

/** @type {Map<string, any>} */
const formats = new Map();

/** As the language is written where the reader is: en-GB, not en, if the browser says so. */
function locale() {
  return navigator.languages.find((tag) => tag.split('-')[0] === language.value) ?? language.value;
}

/** Making a format costs more than using it. @param {'NumberFormat' | 'DateTimeFormat'} kind @param {object} options */
function format(kind, options) {
  const key = `${kind} ${language.value} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl[kind](locale(), options);
    formats.set(key, made);
  }
  return made;
}

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export function number(value, options = {}) {
  return format('NumberFormat', options).format(value);
}

const LEAST_PERCENT = 0.001;

/** Such as 99.9 %; nothing for null. @param {number | null | undefined} value of 100 */
export function percent(value) {
  if (value === null || value === undefined) return '';
  // Never rounded to 0 or 100 where it is not: such as < 0.001 %.
  if (value > 0 && value < LEAST_PERCENT) return `< ${percent(LEAST_PERCENT)}`;
  if (value < 100 && value > 100 - LEAST_PERCENT) return `> ${percent(100 - LEAST_PERCENT)}`;
  const digits = value > 0 && value < 100 && (value < 0.05 || value > 99.95) ? 3 : 1;
  return format('NumberFormat', { style: 'percent', maximumFractionDigits: digits }).format(value / 100);
}

/** Such as 20.1 ms. @param {number | null | undefined} ms */
export function latency(ms) {
  if (ms === null || ms === undefined) return '';
  const digits = ms < 1 ? 3 : ms < 100 ? 1 : 0;
  return `${number(ms, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ms`;
}

/** @param {string | number | Date} time @param {Intl.DateTimeFormatOptions} [options] */
export function dateTime(time, options = { dateStyle: 'medium', timeStyle: 'medium' }) {
  return format('DateTimeFormat', options).format(new Date(time));
}

/** The time alone where it is of today. @param {string | number | Date} time */
export function shortTime(time) {
  const date = new Date(time);
  return date.toDateString() === new Date().toDateString()
      ? dateTime(date, { timeStyle: 'medium' })
      : dateTime(date, { dateStyle: 'short', timeStyle: 'short' });
}

const UNITS = /** @type {const} */ ([
  ['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1_000],
]);

/** The two largest units, such as "3 hr 5 min"; milliseconds below a second. @param {number} ms */
export function duration(ms) {
  if (ms > 0 && ms < 1_000) return `${number(Math.max(1, Math.round(ms)))} ms`;
  const parts = [];
  let rest = Math.max(0, ms);
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count === 0 && (parts.length > 0 || unit !== 'second')) {
      if (parts.length > 0) break;
      continue;
    }
    parts.push(number(count, { style: 'unit', unit, unitDisplay: 'short' }));
    rest -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** @param {string} path @param {RequestInit} [options] */
async function load(path, options = {}) {
  const askedAt = Date.now();
  const answer = await fetch(new URL(path, import.meta.url), options);
  if (options.cache === 'no-store') hearTime(answer, askedAt);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
