// @ts-check
import { computed, ref, shallowRef, watch } from '../../lib/vue.js';
import { address } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { isThere } from '../../status.js';
import { planPath } from '../../steering.js';
import { spanText } from '../../components/span-input.js';
import { FaultAlert, succeeded } from '../../components/toasts.js';
import { FileLink } from '../../components/file-link.js';
import { Dialog } from '../../components/dialog.js';
import { ImportText } from './import-text.js';
import { TargetForm } from './target-form.js';
import { TargetTable } from './target-table.js';
import { targetKey, usePlan } from './use-plan.js';

/**
 * What a client or a tag is to ping, to read and to change.
 *
 * `fleet` are the clients as they are now; `changes` grows when something else has changed the plan.
 */
export const PlanEditor = {
  props: ['owner', 'fleet', 'changes'],
  emits: ['settings'],
  /** @param {any} props @param {any} context */
  setup(props, { emit }) {
    const { plan, posted, fault, read, put, remove, unlist } = usePlan(props.owner);
    /** Nothing, 'new', or the key of the target that is edited. */
    const open = ref('');
    const isImporting = ref(false);
    const leaving = shallowRef(/** @type {import('./target-table.js').Line | null} */ (null));
    const leaveFault = shallowRef(/** @type {unknown} */ (null));
    const isBusy = ref(false);

    const concerned = computed(() => props.fleet.filter((/** @type {any} */ client) =>
      (props.owner.kind === 'tag' ? client.tags.includes(props.owner.name) : client.client === props.owner.name)));
    /** Nobody can change the list of a client's own any more. */
    const isGone = computed(() => concerned.value.length > 0 && !concerned.value.some(isThere));
    const edited = computed(() => plan.value?.targets.find((target) => targetKey(target) === open.value) ?? null);
    const lines = computed(() => /** @type {import('./target-table.js').Line[]} */ ([
      ...(plan.value?.targets ?? []).map((target) => ({ target, from: 'plan' })),
      ...(plan.value?.tag_targets ?? []).map((target) => ({ target, from: 'tag' })),
      ...(plan.value?.client_targets ?? []).map((target) => ({ target, from: 'client' })),
      ...posted.value.map(({ ip, family, name }) => ({ target: { ip, family, name: name ?? undefined }, from: 'post' })),
    ]));

    watch(() => [props.changes, ...concerned.value.map((/** @type {any} */ client) => client.plan_revision)].join(), read);
    watch(plan, (now) => now && emit('settings', now));

    /** @param {import('./use-plan.js').Target} target @param {number} [revision] */
    async function save(target, revision) {
      const answer = await put(target, revision);
      succeeded(t(answer.added ? 'control.plan.added' : answer.changed ? 'control.plan.changed' : 'control.plan.kept', { ip: target.ip }));
      open.value = '';
    }

    async function leave() {
      const line = leaving.value;
      if (!line) return;
      isBusy.value = true;
      try {
        await (line.from === 'plan' ? remove(line.target) : unlist(line.target, line.from === 'client'));
        succeeded(t('control.plan.removed', { ip: line.target.ip }));
        leaving.value = null;
      } catch (failure) {
        leaveFault.value = failure;
      }
      isBusy.value = false;
    }

    function stay() {
      leaving.value = null;
      leaveFault.value = null;
    }

    // In a place of its own what comes with the plan moves no form, which would lose the focus.
    return () => html`
      <section class="panel mb-3" aria-labelledby="plan">
        <div class="d-flex flex-wrap gap-2 align-items-center mb-2">
          <h2 id="plan" class="mb-0 me-auto text-break-all">${t(`control.plan.of.${props.owner.kind}`, { name: props.owner.name })}</h2>
          <button type="button" class="btn btn-sm btn-primary" aria-expanded=${String(open.value === 'new')}
              onClick=${() => { open.value = open.value === 'new' ? '' : 'new'; }}>${t('control.plan.add')}</button>
          <button type="button" class="btn btn-sm btn-plain" aria-expanded=${String(isImporting.value)}
              onClick=${() => { isImporting.value = !isImporting.value; }}>${t('control.plan.import')}</button>
          <${FileLink} to=${() => address(`${planPath(props.owner)}/export`)} file=${`${props.owner.name}.txt`}>${t('control.plan.export')}</${FileLink}>
        </div>
        <${FaultAlert} fault=${fault.value} onRetry=${read} />
        <div>
          ${plan.value && settings(plan.value)}
          ${props.owner.kind === 'tag' && plan.value && html`<p class="small text-body-secondary">${t('control.plan.concerns', { count: concerned.value.length })}</p>`}
        </div>
        ${open.value === 'new' && html`<${TargetForm} key="new" save=${save} onCancel=${() => { open.value = ''; }} />`}
        ${edited.value && html`<${TargetForm} key=${open.value} target=${edited.value} revision=${plan.value?.revision} save=${save} onCancel=${() => { open.value = ''; }} />`}
        ${isImporting.value && html`<${ImportText} owner=${props.owner} onDone=${read} />`}
        ${plan.value && html`<${TargetTable} lines=${lines.value} isGone=${isGone.value} onEdit=${(/** @type {any} */ target) => { open.value = targetKey(target); }}
            onRemove=${(/** @type {any} */ line) => { leaving.value = line; }} />`}
        ${leaving.value && html`
          <${Dialog} title=${t('control.plan.removeTitle', { ip: leaving.value.target.ip })} isOpen=${true} onClose=${stay}>${() => html`
            <p>${t(`control.plan.removeFrom.${leaving.value?.from}`, { name: props.owner.name, tag: leaving.value?.target.tag })}</p>
            <${FaultAlert} fault=${leaveFault.value} />
            <div class="d-flex flex-wrap gap-2 justify-content-end">
              <button type="button" class="btn btn-secondary" onClick=${stay}>${t('control.cancel')}</button>
              <button type="button" class="btn btn-danger" disabled=${isBusy.value} onClick=${leave}>${t('control.plan.remove')}</button>
            </div>`}</${Dialog}>`}
      </section>`;
  },
};

/** @param {import('./use-plan.js').Plan} plan */
function settings(plan) {
  const span = (/** @type {number | null | undefined} */ ms) => (ms === null || ms === undefined ? t('control.plan.nobody') : spanText(ms));
  const own = { interval: plan.interval_ms, timeout: plan.timeout_ms, metrics: plan.metrics_interval_ms };
  const all = plan.effective && { interval: plan.effective.interval_ms, timeout: plan.effective.timeout_ms, metrics: plan.effective.metrics_interval_ms };
  return html`
    <dl class="facts mb-3" data-testid="plan-settings">
      ${Object.entries(own).map(([key, ms]) => html`
        <div key=${key}><dt>${t(`control.plan.settings.${key}`)}</dt>
          <dd>${span(ms)}${all && all[key] !== ms && html`<span class="text-body-secondary small"> ${t('control.plan.butTag', { value: span(all[key]) })}</span>`}</dd></div>`)}
      <div><dt>${t('control.plan.settings.paused')}</dt>
        <dd>${t(plan.paused ? 'control.plan.yes' : 'control.plan.no')}${plan.effective?.paused && !plan.paused && html`<span class="text-body-secondary small"> ${t('control.plan.pausedByTag')}</span>`}</dd></div>
    </dl>
    ${(plan.problems ?? []).length > 0 && html`
      <div class="alert alert-warning" role="alert"><strong>${t('clients.facts.problems')}</strong>
        <ul class="mb-0">${plan.problems?.map((problem) => html`<li key=${problem}>${problem}</li>`)}</ul></div>`}`;
}
