// @ts-check
import { computed, ref, watch } from '../../lib/vue.js';
import { tagsOf, useFleet } from '../../fleet.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { route, setQuery } from '../../router.js';
import { status } from '../../status.js';
import { FirstMinute } from '../../components/first-minute.js';
import { Exports } from './exports.js';
import { PlanEditor } from './plan-editor.js';
import { SteerBar } from './steer-bar.js';
import { Whom } from './whom.js';

/** Starts, stops and paces clients, edits their plans, and takes data out. */
export const View = {
  setup() {
    const fleet = useFleet();
    const names = computed(() => route.query.getAll('client'));
    const tag = computed(() => route.query.get('tag'));
    const isByTag = computed(() => route.query.has('tag') || route.query.get('by') === 'tag');
    const owners = computed(() => (isByTag.value
      ? (tag.value ? [{ kind: 'tag', name: tag.value }] : [])
      : names.value.map((name) => ({ kind: 'client', name }))));
    /** What the plan says that is shown below; undefined where none is. */
    const interval = ref(/** @type {number | null | undefined} */ (undefined));
    const changes = ref(0);
    watch(() => owners.value.map(({ kind, name }) => `${kind} ${name}`).join(), () => {
      interval.value = undefined;
    });

    /** @param {{ client: string[], tag: string | null }} choice */
    function choose({ client, tag: chosen }) {
      setQuery({ client, tag: chosen, by: chosen === '' ? 'tag' : null });
    }

    return () => {
      if (!status.isKnown) return html`<p role="status">${t('page.loading')}</p>`;
      if (fleet.value.length === 0 && owners.value.length === 0 && !isByTag.value) return html`<${FirstMinute} />`;
      const single = owners.value.length === 1 ? owners.value[0] : null;
      return html`
        <h1 class="h3">${t('control.title')}</h1>
        <section class="panel mb-3" aria-labelledby="whom">
          <h2 id="whom">${t('control.whom.title')}</h2>
          <${Whom} clients=${fleet.value} tags=${tagsOf(fleet.value)} names=${names.value} tag=${isByTag.value ? tag.value ?? '' : null} onChoose=${choose} />
          <p class="my-2" role="status">${owners.value.length === 0 ? t('control.whom.nobody') : said(owners.value)}</p>
          <${SteerBar} owners=${owners.value} interval=${single ? interval.value : undefined} onDone=${() => { changes.value++; }} />
        </section>
        ${single
          ? html`<${PlanEditor} key=${`${single.kind} ${single.name}`} owner=${single} fleet=${fleet.value} changes=${changes.value}
              onSettings=${(/** @type {any} */ plan) => { interval.value = plan.interval_ms; }} />`
          : html`<p class="text-body-secondary">${t('control.plan.choose')}</p>`}
        <${Exports} owners=${owners.value} fleet=${fleet.value} />`;
    };
  },
};

/** @param {{ kind: string, name: string }[]} owners */
function said(owners) {
  if (owners.length > 1) return t('control.whom.chosen', { names: owners.slice(0, 6).map(({ name }) => name).join(', ') + (owners.length > 6 ? ' …' : '') });
  return t(owners[0].kind === 'tag' ? 'control.whom.chosenTag' : 'control.whom.chosen', { names: owners[0].name });
}
