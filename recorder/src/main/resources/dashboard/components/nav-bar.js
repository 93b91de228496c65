// @ts-check
import { ref, watch } from '../lib/vue.js';
import { html } from '../html.js';
import { language, languages, setLanguage, t } from '../i18n.js';
import { link, route } from '../router.js';
import { MODES, THEMES, isDarkOnly, setTheme, theme } from '../theme.js';
import { VIEWS, isCurrent } from '../views/views.js';

/** Where one can go, and how the page looks and speaks. */
export const NavBar = {
  setup() {
    const isOpen = ref(false);
    watch(() => route.path, () => {
      isOpen.value = false;
    });
    return () => html`
      <nav class="navbar navbar-expand-lg border-bottom" aria-label=${t('page.navigation')}>
        <div class="container-fluid">
          <a class="navbar-brand d-flex align-items-center gap-2" href="#/">
            <img src=${new URL('../icon.svg', import.meta.url).href} alt="" width="26" height="26">Ping Recorder
          </a>
          <button type="button" class="navbar-toggler" aria-controls="menu" aria-label=${t('page.menu')}
              aria-expanded=${String(isOpen.value)} onClick=${() => { isOpen.value = !isOpen.value; }}>
            <span class="navbar-toggler-icon"></span>
          </button>
          <div id="menu" class="collapse navbar-collapse ${isOpen.value ? 'show' : ''}">
            <ul class="navbar-nav me-auto">
              ${VIEWS.filter((view) => view.inNavigation).map((view) => html`
                <li class="nav-item" key=${view.path}>
                  <a class="nav-link ${isCurrent(view) ? 'active' : ''}" href=${link(view.path)}
                      aria-current=${isCurrent(view) ? 'page' : null}>${t(view.title)}</a>
                </li>`)}
              <li class="nav-item"><a class="nav-link" href="swagger-ui">${t('page.api')}</a></li>
            </ul>
            <div class="d-flex flex-wrap gap-2 py-2 py-lg-0">
              ${select('theme', t('page.theme'), theme.name, THEMES.map((name) => [name, capital(name)]),
                  (name) => setTheme({ name }))}
              ${select('mode', t('page.mode'), isDarkOnly(theme.name) ? 'dark' : theme.mode,
                  MODES.map((mode) => [mode, t(`page.modes.${mode}`)]),
                  (mode) => setTheme({ mode: /** @type {any} */ (mode) }), isDarkOnly(theme.name))}
              ${select('language', t('page.language'), language.value,
                  languages.value.map(({ code, name }) => [code, name]), setLanguage)}
            </div>
          </div>
        </div>
      </nav>`;
  },
};

/**
 * @param {string} id
 * @param {string} label
 * @param {string} value
 * @param {string[][]} options value and text
 * @param {(value: string) => void} choose
 * @param {boolean} [isFixed]
 */
function select(id, label, value, options, choose, isFixed = false) {
  return html`
    <select id=${`choose-${id}`} class="form-select form-select-sm w-auto" aria-label=${label} title=${label}
        disabled=${isFixed} onChange=${(/** @type {any} */ event) => choose(event.target.value)}>
      ${options.map(([code, text]) => html`
        <option key=${code} value=${code} selected=${code === value}>${text}</option>`)}
    </select>`;
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
