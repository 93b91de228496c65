// @ts-check
import { get } from '../../api.js';
import { now } from '../../clock.js';
import { html } from '../../html.js';
import { duration, number, t } from '../../i18n.js';
import { FaultAlert } from '../../components/toasts.js';
import { WINDOWS } from '../../components/window-chooser.js';
import { Chart } from '../../charts/chart.js';
import { metricChart, seriesName, unitText } from './metric-chart.js';
import { newest, panels } from './metric-panels.js';
import { useRead } from './use-read.js';

const READ_MS = 20_000;

/** Metrics come every 10 s as a rule. @type {Record<string, string>} */
const STEPS = { '5m': '10s', '15m': '10s', '1h': '30s', '6h': '3m', '24h': '10m', '7d': '1h', '30d': '6h' };

/** What a client measured of its host, in charts. `window` is a key of WINDOWS. */
export const HostMetrics = {
  props: { client: String, window: String },
  /** @param {any} props */
  setup(props) {
    const { answer, fault, again } = useRead(async (signal) => {
      const start = new Date(now() - WINDOWS[props.window]);
      const rows = await get(`clients/${encodeURIComponent(props.client)}/metrics`, { query: { start, step: STEPS[props.window] }, signal });
      return {
        uptime: newest(rows, 'uptime_seconds'),
        processors: newest(rows, 'cpu_count'),
        panels: panels(rows).map((panel) => ({ ...panel, option: metricChart(panel, WINDOWS[props.window]) })),
      };
    }, () => [props.client, props.window], READ_MS);

    return () => html`
      <section class="mt-4" aria-labelledby="metrics">
        <h2 id="metrics" class="h4">${t('metrics.title')}</h2>
        <${FaultAlert} fault=${fault.value} onRetry=${again} />
        ${!answer.value && !fault.value && html`<p class="text-body-secondary">${t('page.loading')}</p>`}
        ${answer.value && answer.value.panels.length === 0 && html`<p>${t('metrics.nothing')}</p>`}
        ${answer.value && answer.value.panels.length > 0 && html`
          <p class="text-body-secondary">
            ${answer.value.uptime !== null && t('metrics.uptime', { time: duration(answer.value.uptime * 1000) })}
            ${answer.value.processors !== null && ` ${t('metrics.processors', { count: number(answer.value.processors) })}`}
          </p>
          <div class="panels">${answer.value.panels.map(panelOf)}</div>`}
      </section>`;
  },
};

/** @param {import('./metric-panels.js').Panel & { option: any }} panel */
function panelOf(panel) {
  const title = panel.title ?? t(`metrics.panels.${panel.id}`);
  return html`
    <figure key=${panel.id} class="panel" data-metric=${panel.id}>
      <h3 class="text-break-all">${title}</h3>
      <${Chart} height="11rem" option=${panel.option} label=${t('metrics.chart', { title })} />
      <figcaption class="metric-last">${panel.series.map((series) => html`
        <div key=${`${series.name} ${series.label}`} class="text-break-all">${seriesName(series, panel)}: ${t('metrics.last', {
          value: unitText(series.points.at(-1)?.avg ?? null, panel.unit),
          most: unitText(Math.max(...series.points.map((point) => point.max ?? -Infinity)), panel.unit),
        })}</div>`)}</figcaption>
    </figure>`;
}
