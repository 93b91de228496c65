// @ts-check
import { ref } from '../lib/vue.js';
import { probe } from '../api.js';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { failed, succeeded } from './toasts.js';

/**
 * A link to a file that the API makes. The browser stores an answer of any length; what the API says
 * against it is told first.
 *
 * `to` makes its address when it is wanted: a window that ends now ends then.
 */
export const FileLink = {
  props: { to: Function, file: String, isOff: Boolean },
  /** @param {any} props @param {any} context */
  setup(props, { slots }) {
    const isBusy = ref(false);

    /** @param {Event} event */
    async function take(event) {
      event.preventDefault();
      if (isBusy.value || props.isOff) return;
      isBusy.value = true;
      const url = props.to();
      try {
        await probe(url);
        const link = document.createElement('a');
        link.href = url.href;
        link.download = props.file;
        link.click();
        succeeded(t('page.download', { file: props.file }));
      } catch (fault) {
        failed(fault);
      }
      isBusy.value = false;
    }

    return () => {
      const isOff = isBusy.value || props.isOff;
      return html`
        <a class="btn btn-sm btn-plain ${isOff ? 'disabled' : ''}" href=${props.to().href} download=${props.file}
            aria-disabled=${isOff ? 'true' : null} onClick=${take}>${slots.default?.()}</a>`;
    };
  },
};
