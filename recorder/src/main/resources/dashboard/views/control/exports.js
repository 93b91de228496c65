// @ts-check
import { ref } from '../../lib/vue.js';
import { address } from '../../api.js';
import { now } from '../../clock.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { route, setQuery } from '../../router.js';
import { FileLink } from '../../components/file-link.js';
import { WINDOWS, WindowChooser, windowOf } from '../../components/window-chooser.js';

const STEPS = ['', '1s', '10s', '1m', '10m', '1h', '1d'];

/** Summary and history as CSV: of the clients or the tag that are chosen, in a window. */
export const Exports = {
  props: ['owners', 'fleet'],
  /** @param {any} props */
  setup(props) {
    const step = ref('');

    return () => {
      const window = windowOf(route.query);
      const start = () => new Date(now() - WINDOWS[window]);
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
            <${FileLink} data-testid="export-summary" file="summary.csv"
                to=${() => address('summary', { format: 'csv', start: start(), client: clients, tag })}>${t('control.exports.summary')}</${FileLink}>
            <select class="form-select form-select-sm w-auto" aria-label=${t('control.exports.step')} title=${t('control.exports.step')}
                onChange=${(/** @type {any} */ event) => { step.value = event.target.value; }}>
              ${STEPS.map((code) => html`<option key=${code} value=${code} selected=${code === step.value}>${t('control.exports.steps', { step: code || t('control.exports.fitting') })}</option>`)}
            </select>
            <${FileLink} data-testid="export-history" file="history.csv" isOff=${isNobody}
                to=${() => address('history', { format: 'csv', start: start(), client: tag === null ? clients : tagged, step: step.value })}>${t('control.exports.history')}</${FileLink}>
          </div>
        </section>`;
    };
  },
};
