// @ts-check
/**
 * How the page looks: a theme of the Bootswatch set, and light or dark, which follows the system until
 * somebody chooses. `first-paint.js` has set it already when this is loaded.
 */
import { reactive, ref } from './lib/vue.js';
import { ApiError } from './api.js';
import { makeLegible } from './contrast.js';

const KEPT = 'theme';
const PLAIN = 'bootstrap';

/** Dark by themselves, as their light form. */
const DARK = ['cyborg', 'darkly', 'quartz', 'slate', 'solar', 'superhero', 'vapor'];

export const THEMES = [
  'bootstrap', 'cerulean', 'cosmo', 'flatly', 'journal', 'litera', 'lumen', 'lux', 'materia', 'minty',
  'morph', 'pulse', 'sandstone', 'simplex', 'sketchy', 'spacelab', 'united', 'yeti', 'zephyr',
  ...DARK,
];

export const MODES = /** @type {const} */ (['system', 'light', 'dark']);

/** @type {{ name: string, mode: 'system' | 'light' | 'dark' }} */
export const theme = reactive({ name: PLAIN, mode: 'system', ...kept() });

/** Counts the changes that are painted: what draws on a canvas draws anew with each. */
export const painted = ref(0);

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
systemIsDark.addEventListener('change', () => apply());

/**
 * Shows another one, once its sheet is there.
 *
 * @param {{ name?: string, mode?: 'system' | 'light' | 'dark' }} change
 * @throws {ApiError} where the sheet cannot be had; then all stays as it was
 */
export async function setTheme(change) {
  const before = { ...theme };
  Object.assign(theme, change);
  if (!await apply()) {
    if (theme.name === change.name) Object.assign(theme, before);
    throw new ApiError('', 0);
  }
  try {
    localStorage.setItem(KEPT, JSON.stringify(theme));
  } catch {
    // A browser that keeps nothing for us forgets it; the page works.
  }
}

/** @param {string} name */
export function isDarkOnly(name) {
  return DARK.includes(name);
}

/** A color of the theme as it is now. @param {string} variable such as `--bs-body-color` */
export function color(variable) {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

/** Waits for the style sheet of the theme, so that the page is never seen without; for the plain one, where that is gone. */
export async function themeIsLoaded() {
  if (!await isLoaded(newest())) {
    theme.name = PLAIN;
    await apply();
  }
  makeLegible();
}

/** The sheet of the theme that was chosen last. */
function newest() {
  return /** @type {HTMLLinkElement} */ (document.getElementById('theme'));
}

/** @param {HTMLLinkElement} sheet @returns {Promise<boolean>} false where it cannot be had */
async function isLoaded(sheet) {
  if (sheet.sheet || 'failed' in sheet.dataset) return Boolean(sheet.sheet);
  return new Promise((done) => {
    sheet.addEventListener('load', () => done(true), { once: true });
    sheet.addEventListener('error', () => done(false), { once: true });
  });
}

/** @returns {Promise<boolean>} false where the sheet cannot be had */
async function apply() {
  const old = newest();
  const href = new URL(`lib/themes/${theme.name}.css`, import.meta.url).href;
  const finish = () => {
    // As it is chosen by then: another choice may have come while the sheet was on its way.
    const isDarkNow = isDarkOnly(theme.name) || theme.mode === 'dark'
        || (theme.mode === 'system' && systemIsDark.matches);
    document.documentElement.dataset.bsTheme = isDarkNow && !isDarkOnly(theme.name) ? 'dark' : 'light';
    document.documentElement.dataset.scheme = isDarkNow ? 'dark' : 'light';
    makeLegible();
    painted.value++;
  };
  if (old.href === href) {
    finish();
    return true;
  }
  // The old sheet stays until the new one is there.
  const sheet = /** @type {HTMLLinkElement} */ (old.cloneNode());
  delete sheet.dataset.failed;
  sheet.href = href;
  old.removeAttribute('id');
  old.after(sheet);
  if (!await isLoaded(sheet)) {
    if (sheet === newest()) old.id = 'theme';
    sheet.remove();
    return false;
  }
  if (!sheet.isConnected) return true; // a later one was quicker
  // All that came before it: who chooses quickly has several on their way.
  for (const other of document.querySelectorAll('link[data-theme]')) {
    if (other === sheet) break;
    other.remove();
  }
  finish();
  return true;
}

function kept() {
  try {
    const value = JSON.parse(localStorage.getItem(KEPT) ?? '{}') ?? {};
    return {
      ...(THEMES.includes(value.name) ? { name: value.name } : {}),
      ...(MODES.includes(value.mode) ? { mode: value.mode } : {}),
    };
  } catch {
    return {};
  }
}
