// @ts-check
/**
 * The views of the dashboard. A view is a Vue component that is loaded when it is first shown; it gets
 * the parts of its path as props and reads `route.query` for all else. A new one is a line here.
 */
import { defineAsyncComponent, h, nextTick, watch } from '../lib/vue.js';
import { isRecorderThere } from '../api.js';
import { html } from '../html.js';
import { language, t } from '../i18n.js';
import { match, route } from '../router.js';

/**
 * @typedef {{ path: string, title: string, inNavigation: boolean, component: any }} View
 *     `title` is the key of a message
 */

const RETRY_MS = 2_000;
/** A page that was loaded anew so shortly ago would not be helped by it once more. */
const RELOAD_MS = 60_000;
const RELOADED = 'reloaded';

/** Loaded when it is first shown, and as soon as the recorder is there. @param {() => Promise<any>} load gives the module's `View` */
function lazy(load) {
  /** @type {any} */
  const component = defineAsyncComponent({
    loader: async () => (await load()).View,
    loadingComponent: () => html`<p role="status">${t('page.loading')}</p>`,
    onError: async (_fault, retry, _fail, tries) => {
      const isShown = () => at(route.path)?.view.component === component;
      do await new Promise((done) => setTimeout(done, RETRY_MS));
      while (!isShown() || !await isRecorderThere());
      // Some browsers never ask for a module again that once could not be had: only a new page does.
      if (tries > 1 && mayReload()) location.reload();
      else retry();
    },
  });
  return component;
}

function mayReload() {
  try {
    if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < RELOAD_MS) return false;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    return true;
  } catch {
    return false; // without a note it would be reloaded again and again
  }
}

/** @type {View[]} */
export const VIEWS = [
  { path: '/', title: 'overview.title', inNavigation: true, component: lazy(() => import('./overview/overview.js')) },
  { path: '/clients', title: 'clients.title', inNavigation: true, component: lazy(() => import('./clients/clients.js')) },
  { path: '/clients/:client', title: 'clients.single', inNavigation: false, component: lazy(() => import('./clients/client.js')) },
  { path: '/control', title: 'control.title', inNavigation: true, component: lazy(() => import('./control/control.js')) },
  { path: '/task', title: 'task.title', inNavigation: true, component: lazy(() => import('./task/task.js')) },
  { path: '/ip', title: 'ip.title', inNavigation: false, component: lazy(() => import('./ip/ip.js')) },
];

/** The view at a path. @param {string} path */
function at(path) {
  for (const view of VIEWS) {
    const parts = match(view.path, path);
    if (parts) return { view, parts };
  }
  return null;
}

/** Whether a view, or one below it, is shown. @param {View} view */
export function isCurrent(view) {
  return view.path === '/' ? route.path === '/' : `${route.path}/`.startsWith(`${view.path}/`);
}

export const CurrentView = {
  setup() {
    watch(
      () => [route.path, language.value],
      ([path], before) => {
        const title = at(String(path))?.view.title;
        document.title = title ? `${t(title)} · Ping Recorder` : 'Ping Recorder';
        // Who reads by ear hears that another view has come.
        if (before && before[0] !== path) nextTick(() => document.getElementById('main')?.focus());
      },
      { immediate: true },
    );
    return () => {
      const found = at(route.path);
      if (!found) {
        return html`<p class="lead">${t('page.noView')} <a href="#/">${t('overview.title')}</a></p>`;
      }
      return h(found.view.component, { ...found.parts, key: route.path });
    };
  },
};
