// @ts-check
import { onMounted, onUnmounted } from '../lib/vue.js';
import { html } from '../html.js';
import { number, shortTime, t } from '../i18n.js';
import { connection } from '../live.js';
import { status, watchStatus } from '../status.js';

/** The fleet, the recorder and this page's connection in one line. */
export const StatusPanel = {
  setup() {
    /** @type {() => void} */
    let stop;
    onMounted(() => {
      stop = watchStatus();
    });
    onUnmounted(() => stop());
    return () => html`
      <section class="status" aria-label=${t('status.title')}>
        ${figure('ips', status.ips)}
        ${figure('up', status.up)}
        ${figure('down', status.down, status.down > 0 ? '✕' : '')}
        ${someOf(['late', 'paused', 'unknown'])}
        ${figure('connected', status.connected)}
        ${someOf(['delivering', 'silent', 'stopped'])}
        ${figure('lost', status.lost, status.lost > 0 ? '✕' : '')}
        ${figure('pingsPerSecond', Math.round(status.pingsPerSecond * 10) / 10)}
        ${word('recorder', t(`status.recorders.${status.recorder}`), status.recorder === 'up' ? '' : '⚠')}
        ${word('page', t(`status.pages.${connection.state}`, { since: connection.since === null ? '' : shortTime(connection.since) }),
            connection.state === 'lost' ? '⚠' : '')}
      </section>`;
  },
};

/** What is told only where there are any. @param {('late' | 'paused' | 'unknown' | 'delivering' | 'silent' | 'stopped')[]} keys */
function someOf(keys) {
  return keys.map((key) => status[key] > 0 && figure(key, status[key]));
}

/** @param {string} key @param {number} value @param {string} [sign] */
function figure(key, value, sign = '') {
  return word(key, status.isKnown ? number(value) : '…', sign);
}

/** @param {string} key @param {string} text @param {string} sign */
function word(key, text, sign) {
  return html`
    <dl key=${key} data-testid="status-${key}">
      <dt>${t(`status.${key}`)}</dt>
      <dd class=${sign ? 'state-alert' : ''}>${sign && html`<span aria-hidden="true">${sign} </span>`}${text}</dd>
    </dl>`;
}
