// @ts-check
import { ref } from '../../lib/vue.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { isDeaf } from '../../fleet.js';
import { askSoon, status } from '../../status.js';
import { forEach, pause, setPace, start } from '../../steering.js';
import { SpanInput, spanMs, spanText } from '../../components/span-input.js';
import { failed, faultText, succeeded } from '../../components/toasts.js';

/** @typedef {import('../../steering.js').Owner} Owner */

/** Names, and faults, that a message tells. */
const MOST_SAID = 5;
const INTERVALS_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/**
 * Starts, pauses and paces clients, by their plans or a tag's.
 *
 * `owners` are whose plans are changed; `interval` is the one that their plan says now, where that is
 * known of a single one (null: it says nothing). `done` tells that some were changed.
 */
export const SteerBar = {
  props: { owners: Array, interval: { default: undefined } },
  emits: ['done'],
  /** @param {any} props @param {any} context */
  setup(props, { emit }) {
    const isBusy = ref(false);
    const other = ref({ amount: '', unit: 's' });

    /** @param {(owner: Owner) => Promise<unknown>} order @param {string} key of the message @param {Record<string, any>} [values] */
    async function give(order, key, values = {}) {
      isBusy.value = true;
      const { done, failed: faults } = await forEach(props.owners, order);
      isBusy.value = false;
      const deaf = done.filter(hearsNothing);
      const told = done.filter((owner) => !deaf.includes(owner));
      if (told.length > 0) succeeded(t(`control.told.${key}`, { ...values, whom: names(told) }));
      if (deaf.length > 0) failed(new Error(t('control.notSteered', { whom: few(deaf.map((owner) => owner.name)) })));
      if (faults.length > 0) failed(new Error(notTold(faults)));
      askSoon();
      emit('done');
      return faults.length === 0;
    }

    /** @param {number | null} ms */
    function pace(ms) {
      const order = (/** @type {Owner} */ owner) => setPace(owner, ms);
      return ms === null ? give(order, 'ownInterval') : give(order, 'interval', { interval: spanText(ms) });
    }

    /** @param {Event} event */
    async function paceOther(event) {
      event.preventDefault();
      if (await pace(spanMs(other.value))) other.value = { ...other.value, amount: '' };
    }

    return () => {
      const isOff = isBusy.value || props.owners.length === 0;
      return html`
        <div class="steer d-flex flex-wrap align-items-center gap-2" role="group" aria-label=${t('control.steer')}>
          <button type="button" class="btn btn-sm btn-plain" disabled=${isOff} onClick=${() => give(start, 'started')}>
            <span class="sign-start" aria-hidden="true">▶ </span>${t('control.start')}
          </button>
          <button type="button" class="btn btn-sm btn-plain" disabled=${isOff} onClick=${() => give(pause, 'paused')}>
            <span class="sign-pause" aria-hidden="true">‖ </span>${t('control.pause')}
          </button>
          <div class="d-flex flex-wrap align-items-center gap-1" role="group" aria-label=${t('control.interval')}>
            <span class="small text-body-secondary ms-2 me-1" aria-hidden="true">${t('control.interval')}</span>
            ${INTERVALS_MS.map((ms) => choice(spanText(ms), props.interval === ms, props.interval !== undefined, isOff, () => pace(ms)))}
            ${choice(t('control.ownInterval'), props.interval === null, props.interval !== undefined, isOff, () => pace(null))}
          </div>
          <form class="d-flex gap-1" onSubmit=${paceOther}>
            <${SpanInput} id="other-interval" label=${t('control.otherInterval')} placeholder=${t('control.other')} value=${other.value} isRequired=${true}
                onChange=${(/** @type {any} */ value) => { other.value = value; }} />
            <button type="submit" class="btn btn-sm btn-plain text-nowrap" disabled=${isOff}>${t('control.set')}</button>
          </form>
        </div>`;
    };
  },
};

/** @param {string} text @param {boolean} isChosen @param {boolean} isKnown whether one is chosen at all @param {boolean} isOff @param {() => void} choose */
function choice(text, isChosen, isKnown, isOff, choose) {
  return html`
    <button type="button" key=${text} class="btn btn-sm ${isChosen ? 'btn-primary' : 'btn-plain'} text-nowrap"
        aria-pressed=${isKnown ? String(isChosen) : null} disabled=${isOff} onClick=${choose}>${text}</button>`;
}

/** @param {Owner} owner */
function hearsNothing({ kind, name }) {
  return kind === 'client' && status.clients.some((client) => client.client === name && isDeaf(client));
}

/** @param {Owner[]} owners */
function names(owners) {
  const [{ kind, name }] = owners;
  if (owners.length > 1) return t('control.whom.several', { count: owners.length });
  return kind === 'tag' ? t('control.whom.tag', { name }) : name;
}

/** What went wrong, those with one fault together: of many messages nobody reads more than the first. @param {{ owner: Owner, fault: unknown }[]} faults */
function notTold(faults) {
  /** @type {Map<string, string[]>} */
  const whom = new Map();
  for (const { owner, fault } of faults) {
    const text = faultText(fault);
    whom.set(text, [...whom.get(text) ?? [], names([owner])]);
  }
  const lines = [...whom].map(([fault, some]) => t('control.notTold', { whom: few(some), fault }));
  return lines.length > MOST_SAID
    ? [...lines.slice(0, MOST_SAID), t('control.andMore', { count: lines.length - MOST_SAID })].join('\n')
    : lines.join('\n');
}

/** @param {string[]} some */
function few(some) {
  const first = some.sort().slice(0, MOST_SAID).join(', ');
  return some.length > MOST_SAID ? `${first} ${t('control.andMore', { count: some.length - MOST_SAID })}` : first;
}
