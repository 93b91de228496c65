// @ts-check
import { onMounted, onUnmounted, ref } from '../lib/vue.js';
import { isRecorderThere, watchRecorder } from '../api.js';
import { html } from '../html.js';
import { shortTime, t } from '../i18n.js';
import { connection, retryNow } from '../live.js';

const ASK_MS = 2_000;

/** Says that the recorder does not answer, for as long as it does not. */
export const LostBanner = {
  setup() {
    const since = ref(/** @type {number | null} */ (null));
    let timer = 0;

    /** @param {boolean} isThere */
    function hear(isThere) {
      if (isThere) {
        if (since.value !== null) retryNow();
        since.value = null;
      } else {
        since.value ??= Date.now();
      }
    }

    async function ask() {
      if (since.value !== null || connection.state === 'lost') await isRecorderThere();
      timer = setTimeout(ask, ASK_MS);
    }

    const stop = watchRecorder(hear);
    onMounted(ask);
    onUnmounted(() => {
      stop();
      clearTimeout(timer);
    });
    return () => since.value !== null && html`
      <div class="alert alert-warning rounded-0 mb-0 py-2" role="alert" data-testid="lost">
        <span aria-hidden="true">⚠ </span>${t('page.lost', { since: shortTime(since.value) })}
      </div>`;
  },
};
