// @ts-check
import { computed } from '../../lib/vue.js';
import { useFleet } from '../../fleet.js';
import { html } from '../../html.js';
import { shortTime, t } from '../../i18n.js';
import { link, route, setQuery } from '../../router.js';
import { status } from '../../status.js';
import { StateBadge } from '../../components/state-badge.js';
import { WindowChooser, windowOf } from '../../components/window-chooser.js';
import { SteerBar } from '../control/steer-bar.js';
import { About, Removal } from './about.js';
import { ClientIps } from './client-ips.js';
import { Completeness } from './completeness.js';
import { Facts } from './facts.js';
import { HostMetrics } from './host-metrics.js';

/** One client. */
export const View = {
  props: { client: String },
  /** @param {any} props */
  setup(props) {
    const fleet = useFleet();
    const client = computed(() => fleet.value.find((one) => one.client === props.client));
    const window = computed(() => windowOf(route.query));

    return () => {
      if (!status.isKnown) return html`<p role="status">${t('page.loading')}</p>`;
      if (!client.value) {
        return html`<h1 class="h3 text-break-all">${props.client}</h1><p class="lead">${t('clients.unknown')} <a href=${link('/clients')}>${t('clients.title')}</a></p>`;
      }
      return html`
        <div class="d-flex flex-wrap align-items-center gap-3 mb-2">
          <h1 class="h3 mb-0 text-break-all">${props.client}</h1>
          <span class="d-inline-flex gap-2 align-items-center" role="status">
            <${StateBadge} state=${client.value.state} />
            ${client.value.state_since && html`<span class="text-body-secondary small">${t('clients.since', { since: shortTime(client.value.state_since) })}</span>`}
            ${client.value.cut_off && html`<span class="badge text-bg-warning" title=${t('clients.cutOffWhy')}>${t('clients.cutOff')}</span>`}
          </span>
          <span class="ms-auto d-flex flex-wrap gap-2">
            <${WindowChooser} value=${window.value} onChoose=${(/** @type {string} */ wanted) => setQuery({ window: wanted })} />
            <a class="btn btn-sm btn-plain" href=${link('/control', { client: props.client })}>${t('clients.plan')}</a>
            <${Removal} client=${client.value} />
          </span>
        </div>
        <div class="card mb-3"><div class="card-body py-2"><${SteerBar} owners=${[{ kind: 'client', name: props.client }]} /></div></div>
        <section class="panel mb-3" aria-labelledby="facts">
          <h2 id="facts">${t('clients.about')}</h2>
          <${Facts} client=${client.value} />
        </section>
        <div class="panels">
          <section class="panel" aria-labelledby="tags-note">
            <h2 id="tags-note">${t('clients.tagsNote')}</h2>
            <${About} client=${client.value} />
          </section>
          <${Completeness} client=${props.client} window=${window.value} />
          <${ClientIps} client=${props.client} window=${window.value} />
        </div>
        <${HostMetrics} client=${props.client} window=${window.value} />`;
    };
  },
};
