// @ts-check
import { onMounted, onUnmounted } from '../../lib/vue.js';
import { now } from '../../clock.js';
import { html } from '../../html.js';
import { get } from '../../api.js';
import { latency, number, percent, t } from '../../i18n.js';
import { listen } from '../../live.js';
import { link } from '../../router.js';
import { FaultAlert } from '../../components/toasts.js';
import { StateBadge } from '../../components/state-badge.js';
import { WINDOWS } from '../../components/window-chooser.js';
import { useRead } from './use-read.js';

const READ_MS = 15_000;
/** The overview has them all. */
const SHOWN = 12;

/** The ips of a client, the worst first. */
export const ClientIps = {
  props: { client: String, window: String },
  /** @param {any} props */
  setup(props) {
    const { answer, fault, again, soon } = useRead(
      (signal) => get('summary', {
        query: { client: props.client, start: new Date(now() - WINDOWS[props.window]), sort: '-fail_percent', limit: SHOWN + 1 }, signal,
      }), () => [props.client, props.window], READ_MS);
    /** @type {() => void} */
    let end;
    onMounted(() => {
      end = listen({}, {
        state: (change) => change.client === props.client && soon(),
        missed: soon,
      });
    });
    onUnmounted(() => end());
    return () => {
      const rows = answer.value ?? [];
      return html`
        <section class="panel" aria-labelledby="client-ips">
          <h2 id="client-ips">${t('clients.ips')}</h2>
          <${FaultAlert} fault=${fault.value} onRetry=${again} />
          ${!answer.value && !fault.value && html`<p class="text-body-secondary">${t('page.loading')}</p>`}
          ${answer.value && rows.length === 0 && html`<p>${t('clients.noIps')}</p>`}
          ${rows.length > 0 && html`
            <div class="table-responsive"><table class="table table-sm align-middle fleet mb-2">
              <thead><tr>
                <th scope="col">${t('overview.columns.state')}</th><th scope="col">${t('overview.columns.name')}</th>
                <th scope="col" class="wide number">${t('overview.columns.latency')}</th><th scope="col" class="number">${t('overview.columns.fail')}</th>
              </tr></thead>
              <tbody>${rows.slice(0, SHOWN).map(row)}</tbody>
            </table></div>`}
          <a href=${link('/', { client: props.client, window: props.window })}>${rows.length > SHOWN ? t('clients.allIps') : t('clients.inOverview')}</a>
        </section>`;
    };
  },
};

/** @param {any} ip */
function row(ip) {
  return html`
    <tr key=${`${ip.ip} ${ip.family}`} data-ip=${ip.ip}>
      <td><${StateBadge} state=${ip.state} /></td>
      <td class="text-break-all">
        <a href=${link('/ip', { ip: ip.ip, client: ip.client, family: ip.family })}>${ip.name ?? ip.ip}</a>
        ${ip.name && html`<span class="text-body-secondary small"> ${ip.ip}</span>`}
      </td>
      <td class="wide number">${ip.last_latency_ms === null ? (ip.last_outcome ? t(`outcomes.${ip.last_outcome}`) : '') : latency(ip.last_latency_ms)}</td>
      <td class="number">${percent(ip.fail_percent)}<span class="visually-hidden"> ${t('clients.ofPings', { count: ip.attempts, all: number(ip.attempts) })}</span></td>
    </tr>`;
}
