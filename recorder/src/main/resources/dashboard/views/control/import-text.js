// @ts-check
import { onUnmounted, ref, shallowRef } from '../../lib/vue.js';
import { send } from '../../api.js';
import { html } from '../../html.js';
import { number, t } from '../../i18n.js';
import { askSoon } from '../../status.js';
import { planPath } from '../../steering.js';
import { FaultAlert, succeeded } from '../../components/toasts.js';
import { ImportPreview } from './import-preview.js';

const WAIT_MS = 400;
/** As the API bounds it; a longer one is not even read. */
const LONGEST_BYTES = 16 * 1024 * 1024;

/** What becomes of the lines. @typedef {{ revision: number, added: number, changed: number, kept: number, removed: number, invalid: number, faults: { line: number, message: string }[] }} Counts */

/** Imports a text of addresses into a plan, by file, drop or paste, after a look at what would become of it. */
export const ImportText = {
  props: ['owner'],
  emits: ['done'],
  /** @param {any} props @param {any} context */
  setup(props, { emit }) {
    const text = ref('');
    const isReplacing = ref(false);
    const isOver = ref(false);
    const isBusy = ref(false);
    const fault = shallowRef(/** @type {unknown} */ (null));
    const preview = shallowRef(/** @type {Counts | null} */ (null));
    const done = shallowRef(/** @type {Counts | null} */ (null));
    let timer = 0;
    let tries = 0;
    onUnmounted(() => clearTimeout(timer));

    /** @param {boolean} isTrial @param {Record<string, string>} [headers] @returns {Promise<Counts>} */
    const call = (isTrial, headers) => send('POST', `${planPath(props.owner)}/import`, {
      text: text.value, query: { dry_run: isTrial || null, replace: isReplacing.value || null }, headers,
    });

    async function look() {
      const current = ++tries;
      preview.value = null;
      fault.value = null;
      if (text.value.trim() === '') return;
      try {
        const counts = await call(true);
        if (current === tries) preview.value = counts;
      } catch (failure) {
        if (current === tries) fault.value = failure;
      }
    }

    /** @param {string} words */
    function write(words) {
      text.value = words;
      done.value = null;
      preview.value = null;
      clearTimeout(timer);
      timer = setTimeout(look, WAIT_MS);
    }

    /** @param {File | undefined} file */
    async function take(file) {
      if (!file) return;
      done.value = null;
      try {
        if (file.size > LONGEST_BYTES) throw new Error(t('control.import.tooLong', { name: file.name }));
        write(decoded(await file.arrayBuffer(), file.name));
      } catch (failure) {
        fault.value = failure;
      }
    }

    async function store() {
      isBusy.value = true;
      try {
        // What was looked at is what is stored, or nothing is.
        const counts = await call(false, preview.value && preview.value.revision > 0 ? { 'If-Match': `"${preview.value.revision}"` } : {});
        done.value = counts;
        preview.value = null;
        fault.value = null;
        succeeded(countsText(counts));
        if (counts.invalid === 0) text.value = '';
        askSoon();
        emit('done');
      } catch (failure) {
        fault.value = failure;
        preview.value = null;
      }
      isBusy.value = false;
    }

    /** @param {any} event */
    function drop(event) {
      event.preventDefault();
      isOver.value = false;
      const { files } = event.dataTransfer;
      if (files.length > 0) void take(files[0]);
      else write(event.dataTransfer.getData('text/plain'));
    }

    return () => html`
      <section class="panel mb-3" aria-labelledby="import">
        <h3 id="import">${t('control.plan.import')}</h3>
        <p class="small text-body-secondary">${t('control.import.help')} <code>192.0.2.7 interval=5s tags=core Core router</code></p>
        <div class="drop mb-2 ${isOver.value ? 'drop-over' : ''}" data-testid="drop" onDrop=${drop}
            onDragover=${(/** @type {Event} */ event) => { event.preventDefault(); isOver.value = true; }}
            onDragleave=${() => { isOver.value = false; }}>
          <label class="form-label" for="import-file">${t('control.import.file')}</label>
          <input id="import-file" type="file" accept=".txt,text/plain" class="form-control form-control-sm mb-2"
              onClick=${(/** @type {any} */ event) => { event.target.value = ''; }}
              onChange=${(/** @type {any} */ event) => void take(event.target.files[0])}>
          <label class="form-label" for="import-text">${t('control.import.text')}</label>
          <textarea id="import-text" rows="6" class="form-control form-control-sm" spellcheck="false" value=${text.value}
              onInput=${(/** @type {any} */ event) => write(event.target.value)}></textarea>
        </div>
        <div class="form-check mb-2">
          <input id="import-replace" type="checkbox" class="form-check-input" checked=${isReplacing.value}
              onChange=${(/** @type {any} */ event) => { isReplacing.value = event.target.checked; void look(); }}>
          <label class="form-check-label" for="import-replace">${t('control.import.replace')}</label>
        </div>
        <${FaultAlert} fault=${fault.value} onRetry=${text.value.trim() ? look : undefined} />
        ${preview.value && html`
          <p class="mb-1" role="status" data-testid="preview"><strong>${t('control.import.would')}</strong> ${countsText(preview.value)}</p>
          <${ImportPreview} text=${text.value} faults=${preview.value.faults} />
          <button type="button" class="btn btn-sm ${isReplacing.value ? 'btn-danger' : 'btn-primary'} mt-2" disabled=${isBusy.value} onClick=${store}>${
            t(isReplacing.value ? 'control.import.storeReplacing' : 'control.import.store', { count: preview.value.removed })}</button>`}
        ${done.value && html`
          <div class="alert ${done.value.invalid > 0 ? 'alert-warning' : 'alert-success'} mb-0" role="status" data-testid="imported">
            <span aria-hidden="true">${done.value.invalid > 0 ? '⚠ ' : '✓ '}</span>${t('control.import.done')} ${countsText(done.value)}
          </div>
          ${done.value.invalid > 0 && html`<${ImportPreview} text=${text.value} faults=${done.value.faults} />`}`}
      </section>`;
  },
};

/** @param {Counts} counts */
function countsText(counts) {
  return ['added', 'changed', 'kept', 'removed', 'invalid']
    .filter((key) => key !== 'removed' || counts.removed > 0)
    .map((key) => t(`control.import.counts.${key}`, { count: number(counts[/** @type {'added'} */ (key)]) })).join(' · ');
}

/** @param {ArrayBuffer} bytes @param {string} name */
function decoded(bytes, name) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(t('control.import.notUtf8', { name }));
  }
}
