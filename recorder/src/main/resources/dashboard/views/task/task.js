// @ts-check
import { computed, nextTick, onMounted, onUnmounted, reactive, ref, shallowRef, watch } from '../../lib/vue.js';
import { html } from '../../html.js';
import { ApiError } from '../../api.js';
import { duration, number, t } from '../../i18n.js';
import { route, setQuery } from '../../router.js';
import { askSoon } from '../../status.js';
import { Command, canCopy, copy } from '../../components/command.js';
import { ClientChoice } from './client-choice.js';
import { Results } from './results.js';
import { Run } from './run.js';
import { TargetChoice } from './target-choice.js';
import { BOUNDS, FIGURES, bodyOf, commandOf, faultsOf, fieldOf, fromQuery, pingsOf, toQuery } from './wanted.js';

const DRAW_MS = 250;
/** Browsers count how often a page changes its address. */
const KEEP_MS = 400;

/** The form as it was left; it comes back with an address that says nothing else. @type {import('./wanted.js').Wanted | null} */
let left = null;

/** Pings at once, from where one likes, and shows the answers as they come. */
export const View = {
  setup() {
    const wanted = reactive(route.query.size === 0 && left ? left : fromQuery(route.query));
    const isTried = ref(false);
    const run = shallowRef(/** @type {Run | null} */ (null));
    const version = ref(0);
    let isChanged = false;

    const faults = computed(() => faultsOf(wanted));
    const body = computed(() => (faults.value.size === 0 ? bodyOf(wanted) : null));

    let keeping = 0;
    let kept = '';
    function keep() {
      clearTimeout(keeping);
      keeping = 0;
      if (route.path !== '/task') return;
      setQuery(toQuery(wanted));
      kept = route.query.toString();
    }
    watch(wanted, () => {
      left = { ...wanted };
      keeping ||= setTimeout(keep, KEEP_MS);
    }, { deep: true });
    watch(() => route.query.toString(), (query) => {
      if (route.path !== '/task' || query === kept) return;
      if (query === '') keep();
      else Object.assign(wanted, fromQuery(route.query));
    });

    /** @type {ReturnType<typeof setInterval>} */
    let drawing;
    onMounted(() => {
      askSoon();
      if (route.query.size === 0) keep();
      drawing = setInterval(() => {
        if (!isChanged) return;
        isChanged = false;
        version.value++;
      }, DRAW_MS);
    });
    onUnmounted(() => {
      clearInterval(drawing);
      clearTimeout(keeping);
      run.value?.stop();
    });

    function start() {
      isTried.value = true;
      if (!body.value || run.value?.state === 'running') return;
      keep();
      isTried.value = false;
      run.value = new Run(body.value, () => { isChanged = true; });
      void nextTick(showAnswers);
    }

    /** What is wrong with a field: by the bounds once somebody tried, or as the API says. @param {string} field */
    function faultOf(field) {
      const said = (version.value, run.value?.fault);
      if (isTried.value && faults.value.has(field)) {
        return field in BOUNDS ? t('task.bounds', bounds(field)) : t(`task.missing.${field}`);
      }
      // The API names the field first, which here it stands at.
      return said instanceof ApiError && fieldOf(said) === field ? said.message.replace(/^'\w+': /, '') : '';
    }

    const figure = (/** @type {import('./wanted.js').Figure} */ name) => html`
      <div class="col-4" key=${name}>
        <label class="form-label" for=${name}>${t(`task.${name}`)}</label>
        <input id=${name} type="number" inputmode="numeric" class="form-control ${faultOf(name) ? 'is-invalid' : ''}"
            min=${BOUNDS[name].least} max=${BOUNDS[name].most} step="1" value=${wanted[name]}
            aria-describedby=${`${name}-help`} aria-invalid=${faultOf(name) ? 'true' : null}
            onInput=${(/** @type {any} */ event) => { wanted[name] = event.target.value; }}>
        <div id=${`${name}-help`} class="small ${faultOf(name) ? 'field-fault' : 'text-body-secondary'}">
          ${faultOf(name) || t('task.range', bounds(name))}</div>
      </div>`;

    const form = () => html`
      <form novalidate onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); start(); }}>
        <${ClientChoice} wanted=${wanted} fault=${faultOf('from')} />
        <${TargetChoice} wanted=${wanted} fault=${faultOf('targets')} />
        <div class="row g-2 mb-3">${FIGURES.map(figure)}</div>
        <p class="small text-body-secondary">${body.value ? size(body.value) : ''}</p>
        <div class="d-flex flex-wrap gap-2 mb-3">
          ${(version.value, run.value?.state) === 'running'
            ? html`<button key="stop" type="button" class="btn btn-danger" onClick=${() => run.value?.stop()}>${t('task.stop')}</button>`
            : html`<button key="start" type="submit" class="btn btn-primary">${t('task.start')}</button>`}
          ${canCopy && html`<button type="button" class="btn btn-outline-secondary" onClick=${() => { keep(); copy(location.href); }}>${t('task.copyLink')}</button>`}
        </div>
        ${body.value && html`
          <h2 class="h6">${t('task.command')}</h2>
          <${Command} text=${commandOf(body.value)} label=${t('task.command')} />`}
      </form>`;

    return () => html`
      <h1 class="h4">${t('task.title')}</h1>
      <p class="text-body-secondary">${t('task.intro')}</p>
      <div class="row g-4">
        <div class="col-lg-5 col-xl-4">${form()}</div>
        <div class="col-lg-7 col-xl-8">${run.value && html`<${Results} run=${run.value} version=${version.value} />`}</div>
      </div>`;
  },
};

/** On a phone they are below the form, out of sight. */
function showAnswers() {
  const answers = document.getElementById('answers');
  if (answers && answers.getBoundingClientRect().top > innerHeight / 2) answers.scrollIntoView();
}

/** @param {string} field */
function bounds(field) {
  const { least, most } = BOUNDS[/** @type {import('./wanted.js').Figure} */ (field)];
  return { least: number(least), most: number(most) };
}

/** @param {import('./wanted.js').Body} body */
function size(body) {
  const ms = (body.count - 1) * body.interval;
  return t('task.size', { count: pingsOf(body), duration: duration(ms) });
}
