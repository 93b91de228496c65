// @ts-check
/** The page: what is around every view, and the view that the address names. */
import { createApp, onErrorCaptured } from './lib/vue.js';
import { html } from './html.js';
import { startLanguage, t } from './i18n.js';
import { themeIsLoaded } from './theme.js';
import { LostBanner } from './components/lost-banner.js';
import { NavBar } from './components/nav-bar.js';
import { StatusPanel } from './components/status-panel.js';
import { Toasts, failed } from './components/toasts.js';
import { CurrentView } from './views/views.js';

const Page = {
  setup() {
    onErrorCaptured((fault) => {
      console.error(fault);
      failed(fault);
      return false;
    });
    return () => html`
      <a class="visually-hidden-focusable skip" href="#main" onClick=${toMain}>${t('page.skip')}</a>
      <${NavBar} />
      <${LostBanner} />
      <${StatusPanel} />
      <main id="main" class="container-fluid py-3" tabindex="-1"><${CurrentView} /></main>
      <${Toasts} />`;
  },
};

/** The fragment is the address of the view, so the link must not change it. @param {Event} event */
function toMain(event) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

await Promise.all([startLanguage(), themeIsLoaded()]);
createApp(Page).mount('#app');
