// @ts-check
import { ref } from '../../lib/vue.js';
import { html } from '../../html.js';
import { dateTime, latency, number, percent, t } from '../../i18n.js';
import { PairChart } from './pair-chart.js';

/** Of the answers in words, the newest. */
const MOST_ANSWERS = 50;

/** @typedef {import('./pair.js').Ping} Ping */

/** What one pair has heard: a chart, its sums, and on demand every answer. */
export const PairCard = {
  props: ['pair', 'version'],
  /** @param {any} props */
  setup(props) {
    const isOpen = ref(false);
    const pointed = ref(/** @type {Ping | null} */ (null));
    return () => {
      /** @type {import('./pair.js').Pair} */
      const pair = props.pair;
      const name = t('task.pair', { client: pair.client ?? t('status.recorder'), target: pair.target });
      return html`
        <li class="pair" data-pair=${pair.key} data-version=${props.version}>
          <h3 class="h6 mb-1 text-break-all">${name}
            ${pair.address && pair.address !== pair.target && html`<small class="text-body-secondary"> ${pair.address}</small>`}</h3>
          ${pair.statistics.max !== null && html`<p class="pair-scale" aria-hidden="true">${t('task.scale', { most: latency(pair.statistics.max) })}</p>`}
          <${PairChart} pair=${pair} version=${props.version} label=${t('task.chart', { pair: name })}
              onPoint=${(/** @type {Ping | null} */ ping) => { pointed.value = ping; }} />
          <p class="small mb-1 number text-start">${pointed.value ? sentence(pointed.value) : sums(pair.statistics)}</p>
          <button type="button" class="btn btn-sm btn-link p-0" aria-expanded=${String(isOpen.value)}
              aria-label=${t('task.answersOf', { pair: name })}
              onClick=${() => { isOpen.value = !isOpen.value; }}>${t('task.answers', { count: pair.pings.length })}</button>
          ${isOpen.value && answers(pair.pings)}
        </li>`;
    };
  },
};

/** @param {import('./pair.js').Statistics} all */
function sums(all) {
  const parts = [t('task.sent', { count: all.sent })];
  if (all.sent > 0) {
    parts.push(t('task.received', { count: all.received }));
    parts.push(t('task.lost', { count: all.lost, percent: percent((100 * all.lost) / all.sent) }));
  }
  if (all.notSent > 0) parts.push(t('task.notSent', { count: all.notSent }));
  if (all.duplicates > 0) parts.push(t('task.duplicates', { count: all.duplicates }));
  if (all.avg !== null) {
    parts.push(t('task.latencies', {
      min: latency(all.min), avg: latency(all.avg), max: latency(all.max), stddev: latency(all.stddev),
    }));
  }
  return parts.join(' · ');
}

/** @param {Ping} ping */
function sentence(ping) {
  return [`#${number(ping.seq + 1)}`, time(ping), result(ping), ping.cause].filter(Boolean).join(' · ');
}

/** @param {Ping} ping */
function time(ping) {
  return dateTime(ping.at, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
}

/** @param {Ping} ping */
function result(ping) {
  return ping.latency === null ? t(`outcomes.${ping.outcome}`) : latency(ping.latency);
}

/** @param {Ping[]} pings */
function answers(pings) {
  const newest = pings.slice(-MOST_ANSWERS).reverse();
  return html`
    <div class="answers" tabindex="0" role="region" aria-label=${t('task.answers', { count: pings.length })}>
      <table class="table table-sm mb-0">
        <thead><tr>
          <th scope="col" class="number">#</th><th scope="col">${t('task.time')}</th>
          <th scope="col" class="number">${t('task.result')}</th><th scope="col" class="number">TTL</th>
        </tr></thead>
        <tbody>${newest.map((ping) => html`
          <tr key=${ping.seq}>
            <td class="number">${number(ping.seq + 1)}</td><td class="number text-start">${time(ping)}</td>
            <td class="number">${result(ping)}${ping.cause && html`<div class="text-break-all">${ping.cause}</div>`}</td>
            <td class="number">${ping.ttl === null ? '' : number(ping.ttl)}</td>
          </tr>`)}
        </tbody>
      </table>
    </div>`;
}
