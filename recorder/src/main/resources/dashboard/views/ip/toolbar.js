// @ts-check
import { html } from '../../html.js';
import { duration, t } from '../../i18n.js';
import { lineStyle } from './paints.js';
import { WINDOWS, lengthOf } from './range.js';

/** What the axis of latencies shows. */
export const SCALES = ['all', 'most', 'log'];

/**
 * Which time is shown, and how. A client's `place` is that of its line, -1 where it has none of its own color.
 *
 * @param {{ range: import('./range.js').Range, window: string, scale: string, isBeside: boolean,
 *     areMany: boolean, clients: { name: string, isShown: boolean, place: number }[], onWindow: (name: string) => void,
 *     onZoom: (factor: number) => void, onMove: (part: number) => void, onLive: () => void,
 *     onFrom: (start: number, end: number) => void, onScale: (scale: string) => void,
 *     onBeside: (isBeside: boolean) => void, onClient: (name: string) => void, onLink: () => void }} props
 */
export function Toolbar(props) {
  const { range, window } = props;
  const names = WINDOWS.includes(window) ? WINDOWS : [...WINDOWS, window];
  return html`
    <div class="d-flex flex-wrap align-items-center gap-2 mb-2">
      <button type="button" class="btn btn-sm ${range.isLive ? 'btn-success' : 'border'}" aria-pressed=${String(range.isLive)}
          onClick=${props.onLive} data-testid="live"><span aria-hidden="true">${range.isLive ? '● ' : '○ '}</span>${t('ip.live')}</button>
      <select id="ip-window" class="form-select form-select-sm w-auto" aria-label=${t('page.window')}
          onChange=${(/** @type {any} */ event) => event.target.value && props.onWindow(event.target.value)}>
        ${!range.isLive && html`<option key="" value="" selected>${duration(range.end - range.start)}</option>`}
        ${names.map((name) => html`
          <option key=${name} value=${name} selected=${range.isLive && name === window}>
            ${t('page.lastWindow', { window: lengthText(name) })}</option>`)}
      </select>
      <div class="btn-group btn-group-sm" role="group" aria-label=${t('ip.moveAndZoom')}>
        ${button('◀', 'ip.back', () => props.onMove(-0.5))}
        ${button('▶', 'ip.forward', () => props.onMove(0.5))}
        ${button('+', 'ip.closer', () => props.onZoom(0.5))}
        ${button('−', 'ip.further', () => props.onZoom(2))}
      </div>
      <div class="d-flex flex-wrap align-items-center gap-1">
        ${time('from', range.start, (at) => props.onFrom(at, Math.max(range.end, at + 60_000)))}
        <span aria-hidden="true">–</span>
        ${time('to', range.end, (at) => props.onFrom(Math.min(range.start, at - 60_000), at))}
      </div>
      <select id="ip-scale" class="form-select form-select-sm w-auto" aria-label=${t('ip.scale')} title=${t('ip.scale')}
          onChange=${(/** @type {any} */ event) => props.onScale(event.target.value)}>
        ${SCALES.map((scale) => html`<option key=${scale} value=${scale} selected=${scale === props.scale}>${t(`ip.scales.${scale}`)}</option>`)}
      </select>
      <button type="button" class="btn btn-sm border" onClick=${props.onLink}>${t('ip.copyLink')}</button>
      ${props.clients.length > 1 && html`
        <fieldset class="d-flex flex-wrap align-items-center gap-1 ms-xl-auto">
          <legend class="visually-hidden">${t('ip.clients')}</legend>
          ${props.clients.map((client) => html`
            <label key=${client.name} class="btn btn-sm border toggle ${client.isShown ? 'toggle-on' : ''}">
              <input type="checkbox" class="form-check-input me-1" checked=${client.isShown}
                  onChange=${() => props.onClient(client.name)}>${client.place >= 0 && html`
                <span class="client-line" aria-hidden="true" style=${lineStyle(client.place)}></span>`}${client.name}</label>`)}
          ${props.areMany && html`
            <div class="form-check form-switch ms-2 mb-0">
              <input id="ip-beside" type="checkbox" role="switch" class="form-check-input" checked=${props.isBeside}
                  onChange=${(/** @type {any} */ event) => props.onBeside(event.target.checked)}>
              <label class="form-check-label" for="ip-beside">${t('ip.beside')}</label>
            </div>`}
        </fieldset>`}
    </div>`;
}
Toolbar.props = [
  'range', 'window', 'scale', 'isBeside', 'areMany', 'clients',
  'onWindow', 'onZoom', 'onMove', 'onLive', 'onFrom', 'onScale', 'onBeside', 'onClient', 'onLink',
];

/** @param {string} sign @param {string} key @param {() => void} onClick */
function button(sign, key, onClick) {
  return html`
    <button type="button" class="btn border" aria-label=${t(key)} title=${t(key)} onClick=${onClick}>
      <span aria-hidden="true">${sign}</span></button>`;
}

/** @param {string} id @param {number} at @param {(at: number) => void} choose */
function time(id, at, choose) {
  // Who is typing in it while time goes on keeps what is there.
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById(`ip-${id}`));
  const value = field !== null && field === document.activeElement ? field.value : local(at);
  return html`
    <input id=${`ip-${id}`} type="datetime-local" step="1" class="form-control form-control-sm w-auto" aria-label=${t(`ip.${id}`)}
        value=${value} onChange=${(/** @type {any} */ event) => {
          const chosen = Date.parse(event.target.value);
          if (!Number.isNaN(chosen)) choose(chosen);
        }}>`;
}

/** As the field wants it: local time without a zone. @param {number} at */
function local(at) {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** @param {string} name */
function lengthText(name) {
  return name.endsWith('y') ? t('ip.years', { count: Number.parseInt(name, 10) }) : duration(lengthOf(name) ?? 0);
}
