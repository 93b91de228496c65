// @ts-check
import { html } from '../html.js';
import { t } from '../i18n.js';
import { succeeded, failed } from './toasts.js';

/** Puts a text where the reader can paste it; browsers give no way to where the page has no TLS and is not local. */
export const canCopy = Boolean(navigator.clipboard);

/** @param {string} text */
export function copy(text) {
  navigator.clipboard.writeText(text).then(() => succeeded(t('page.copied')), failed);
}

/** A command to run elsewhere: one click chooses all of it. @param {{ text: string, label?: string }} props */
export function Command({ text, label }) {
  return html`
    <pre class="command" tabindex="0" aria-label=${label}><code>${text}</code></pre>
    ${canCopy && html`
      <p><button type="button" class="btn btn-primary btn-sm" onClick=${() => copy(text)}>${t('page.copy')}</button></p>`}`;
}
Command.props = ['text', 'label'];
