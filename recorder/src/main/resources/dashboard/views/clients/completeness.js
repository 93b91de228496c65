// @ts-check
import { now } from '../../clock.js';
import { html } from '../../html.js';
import { get } from '../../api.js';
import { dateTime, number, percent, t } from '../../i18n.js';
import { WINDOWS } from '../../components/window-chooser.js';
import { FaultAlert } from '../../components/toasts.js';
import { Chart, axis, timeLabel, tooltip } from '../../charts/chart.js';
import { useRead } from './use-read.js';

/** Why a ping is not here, with the color of its kind and the sign it has beside it. */
const REASONS = /** @type {[string, keyof import('../../charts/chart.js').Palette, string][]} */ ([
  ['not_delivered', 'late', '↑'],
  ['dropped', 'lost', '✕'],
  ['missed', 'unreachable', '!'],
  ['stopped', 'unknown', '■'],
  ['paused', 'notSent', '‖'],
  ['not_running', 'text', '○'],
  ['unknown', 'faint', '?'],
]);

const READ_MS = 10_000;
/** The ips whose gaps are drawn are those that miss most; a history of thousands would take long. */
const MOST_IPS = 20;

/** Steps of about a sixtieth of each window. @type {Record<string, string>} */
const STEPS = { '5m': '5s', '15m': '15s', '1h': '1m', '6h': '6m', '24h': '30m', '7d': '3h', '30d': '12h' };

/**
 * How much of what a client should have sent is here, why the rest is not, and when that was.
 *
 * `window` is a key of WINDOWS.
 */
export const Completeness = {
  props: { client: String, window: String },
  /** @param {any} props */
  setup(props) {
    const { answer, fault, again } = useRead(async (signal) => {
      const query = { client: props.client, start: new Date(now() - WINDOWS[props.window]) };
      const rows = await get('completeness', { query, signal });
      const worst = rows.filter((/** @type {any} */ row) => row.missing > row.missed)
        .sort((/** @type {any} */ a, /** @type {any} */ b) => b.missing - a.missing).slice(0, MOST_IPS);
      const buckets = worst.length === 0 ? [] : await get('history', {
        query: { ...query, ip: worst.map((/** @type {any} */ row) => row.ip), step: STEPS[props.window] }, signal,
      });
      return { total: total(rows), worst, option: chart(gaps(buckets), WINDOWS[props.window]) };
    }, () => [props.client, props.window], READ_MS);

    return () => html`
      <section class="panel" aria-labelledby="completeness">
        <h2 id="completeness">${t('clients.completeness.title')}</h2>
        <${FaultAlert} fault=${fault.value} onRetry=${again} />
        ${!answer.value && !fault.value && html`<p class="text-body-secondary">${t('page.loading')}</p>`}
        ${answer.value && figure(answer.value.total)}
        ${answer.value && answer.value.worst.length > 0 && html`
          <h3 class="mt-3">${t('clients.completeness.gaps')}</h3>
          <p class="small text-body-secondary mb-1">${t('clients.completeness.of', {
            count: answer.value.worst.length, ips: answer.value.worst.map((/** @type {any} */ row) => row.name ?? row.ip).slice(0, 5).join(', ') })}</p>
          <${Chart} height="11rem" option=${answer.value.option} label=${t('clients.completeness.chart')} />`}
      </section>`;
  },
};

/** @param {any[]} rows of /completeness */
function total(rows) {
  const told = rows.filter((row) => row.expected !== null);
  const sum = (/** @type {string} */ field) => told.reduce((all, row) => all + row[field], 0);
  return {
    expected: sum('expected'),
    missing: sum('missing'),
    reasons: REASONS.map(([reason, , sign]) => ({ reason, sign, count: sum(reason) })).filter(({ count }) => count > 0),
  };
}

/** @param {ReturnType<typeof total>} sum */
function figure({ expected, missing, reasons }) {
  if (expected === 0) return html`<p class="mb-0">${t('clients.completeness.nothing')}</p>`;
  const share = Math.max(0, (100 * (expected - missing)) / expected);
  return html`
    <p class="mb-1"><strong class="fs-3" data-testid="complete">${percent(share)}</strong>
      <span> ${t('clients.completeness.words', { count: expected, missing })}</span></p>
    <div class="reasons mb-2" aria-hidden="true"><div class="reason-here" style=${{ width: `${share}%` }}></div></div>
    ${reasons.length > 0 && html`
      <table class="table table-sm mb-0">
        <thead class="visually-hidden"><tr><th scope="col">${t('clients.completeness.reason')}</th><th scope="col">${t('clients.completeness.pings')}</th></tr></thead>
        <tbody>${reasons.map(({ reason, sign, count }) => html`
          <tr key=${reason} data-reason=${reason}>
            <td><span aria-hidden="true">${sign} </span>${t(`reasons.${reason}`)}</td>
            <td class="number">${number(count)}</td>
            <td class="number">${percent((100 * count) / expected)}</td>
          </tr>`)}</tbody>
      </table>`}`;
}

/**
 * The missing pings of all ips together, by time.
 *
 * @param {any[]} buckets of /history
 * @returns {[number, Record<string, number>][]}
 */
function gaps(buckets) {
  /** @type {Map<number, Record<string, number>>} */
  const times = new Map();
  for (const { start, missing } of buckets) {
    const at = Date.parse(start);
    const counts = times.get(at) ?? {};
    for (const [reason, count] of Object.entries(missing ?? {})) {
      counts[reason] = (counts[reason] ?? 0) + /** @type {number} */ (count);
    }
    times.set(at, counts);
  }
  return [...times].sort(([a], [b]) => a - b);
}

/** @param {ReturnType<typeof gaps>} times @param {number} windowMs */
function chart(times, windowMs) {
  const shown = REASONS.filter(([reason]) => times.some(([, counts]) => counts[reason] > 0));
  const label = timeLabel(windowMs);
  return (/** @type {import('../../charts/chart.js').Palette} */ colors) => ({
    aria: { enabled: true, label: { enabled: false }, decal: { show: shown.length > 1 } },
    grid: { left: 50, right: 12, top: 30, bottom: 24 },
    legend: { top: 0, textStyle: { color: colors.text } },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (/** @type {any[]} */ points) => tooltip(dateTime(points[0].value[0]),
        points.filter((point) => point.value[1] > 0).map((point) => ({
          name: point.seriesName, value: number(point.value[1]), color: point.color,
        }))),
    },
    xAxis: { type: 'time', min: now() - windowMs, max: now(), ...axis(colors), axisLabel: { ...axis(colors).axisLabel, formatter: label }, splitLine: { show: false } },
    yAxis: { type: 'value', minInterval: 1, ...axis(colors) },
    series: shown.map(([reason, color]) => ({
      name: t(`reasons.${reason}`),
      type: 'bar',
      stack: 'all',
      color: colors[color],
      barCategoryGap: '10%',
      data: times.map(([at, counts]) => [at, counts[reason] ?? 0]),
    })),
  });
}
