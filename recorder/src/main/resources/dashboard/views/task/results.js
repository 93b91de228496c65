// @ts-check
import { ref } from '../../lib/vue.js';
import { html } from '../../html.js';
import { duration, percent, t } from '../../i18n.js';
import { FaultAlert } from '../../components/toasts.js';
import { fieldOf } from './wanted.js';
import { PairCard } from './pair-card.js';
import { KINDS } from './pair-chart.js';

const STEP = 60;

/** What came of a task so far; `version` changes whenever there is more. */
export const Results = {
  props: ['run', 'version'],
  /** @param {any} props */
  setup(props) {
    const most = ref(STEP);
    return () => {
      /** @type {import('./run.js').Run} */
      const run = props.run;
      const pairs = [...run.pairs.values()].sort((a, b) => order(a.client, b.client) || order(a.target, b.target));
      const hidden = Math.max(0, pairs.length - most.value);
      return html`
        <section aria-labelledby="answers">
          <h2 id="answers" class="h5">${t('task.results')}</h2>
          <p role="status" class="mb-1" data-testid="task-state">${heading(run)}</p>
          ${run.state === 'running' && html`
            <div class="d-flex align-items-center gap-2 mb-2">
              <progress class="flex-grow-1" max=${run.expected} value=${run.decided} aria-label=${t('task.progress')}></progress>
              <span class="number small">${t('task.progressOf', { count: run.decided, all: run.expected })}</span>
            </div>`}
          <${FaultAlert} fault=${fieldOf(run.fault) ? null : run.fault} />
          ${run.problems.length > 0 && html`
            <ul class="alert alert-warning list-unstyled" data-testid="task-problems" role="alert">
              ${run.problems.map(({ client, text }, index) => html`
                <li key=${index}><span aria-hidden="true">⚠ </span>${client && html`<strong>${client}: </strong>`}${text}</li>`)}
            </ul>`}
          ${pairs.length > 0 && legend(pairs)}
          <ul class="pairs">
            ${pairs.slice(0, most.value).map((pair) => html`<${PairCard} key=${pair.key} pair=${pair} version=${pair.version} />`)}
          </ul>
          ${hidden > 0 && html`
            <button type="button" class="btn btn-outline-secondary" onClick=${() => { most.value += STEP; }}>${t('task.morePairs', { count: hidden })}</button>`}
        </section>`;
    };
  },
};

/** @param {string | null} a @param {string | null} b */
function order(a, b) {
  return (a ?? '').localeCompare(b ?? '', undefined, { numeric: true });
}

/** @param {import('./run.js').Run} run */
function heading(run) {
  if (run.state === 'done') {
    const { sent, received, loss_pct: loss, duration_ms: ms } = run.end;
    return t('task.done', { duration: duration(ms), sent, received, loss: loss === null || sent === 0 ? '–' : percent(loss) });
  }
  return t(`task.states.${run.state}`);
}

/** Of what there is only. @param {import('./pair.js').Pair[]} pairs */
function legend(pairs) {
  const outcomes = new Set(pairs.flatMap((pair) => pair.pings.map((ping) => ping.outcome)));
  return html`
    <p class="d-flex flex-wrap gap-3 small mb-2">
      ${Object.keys(KINDS).filter((outcome) => outcomes.has(outcome)).map((outcome) => html`
        <span key=${outcome}><span class="legend-mark pair-${KINDS[outcome]}" aria-hidden="true"></span>${t(`outcomes.${outcome}`)}</span>`)}
    </p>`;
}
