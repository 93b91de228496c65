// @ts-check
/** The numbers of the visible window, and its outages. */
import { now } from '../../clock.js';
import { html } from '../../html.js';
import { dateTime, duration, latency, number, percent, t } from '../../i18n.js';
import { link, route } from '../../router.js';
import { gapsOf, lineKey, storedIn } from './model.js';
import { fixed } from './range.js';

/** An outage is shown with as much around it. */
const AROUND = 0.5;
const AROUND_LEAST_MS = 30_000;
const MOST_SHOWN = 200;

/** @type {[string, (row: any) => string][]} */
const FIGURES = [
  ['sent', (row) => number(row.sent)],
  ['received', (row) => number(row.received)],
  ['lost', (row) => number(row.lost)],
  ['loss', (row) => (row.loss_percent === null ? '–' : percent(row.loss_percent))],
  ['late', (row) => number(row.late)],
  ['notSent', (row) => number(row.not_sent)],
  ['cutOff', (row) => number(row.cut_off)],
  ['complete', completeness],
  ['min', (row) => latency(row.min)],
  ['avg', (row) => latency(row.avg)],
  ['median', (row) => latency(row.p50)],
  ['p95', (row) => latency(row.p95)],
  ['p99', (row) => latency(row.p99)],
  ['max', (row) => latency(row.max)],
  ['stddev', (row) => latency(row.stddev)],
  ['duplicates', (row) => number(row.duplicates)],
];

/**
 * @param {{ numbers: any[], areOld: boolean, outages: any[] | null, range: import('./range.js').Range }} props
 *     `numbers` are rows of /history, one for each client; `areOld` says that they are of another
 *     window; `outages` is null where not all are known
 */
export function Statistics({ numbers, areOld, outages, range }) {
  return html`
    <section class="mb-4" aria-labelledby="statistics">
      <h2 id="statistics" class="h5">${t('ip.statistics')}</h2>
      <div class="table-responsive scrolls" tabindex="0" role="region" aria-labelledby="statistics">
        <table class="table table-sm w-auto statistics ${areOld && numbers.length > 0 ? 'old' : ''}" aria-busy=${String(areOld)} data-testid="statistics">
          <thead><tr>
            <th scope="col">${t('overview.columns.client')}</th>
            ${FIGURES.map(([id]) => html`<th key=${id} scope="col" class="number">${t(`ip.columns.${id}`)}</th>`)}
            <th scope="col" class="number">${t('overview.columns.disconnected')}</th>
          </tr></thead>
          <tbody>
            ${numbers.map((row) => html`
              <tr key=${lineKey(row)} data-client=${row.client}>
                <th scope="row">${lineKey(row)}</th>
                ${FIGURES.map(([id, text]) => html`<td key=${id} class="number" data-figure=${id}>${text(row)}</td>`)}
                <td class="number" data-figure="disconnected">${outages === null ? '–' : disconnected(outages, lineKey(row), range)}</td>
              </tr>`)}
          </tbody>
        </table>
      </div>
    </section>`;
}
Statistics.props = ['numbers', 'areOld', 'outages', 'range'];

/** How much of the timetable is stored. @param {any} row */
function completeness(row) {
  if (row.missing === null) return '–';
  const missing = /** @type {number[]} */ (Object.values(row.missing)).reduce((sum, count) => sum + count, 0);
  const all = storedIn(row) + missing;
  return all === 0 ? '–' : percent((100 * (all - missing)) / all);
}

/** @param {any[]} outages @param {string} key @param {import('./range.js').Range} range */
function disconnected(outages, key, range) {
  const ms = outages.filter((outage) => outage.key === key && outage.cause !== 'cut_off')
      .reduce((sum, outage) => sum + Math.max(0,
        Math.min(outage.end ?? now(), range.end) - Math.max(outage.start, range.start)), 0);
  return duration(ms);
}

/**
 * @param {{ outages: any[], areOld: boolean, areMany: boolean, hasMore: boolean }} props `areOld` says that
 *     they are of another window
 */
export function Outages({ outages, areOld, areMany, hasMore }) {
  const newest = [...outages].sort((a, b) => b.start - a.start).slice(0, MOST_SHOWN);
  return html`
    <section aria-labelledby="outages">
      <h2 id="outages" class="h5">${t('ip.outages')}</h2>
      ${outages.length === 0 ? html`<p class="text-body-secondary">${areOld ? '…' : t('ip.noOutages')}</p>` : html`
        <div class="table-responsive scrolls" tabindex="0" role="region" aria-labelledby="outages">
          <table class="table table-sm w-auto text-nowrap ${areOld ? 'old' : ''}" aria-busy=${String(areOld)} data-testid="outages">
            <thead><tr>
              ${areMany && html`<th scope="col">${t('overview.columns.client')}</th>`}
              <th scope="col">${t('ip.from')}</th>
              <th scope="col">${t('ip.to')}</th>
              <th scope="col" class="number">${t('ip.duration')}</th>
              <th scope="col" class="number">${t('ip.columns.lost')}</th>
              <th scope="col">${t('ip.ping.cause')}</th>
            </tr></thead>
            <tbody>
              ${newest.map((outage) => html`
                <tr key=${`${outage.key} ${outage.from} ${outage.cause}`}>
                  ${areMany && html`<td>${outage.key}</td>`}
                  <td><a href=${around(outage)} title=${t('ip.showOutage')}>${dateTime(outage.start)}</a></td>
                  <td>${outage.end === null ? t('ip.lasts') : dateTime(outage.end)}${outage.ended_by === 'gap' && html`
                    <span class="text-body-secondary"> (${t('ip.endedByGap')})</span>`}</td>
                  <td class="number">${duration(outage.duration_ms)}</td>
                  <td class="number">${number(outage.lost)}</td>
                  <td class="text-wrap">${outage.cause === 'cut_off' ? t('ip.cutOff') : outage.cause}</td>
                </tr>`)}
            </tbody>
          </table>
        </div>`}
      ${(hasMore || outages.length > MOST_SHOWN) && html`<p class="small">${t('ip.moreOutages', { count: newest.length })}</p>`}
    </section>`;
}
Outages.props = ['outages', 'areOld', 'areMany', 'hasMore'];

/** What is grey or hatched in the chart. @param {{ lines: import('./model.js').Line[], range: import('./range.js').Range, step: number }} props */
export function Gaps({ lines, range, step }) {
  const all = lines.flatMap((line) => gapsOf(line).map((gap) => ({ ...gap, key: line.key })))
      .filter((gap) => gap.end > range.start && gap.start < range.end).sort((a, b) => b.start - a.start);
  if (all.length === 0) return null;
  return html`
    <section class="mt-4" aria-labelledby="gaps">
      <h2 id="gaps" class="h5">${t('ip.gaps')}</h2>
      <p class="small text-body-secondary mb-1">${t('ip.gapsTo', { step: duration(step) })}</p>
      <div class="table-responsive scrolls" tabindex="0" role="region" aria-labelledby="gaps">
        <table class="table table-sm w-auto text-nowrap" data-testid="gaps">
          <thead><tr>
            ${lines.length > 1 && html`<th scope="col">${t('overview.columns.client')}</th>`}
            <th scope="col">${t('ip.from')}</th>
            <th scope="col">${t('ip.to')}</th>
            <th scope="col">${t('ip.reason')}</th>
          </tr></thead>
          <tbody>
            ${all.slice(0, MOST_SHOWN).map((gap) => html`
              <tr key=${`${gap.key} ${gap.kind} ${gap.start}`} data-kind=${gap.kind}>
                ${lines.length > 1 && html`<td>${gap.key}</td>`}
                <td>${dateTime(gap.start)}</td>
                <td>${dateTime(gap.end)}</td>
                <td>${gap.reasons.map((reason) => t(`ip.reasons.${reason}`)).join(', ')}</td>
              </tr>`)}
          </tbody>
        </table>
      </div>
      ${all.length > MOST_SHOWN && html`<p class="small">${t('ip.moreGaps', { count: MOST_SHOWN })}</p>`}
    </section>`;
}
Gaps.props = ['lines', 'range', 'step'];

/** The link that shows an outage and some time around it. @param {any} outage */
function around({ start, end }) {
  const until = end ?? now();
  const more = Math.max((until - start) * AROUND, AROUND_LEAST_MS);
  const all = /** @type {Record<string, any>} */ ({});
  for (const name of route.query.keys()) all[name] = route.query.getAll(name);
  return link(route.path, { ...all, ...fixed(start - more, until + more) });
}
