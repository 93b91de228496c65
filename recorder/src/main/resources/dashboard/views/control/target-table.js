// @ts-check
import { computed, ref } from '../../lib/vue.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { link } from '../../router.js';
import { spanText } from '../../components/span-input.js';
import { targetKey } from './use-plan.js';

/**
 * @typedef {import('./use-plan.js').Target} Target
 * @typedef {{ target: Target, from: 'plan' | 'tag' | 'client' | 'post' }} Line and who says that it is pinged
 */

/** So many are in the page; more on demand. */
const PAGE = 100;

/**
 * All that a client, or the clients of a tag, are to ping, and on whose word. `isGone` says that a client
 * is not there, whose own list may be cleared here.
 */
export const TargetTable = {
  props: ['lines', 'isGone'],
  emits: ['edit', 'remove'],
  /** @param {any} props @param {any} context */
  setup(props, { emit }) {
    const search = ref('');
    const most = ref(PAGE);
    const found = computed(() => {
      const words = search.value.toLowerCase();
      return props.lines.filter((/** @type {Line} */ { target }) =>
        `${target.ip} ${target.name ?? ''} ${(target.tags ?? []).join(' ')}`.toLowerCase().includes(words));
    });

    return () => {
      if (props.lines.length === 0) return html`<p class="mb-0">${t('control.plan.empty')}</p>`;
      const shown = found.value.slice(0, most.value);
      return html`
        <div class="d-flex flex-wrap gap-3 align-items-center mb-2">
          <input type="search" class="form-control form-control-sm w-auto flex-grow-1 search" aria-label=${t('control.plan.search')}
              placeholder=${t('control.plan.search')} value=${search.value}
              onInput=${(/** @type {any} */ event) => { search.value = event.target.value; most.value = PAGE; }}>
          <span class="small text-body-secondary" role="status">${t('overview.count', { count: found.value.length, all: props.lines.length })}</span>
        </div>
        <div class="table-responsive" tabindex="0" role="region" aria-label=${t('control.plan.targets')}>
          <table class="table table-sm align-middle fleet mb-2">
            <thead><tr>
              <th scope="col">${t('overview.columns.ip')}</th><th scope="col" class="wide">${t('overview.columns.name')}</th>
              <th scope="col" class="wide">${t('clients.columns.tags')}</th><th scope="col" class="wide">${t('control.interval')}</th>
              <th scope="col" class="wide">${t('control.timeout')}</th><th scope="col">${t('control.plan.from')}</th>
              <th scope="col"><span class="visually-hidden">${t('control.plan.actions')}</span></th>
            </tr></thead>
            <tbody>${shown.map((/** @type {Line} */ line) => row(line, props.isGone, emit))}</tbody>
          </table>
        </div>
        ${!props.isGone && found.value.some((/** @type {Line} */ { from }) => from === 'client') && html`
          <p class="small text-body-secondary mb-0">${t('control.plan.removeThere')}</p>`}
        ${found.value.length > shown.length && html`
          <button type="button" class="btn btn-sm btn-plain" onClick=${() => { most.value += 5 * PAGE; }}>${t('control.plan.more')}</button>`}`;
    };
  },
};

/** @param {Line} line @param {boolean} isGone @param {(event: string, value: any) => void} emit */
function row(line, isGone, emit) {
  const { target, from } = line;
  const ip = target.family ? `${target.ip} (${target.family === 'ipv6' ? 'IPv6' : 'IPv4'})` : target.ip;
  return html`
    <tr key=${`${from} ${target.tag ?? ''} ${targetKey(target)}`} data-target=${target.ip} data-from=${from}>
      <td class="text-break-all">${ip}${target.name && html`<span class="narrow"><br>${target.name}</span>`}</td>
      <td class="wide text-break-all">${target.name}</td>
      <td class="wide">${(target.tags ?? []).map((tag) => html`<span key=${tag} class="badge text-bg-secondary me-1">${tag}</span>`)}</td>
      <td class="wide">${target.interval_ms && spanText(target.interval_ms)}</td>
      <td class="wide">${target.timeout_ms && spanText(target.timeout_ms)}</td>
      <td>${from === 'tag'
        ? html`<a href=${link('/control', { tag: target.tag })}>${t('control.plan.sources.tag', { tag: target.tag })}</a>`
        : t(`control.plan.sources.${from}`)}</td>
      <td class="text-end">
        ${from === 'plan' && html`
          <button type="button" class="btn btn-sm btn-link p-1" aria-label=${t('control.plan.editOne', { ip })} onClick=${() => emit('edit', target)}>${t('control.plan.edit')}</button>`}
        ${(from !== 'client' || isGone) && html`
          <button type="button" class="btn btn-sm btn-link p-1" aria-label=${t('control.plan.removeOne', { ip })} onClick=${() => emit('remove', line)}>${t('control.plan.remove')}</button>`}
      </td>
    </tr>`;
}
