// @ts-check
/**
 * How the page looks: a theme of the Bootswatch set, and light or dark, which follows the system until
 * somebody chooses. `first-paint.js` has set it already when this is loaded.
 */
import { reactive, ref } from './lib/vue.js';

const KEPT = 'theme';

/** Dark by themselves, as their light form. */
const DARK = ['cyborg', 'darkly', 'slate', 'solar', 'superhero', 'vapor'];

export const THEMES = [
  'bootstrap', 'cerulean', 'cosmo', 'flatly', 'journal', 'litera', 'lumen', 'lux', 'materia', 'minty',
  'morph', 'pulse', 'quartz', 'sandstone', 'simplex', 'sketchy', 'spacelab', 'united', 'yeti', 'zephyr',
  ...DARK,
];

export const MODES = /** @type {const} */ (['system', 'light', 'dark']);

/** @type {{ name: string, mode: 'system' | 'light' | 'dark' }} */
export const theme = reactive({ name: 'bootstrap', mode: 'system', ...kept() });

/** Counts the changes that are painted: what draws on a canvas draws anew with each. */
export const painted = ref(0);

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
systemIsDark.addEventListener('change', () => apply());

/** Whether what is shown is dark, by whatever reason. */
export const isDark = ref(document.documentElement.dataset.scheme === 'dark');

/** @param {{ name?: string, mode?: 'system' | 'light' | 'dark' }} change */
export function setTheme(change) {
  Object.assign(theme, change);
  try {
    localStorage.setItem(KEPT, JSON.stringify(theme));
  } catch {
    // A browser that keeps nothing for us forgets it; the page works.
  }
  apply();
}

/** @param {string} name */
export function isDarkOnly(name) {
  return DARK.includes(name);
}

/** A color of the theme as it is now. @param {string} variable such as `--bs-body-color` */
export function color(variable) {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

/** Waits for the style sheet of the theme, so that the page is never seen without. */
export function themeIsLoaded() {
  const sheet = /** @type {HTMLLinkElement} */ (document.getElementById('theme'));
  if (sheet.sheet) return Promise.resolve();
  return new Promise((done) => {
    sheet.addEventListener('load', done, { once: true });
    sheet.addEventListener('error', done, { once: true });
  });
}

function apply() {
  const isDarkNow = isDarkOnly(theme.name) || theme.mode === 'dark'
      || (theme.mode === 'system' && systemIsDark.matches);
  const old = /** @type {HTMLLinkElement} */ (document.getElementById('theme'));
  const href = new URL(`lib/themes/${theme.name}.css`, import.meta.url).href;
  const finish = () => {
    document.documentElement.dataset.bsTheme = isDarkNow && !isDarkOnly(theme.name) ? 'dark' : 'light';
    document.documentElement.dataset.scheme = isDarkNow ? 'dark' : 'light';
    isDark.value = isDarkNow;
    painted.value++;
  };
  if (old.href === href) {
    finish();
    return;
  }
  // The old sheet stays until the new one is there.
  const sheet = /** @type {HTMLLinkElement} */ (old.cloneNode());
  sheet.href = href;
  old.removeAttribute('id');
  const end = () => {
    // All that came before it: who chooses quickly has several on their way.
    for (const other of document.querySelectorAll('link[data-theme]')) {
      if (other === sheet) break;
      other.remove();
    }
    finish();
  };
  sheet.addEventListener('load', end, { once: true });
  sheet.addEventListener('error', end, { once: true });
  old.after(sheet);
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
