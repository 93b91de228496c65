// @ts-check
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { address } from '../../api.js';
import { now } from '../../clock.js';
import { FileLink } from '../../components/file-link.js';
import { WINDOWS, WindowChooser } from '../../components/window-chooser.js';

const STATES = ['up', 'down', 'late', 'unknown', 'paused'];

/**
 * What is shown of all ips.
 *
 * @param {{ wanted: import('./lines.js').Wanted & { window: string }, clients: string[], tags: string[],
 *     onChange: (changes: Record<string, string>) => void }} props
 */
export function Filters({ wanted, clients, tags, onChange }) {
  return html`
    <form class="d-flex flex-wrap gap-2 mb-2" role="search" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <input type="search" class="form-control form-control-sm w-auto flex-grow-1" style=${{ maxWidth: '20rem' }}
          aria-label=${t('overview.search')} placeholder=${t('overview.search')} value=${wanted.search}
          onInput=${(/** @type {any} */ event) => onChange({ q: event.target.value })}>
      ${select('client', wanted.client, t('overview.anyClient'), clients.map((name) => [name, name]), onChange)}
      ${select('tag', wanted.tag, t('overview.anyTag'), tags.map((name) => [name, name]), onChange)}
      ${select('state', wanted.state, t('overview.anyState'), STATES.map((state) => [state, t(`states.${state}`)]), onChange)}
      ${select('group', wanted.group, t('overview.groups.none'),
          [['client', t('overview.groups.client')], ['ip', t('overview.groups.ip')]], onChange)}
      <${WindowChooser} value=${wanted.window} onChoose=${(/** @type {string} */ window) => onChange({ window })} />
      <${FileLink} file="summary.csv" to=${() => csv(wanted)}>${t('control.exports.summary')}</${FileLink}>
    </form>`;
}
Filters.props = ['wanted', 'clients', 'tags', 'onChange'];

/** What is shown, as a file. @param {import('./lines.js').Wanted & { window: string }} wanted */
function csv({ search, client, tag, state, window }) {
  const start = new Date(now() - WINDOWS[window]);
  return address('summary', { format: 'csv', start, search, client, tag, state });
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} any what no choice is called
 * @param {string[][]} options
 * @param {(changes: Record<string, string>) => void} onChange
 */
function select(name, value, any, options, onChange) {
  // What a link asks for stays chosen, also where it is not there (yet).
  const all = value && !options.some(([code]) => code === value) ? [...options, [value, value]] : options;
  return html`
    <select id=${`filter-${name}`} class="form-select form-select-sm w-auto" aria-label=${t(`overview.${name}`)}
        onChange=${(/** @type {any} */ event) => onChange({ [name]: event.target.value })}>
      <option value="" selected=${value === ''}>${any}</option>
      ${all.map(([code, text]) => html`<option key=${code} value=${code} selected=${code === value}>${text}</option>`)}
    </select>`;
}
