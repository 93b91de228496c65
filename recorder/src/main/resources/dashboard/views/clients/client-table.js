// @ts-check
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { COLUMNS } from './columns.js';

/**
 * The clients, each with a box to choose it by.
 *
 * @param {{ lines: import('./columns.js').Line[], sort: string, selected: Set<string>,
 *     onSort: (sort: string) => void, onSelect: (names: string[], isSelected: boolean) => void }} props
 */
export function ClientTable({ lines, sort, selected, onSort, onSelect }) {
  const names = lines.map(({ client }) => client.client);
  const isAll = names.length > 0 && names.every((name) => selected.has(name));
  return html`
    <div class="table-responsive" tabindex="0" role="region" aria-label=${t('clients.title')}>
      <table class="table table-sm align-middle fleet">
        <thead>
          <tr>
            <th scope="col" class="check">
              <input type="checkbox" class="form-check-input" aria-label=${t('clients.selectAll')} checked=${isAll}
                  indeterminate=${!isAll && names.some((name) => selected.has(name))}
                  onChange=${(/** @type {any} */ event) => onSelect(names, event.target.checked)}>
            </th>
            ${COLUMNS.map((column) => head(column, sort, onSort))}
          </tr>
        </thead>
        <tbody>${lines.map((line) => row(line, selected.has(line.client.client), onSelect))}</tbody>
      </table>
    </div>`;
}
ClientTable.props = ['lines', 'sort', 'selected', 'onSort', 'onSelect'];

/** @param {import('./columns.js').Column} column @param {string} sort @param {(sort: string) => void} onSort */
function head(column, sort, onSort) {
  const isSorted = sort.replace(/^-/, '') === column.id;
  const isDown = sort.startsWith('-');
  const next = isSorted ? (isDown ? column.id : `-${column.id}`) : (column.isNumber ? `-${column.id}` : column.id);
  return html`
    <th key=${column.id} scope="col" class="p-0 ${column.class} ${column.isNumber ? 'number' : ''}"
        aria-sort=${isSorted ? (isDown ? 'descending' : 'ascending') : null}>
      <button type="button" class="sort" onClick=${() => onSort(next)}>
        ${t(`clients.columns.${column.id}`)}<span aria-hidden="true">${isSorted ? (isDown ? ' ▼' : ' ▲') : ''}</span>
      </button>
    </th>`;
}

/** @param {import('./columns.js').Line} line @param {boolean} isSelected @param {(names: string[], isSelected: boolean) => void} onSelect */
function row(line, isSelected, onSelect) {
  const name = line.client.client;
  return html`
    <tr key=${name} data-client=${name} data-state=${line.client.state} class=${isSelected ? 'table-active' : ''}>
      <td class="check">
        <input type="checkbox" class="form-check-input" aria-label=${t('clients.select', { client: name })} checked=${isSelected}
            onChange=${(/** @type {any} */ event) => onSelect([name], event.target.checked)}>
      </td>
      ${COLUMNS.map((column) => html`
        <td key=${column.id} class="cell-${column.id} ${column.class} ${column.isNumber ? 'number' : ''} text-break-all">${column.cell(line)}</td>`)}
    </tr>`;
}
