// @ts-check
import { onUnmounted, ref, shallowRef } from '../../lib/vue.js';
import { pages } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { FaultAlert } from '../../components/toasts.js';
import { targetsOf } from './wanted.js';

const MOST_SHOWN = 20;

/** What is pinged: typed, pasted, or taken from the ips that are known. */
export const TargetChoice = {
  props: ['wanted', 'fault'],
  /** @param {any} props */
  setup(props) {
    /** @type {import('./wanted.js').Wanted} */
    const wanted = props.wanted;
    const search = ref('');
    const known = shallowRef(/** @type {{ ip: string, text: string }[] | null} */ (null));
    const fault = shallowRef(/** @type {unknown} */ (null));
    const reading = new AbortController();
    onUnmounted(() => reading.abort());

    async function read() {
      fault.value = null;
      try {
        /** @type {Map<string, { ip: string, text: string }>} */
        const all = new Map();
        for await (const page of pages('ips', { signal: reading.signal })) {
          for (const { ip, name } of page) {
            if (!all.has(ip) || name) all.set(ip, { ip, text: name && name !== ip ? `${name} (${ip})` : ip });
          }
        }
        known.value = [...all.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
      } catch (e) {
        if (!reading.signal.aborted) fault.value = e;
      }
    }

    /** @param {string} ip */
    function add(ip) {
      const text = wanted.targets.trimEnd();
      wanted.targets = text === '' ? ip : `${text}\n${ip}`;
    }

    function choices() {
      const words = search.value.toLowerCase();
      const there = new Set(targetsOf(wanted.targets));
      const fit = (known.value ?? []).filter(({ ip, text }) => !there.has(ip) && text.toLowerCase().includes(words));
      return html`
        <input type="search" class="form-control form-control-sm my-1" aria-label=${t('task.findIp')}
            placeholder=${t('task.findIp')} value=${search.value}
            onInput=${(/** @type {any} */ event) => { search.value = event.target.value; }}>
        <div class="d-flex flex-wrap gap-1">
          ${fit.slice(0, MOST_SHOWN).map(({ ip, text }) => html`
            <button type="button" key=${ip} class="btn btn-sm btn-outline-secondary text-break-all" onClick=${() => add(ip)}><span aria-hidden="true">+ </span>${text}</button>`)}
        </div>
        ${known.value && html`<p class="small text-body-secondary mb-0">${fit.length > MOST_SHOWN
          ? t('task.moreIps', { count: fit.length - MOST_SHOWN }) : fit.length === 0 ? t('task.noIps') : ''}</p>`}`;
    }

    return () => html`
      <div class="mb-3">
        <label class="form-label" for="targets">${t('task.targets')}</label>
        <textarea id="targets" rows="5" class="form-control font-monospace ${props.fault ? 'is-invalid' : ''}" spellcheck="false"
            autocapitalize="off" aria-describedby="targets-help" aria-invalid=${props.fault ? 'true' : null} value=${wanted.targets}
            onInput=${(/** @type {any} */ event) => { wanted.targets = event.target.value; }}></textarea>
        <p id="targets-help" class="small text-body-secondary mb-1">${t('task.targetsHelp')} ${t('task.targetCount', { count: targetsOf(wanted.targets).length })}</p>
        ${props.fault && html`<p class="field-fault" role="alert"><span aria-hidden="true">✕ </span>${props.fault}</p>`}
        <details onToggle=${(/** @type {any} */ event) => { if (event.target.open && !known.value) void read(); }}>
          <summary>${t('task.known')}</summary>
          <${FaultAlert} fault=${fault.value} onRetry=${read} />
          ${choices()}
        </details>
      </div>`;
  },
};
