// @ts-check
import { nextTick, onMounted, reactive, ref, shallowRef } from '../../lib/vue.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { SpanInput, spanMs, written } from '../../components/span-input.js';
import { FaultAlert } from '../../components/toasts.js';

/**
 * One target of a plan, new or to be changed.
 *
 * `save` gets the target, and the revision of the plan in which it was seen, and throws what is wrong
 * with it; the form keeps what was written then.
 */
export const TargetForm = {
  props: { target: Object, revision: Number, save: Function },
  emits: ['cancel'],
  /** @param {any} props @param {any} context */
  setup(props, { emit }) {
    /** @type {import('./use-plan.js').Target | undefined} */
    const before = props.target;
    // What others change while the form is open is told once, and then knowingly overwritten.
    let seen = props.revision;
    const form = reactive({
      ip: before?.ip ?? '',
      family: before?.family ?? '',
      name: before?.name ?? '',
      tags: (before?.tags ?? []).join(', '),
      interval: written(before?.interval_ms),
      timeout: written(before?.timeout_ms),
    });
    const fault = shallowRef(/** @type {any} */ (null));
    const isBusy = ref(false);
    const box = shallowRef(/** @type {HTMLFormElement | null} */ (null));

    onMounted(() => {
      box.value?.scrollIntoView({ block: 'nearest' });
      /** @type {HTMLElement | null | undefined} */ (box.value?.querySelector(before ? '#target-name' : '#target-ip'))?.focus();
    });

    /** @param {Event} event */
    async function submit(event) {
      event.preventDefault();
      isBusy.value = true;
      fault.value = null;
      try {
        await props.save({
          ip: form.ip.trim(),
          family: form.family || undefined,
          name: form.name.trim() || undefined,
          tags: form.tags.split(/[\s,]+/).filter(Boolean),
          interval_ms: spanMs(form.interval) ?? undefined,
          timeout_ms: spanMs(form.timeout) ?? undefined,
          grace_ms: before?.grace_ms,
        }, before && seen);
      } catch (failure) {
        fault.value = failure;
        await nextTick();
        seen = props.revision;
        /** @type {HTMLElement | null | undefined} */ (box.value?.querySelector('.is-invalid'))?.focus();
      }
      isBusy.value = false;
    }

    /** Whether the API found fault with a field. @param {string} field */
    const isWrong = (field) => fault.value?.field?.split('.').at(-1) === field;

    return () => html`
      <form ref=${box} class="panel mb-3" aria-label=${before ? t('control.plan.editOne', { ip: before.ip }) : t('control.plan.add')} onSubmit=${submit}>
        <${FaultAlert} fault=${fault.value} />
        <div class="row g-3">
          ${field('ip', t('control.plan.ip'), html`
            <input id="target-ip" class="form-control form-control-sm ${isWrong('ip') ? 'is-invalid' : ''}" required autocomplete="off" spellcheck="false"
                readonly=${Boolean(before)} value=${form.ip} onInput=${(/** @type {any} */ event) => { form.ip = event.target.value; }}>`)}
          ${field('family', t('control.plan.family'), html`
            <select id="target-family" class="form-select form-select-sm ${isWrong('family') ? 'is-invalid' : ''}" disabled=${Boolean(before)}
                onChange=${(/** @type {any} */ event) => { form.family = event.target.value; }}>
              ${[['', t('control.plan.anyFamily')], ['ipv4', 'IPv4'], ['ipv6', 'IPv6']].map(([code, text]) => html`
                <option key=${code} value=${code} selected=${code === form.family}>${text}</option>`)}
            </select>`)}
          ${field('name', t('overview.columns.name'), html`
            <input id="target-name" class="form-control form-control-sm ${isWrong('name') ? 'is-invalid' : ''}" autocomplete="off" value=${form.name}
                onInput=${(/** @type {any} */ event) => { form.name = event.target.value; }}>`)}
          ${field('tags', t('clients.columns.tags'), html`
            <input id="target-tags" class="form-control form-control-sm ${isWrong('tags') ? 'is-invalid' : ''}" autocomplete="off" value=${form.tags}
                onInput=${(/** @type {any} */ event) => { form.tags = event.target.value; }}>`)}
          ${field('interval', t('control.interval'), html`
            <${SpanInput} id="target-interval" label=${t('control.interval')} value=${form.interval} isWrong=${isWrong('interval_ms')}
                onChange=${(/** @type {any} */ value) => { form.interval = value; }} />`)}
          ${field('timeout', t('control.timeout'), html`
            <${SpanInput} id="target-timeout" label=${t('control.timeout')} value=${form.timeout} isWrong=${isWrong('timeout_ms')}
                onChange=${(/** @type {any} */ value) => { form.timeout = value; }} />`)}
        </div>
        <p class="form-text">${t('control.plan.emptyIsOwn')}</p>
        <button type="submit" class="btn btn-sm btn-primary" disabled=${isBusy.value}>${t(before ? 'control.save' : 'control.plan.add')}</button>
        <button type="button" class="btn btn-sm btn-link" onClick=${() => emit('cancel')}>${t('control.cancel')}</button>
      </form>`;
  },
};

/** @param {string} id @param {string} label @param {any} input */
function field(id, label, input) {
  return html`<div class="col-12 col-sm-6 col-lg-4"><label class="form-label mb-1" for="target-${id}">${label}</label>${input}</div>`;
}
