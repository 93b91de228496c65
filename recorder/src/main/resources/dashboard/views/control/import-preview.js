// @ts-check
import { html } from '../../html.js';
import { t } from '../../i18n.js';

/** Of a longer text only the lines are shown that cannot be read. */
const MOST_LINES = 200;

/**
 * The lines of a text, with what is wrong beside those that cannot be read.
 *
 * @param {{ text: string, faults: { line: number, message: string }[] }} props
 */
export function ImportPreview({ text, faults }) {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  const wrong = new Map(faults.map(({ line, message }) => [line, message]));
  const isLong = lines.length > MOST_LINES;
  const shown = isLong ? faults.slice(0, MOST_LINES).map(({ line }) => line) : lines.map((_, index) => index + 1);
  return html`
    ${isLong && html`<p class="small mb-1">${faults.length === 0 ? t('control.import.allRead', { count: lines.length }) : t('control.import.onlyWrong', { count: shown.length })}</p>`}
    ${shown.length > 0 && html`
      <div class="preview" tabindex="0" role="region" aria-label=${t('control.import.preview')}>
        <table class="table table-sm mb-0">
          <thead class="visually-hidden"><tr><th scope="col">${t('control.import.line')}</th><th scope="col">${t('control.import.said')}</th></tr></thead>
          <tbody>${shown.map((line) => html`
            <tr key=${line} data-line=${line} class=${wrong.has(line) ? 'bad' : ''}>
              <td class="number text-body-secondary">${line}</td>
              <td class="text-break-all">${lines[line - 1]}${wrong.has(line) && html`
                <div class="said"><span aria-hidden="true">✕ </span>${wrong.get(line)}</div>`}</td>
            </tr>`)}</tbody>
        </table>
      </div>`}`;
}
ImportPreview.props = ['text', 'faults'];
