// @ts-check
import { ref } from '../../lib/vue.js';
import { address, probe } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { route, setQuery } from '../../router.js';
import { failed, succeeded } from '../../components/toasts.js';
import { WINDOWS, WindowChooser } from '../../components/window-chooser.js';

const STEPS = ['', '1s', '10s', '1m', '10m', '1h', '1d'];

/**
 * Summary and history as CSV: of the clients or the tag that are chosen, in a window. They are links, so
 * the browser stores an answer of any length; what the API says against it is told first.
 */
export const Exports = {
  props: ['owners', 'fleet'],
  /** @param {any} props */
  setup(props) {
    const step = ref('');
    const isBusy = ref(false);

    /** @param {Event} event */
    async function take(event) {
      event.preventDefault();
      const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
      isBusy.value = true;
      try {
        await probe(new URL(link.href));
        const copy = document.createElement('a');
        copy.href = link.href;
        copy.download = link.download;
        copy.click();
        succeeded(t('control.exports.begun', { file: link.download }));
      } catch (fault) {
        failed(fault);
      }
      isBusy.value = false;
    }

    return () => {
      const wanted = route.query.get('window') ?? '';
      const window = wanted in WINDOWS ? wanted : '1h';
      const start = new Date(Date.now() - WINDOWS[window]);
      const tag = props.owners[0]?.kind === 'tag' ? props.owners[0].name : null;
      const clients = tag === null ? props.owners.map((/** @type {any} */ owner) => owner.name) : [];
      const tagged = props.fleet.filter((/** @type {any} */ client) => client.tags.includes(tag)).map((/** @type {any} */ client) => client.client);
      const isNobody = tag !== null && tagged.length === 0;
      return html`
        <section class="panel" aria-labelledby="exports">
          <h2 id="exports">${t('control.exports.title')}</h2>
          <p class="small text-body-secondary">${tag !== null ? t('control.exports.ofTag', { tag }) : clients.length > 0
            ? t('control.exports.ofClients', { count: clients.length }) : t('control.exports.ofAll')}</p>
          <div class="d-flex flex-wrap gap-2 align-items-center">
            <${WindowChooser} value=${window} onChoose=${(/** @type {string} */ chosen) => setQuery({ window: chosen })} />
            ${csv('summary', address('summary', { format: 'csv', start, client: clients, tag }), take, isBusy.value)}
            <select class="form-select form-select-sm w-auto" aria-label=${t('control.exports.step')} title=${t('control.exports.step')}
                onChange=${(/** @type {any} */ event) => { step.value = event.target.value; }}>
              ${STEPS.map((code) => html`<option key=${code} value=${code} selected=${code === step.value}>${t('control.exports.steps', { step: code || t('control.exports.fitting') })}</option>`)}
            </select>
            ${csv('history', address('history', { format: 'csv', start, client: tag === null ? clients : tagged, step: step.value }), take, isBusy.value || isNobody)}
          </div>
        </section>`;
    };
  },
};

/** @param {string} what @param {URL} url @param {(event: Event) => void} take @param {boolean} isOff */
function csv(what, url, take, isOff) {
  return html`
    <a class="btn btn-sm btn-plain ${isOff ? 'disabled' : ''}" href=${url.href} download=${`${what}.csv`} aria-disabled=${isOff ? 'true' : null}
        data-testid="export-${what}" onClick=${take}>${t(`control.exports.${what}`)}</a>`;
}
