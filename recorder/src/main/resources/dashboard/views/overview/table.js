// @ts-check
import { onMounted, onUnmounted, ref, shallowRef } from '../../lib/vue.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { COLUMNS, isFailing } from './columns.js';

const ROW_PX = 37;
/** Above and below what is in sight, so that a quick scroll meets no empty place. */
const SPARE = 10;
/** Letters that these columns have room for at least and at most; what is left is shared by how long their texts are. */
const FEWEST = 11;
const MOST = 24;
const SHARING = /** @type {const} */ (['name', 'ip', 'client']);

/**
 * The ips, of which only the rows in sight are in the page: 5,000 are as quick as 50.
 *
 * `lines` are rows and groups; `at` the time in epoch milliseconds that durations are counted to.
 * `version` changes whenever any of the rows has; `isOld` says that their numbers are of another window.
 */
export const IpTable = {
  props: ['lines', 'sort', 'at', 'version', 'isOld'],
  emits: ['sort', 'toggle'],
  /** @param {any} props @param {any} context */
  setup(props, { emit }) {
    const box = shallowRef(/** @type {HTMLElement | null} */ (null));
    const first = ref(0);
    const count = ref(40);
    /** @type {ResizeObserver} */
    let observer;

    function measure() {
      if (!box.value) return;
      first.value = Math.max(0, Math.floor(box.value.scrollTop / ROW_PX) - SPARE);
      count.value = Math.ceil(box.value.clientHeight / ROW_PX) + 2 * SPARE;
    }

    onMounted(() => {
      observer = new ResizeObserver(measure);
      observer.observe(/** @type {HTMLElement} */ (box.value));
      measure();
    });
    onUnmounted(() => observer.disconnect());

    return () => {
      const from = Math.min(first.value, Math.max(0, props.lines.length - count.value));
      const shown = props.lines.slice(from, from + count.value);
      const shares = sharesOf(props.lines);
      return html`
        <div class="rows" ref=${box} tabindex="0" role="region" aria-label=${t('overview.table')}
            aria-busy=${String(props.isOld)} onScroll=${measure} onMouseover=${tellIfCut}>
          <table class="table table-sm align-middle" aria-rowcount=${props.lines.length + 1}>
            <colgroup>${COLUMNS.map((column) => html`<col key=${column.id} class="column-${column.id} ${column.class}"
                style=${{ '--share': shares[column.id] }}>`)}</colgroup>
            <thead><tr aria-rowindex="1">${COLUMNS.map((column) => head(column, props.sort, emit))}</tr></thead>
            <tbody>
              ${filler('above', from)}
              ${shown.map((/** @type {any} */ line, /** @type {number} */ index) => (line.key === undefined
                ? group(line, from + index + 2, emit)
                : row(line, from + index + 2, props.at)))}
              ${filler('below', props.lines.length - from - shown.length)}
            </tbody>
          </table>
        </div>`;
    };
  },
};

/** How the room is shared. @param {any[]} lines @returns {Record<string, number>} of one */
function sharesOf(lines) {
  const longest = SHARING.map((column) => Math.min(MOST, lines.reduce(
    (most, line) => Math.max(most, (line[column] ?? (column === 'name' ? line.ip : null))?.length ?? 0), FEWEST)));
  const all = longest.reduce((sum, letters) => sum + letters, 0);
  return Object.fromEntries(SHARING.map((column, index) => [column, longest[index] / all]));
}

/** A text that its column cuts off is shown whole above it. @param {MouseEvent} event */
function tellIfCut(event) {
  const cell = /** @type {HTMLElement} */ (event.target).closest('td, th');
  if (!(cell instanceof HTMLElement)) return;
  const isCut = [cell, ...cell.children].some((part) => part.scrollWidth > part.clientWidth && part.clientWidth > 0);
  cell.title = isCut ? cell.innerText.trim() : '';
}

/** @param {import('./columns.js').Column} column @param {string} sort @param {(event: string, sort: string) => void} emit */
function head(column, sort, emit) {
  const isSorted = sort.replace(/^-/, '') === column.id;
  const isDown = sort.startsWith('-');
  const next = isSorted ? (isDown ? column.id : `-${column.id}`) : (column.isNumber ? `-${column.id}` : column.id);
  return html`
    <th key=${column.id} scope="col" class="head-${column.id} ${column.class} ${column.isNumber ? 'number' : ''}"
        aria-sort=${isSorted ? (isDown ? 'descending' : 'ascending') : null}>
      <button type="button" class="sort" onClick=${() => emit('sort', next)}>
        ${t(`overview.columns.${column.id}`)}<span aria-hidden="true">${isSorted ? (isDown ? ' ▼' : ' ▲') : ''}</span>
      </button>
    </th>`;
}

/** @param {import('./rows.js').Row} line @param {number} index @param {number} at */
function row(line, index, at) {
  return html`
    <tr key=${line.key} aria-rowindex=${index} class=${isFailing(line) ? 'failing' : ''} data-ip=${line.ip}>
      ${COLUMNS.map((column) => html`
        <td key=${column.id} class="cell-${column.id} ${column.class} ${column.isNumber ? 'number' : ''}">${column.cell(line, at)}</td>`)}
    </tr>`;
}

/** @param {import('./lines.js').Group} line @param {number} index @param {(event: string, group: string) => void} emit */
function group(line, index, emit) {
  return html`
    <tr key=${`group ${line.group}`} aria-rowindex=${index} class="group">
      <td colspan=${COLUMNS.length}>
        <button type="button" class="btn btn-sm p-0 me-2 border-0 text-reset fw-semibold" aria-expanded=${String(line.isOpen)}
            onClick=${() => emit('toggle', line.group)}><span aria-hidden="true">${line.isOpen ? '▾' : '▸'} </span>${line.group}</button>
        ${line.clients === null ? t('overview.groupCount', { count: line.ips }) : t('control.whom.several', { count: line.clients })}${line.down > 0 ? ` · ✕ ${t('overview.groupDown', { count: line.down })}` : ''}
      </td>
    </tr>`;
}

/** Stands for rows out of sight. @param {string} key @param {number} rows */
function filler(key, rows) {
  return rows > 0 && html`
    <tr key=${key} class="filler" aria-hidden="true"><td colspan=${COLUMNS.length} style=${{ height: `${rows * ROW_PX}px` }}></td></tr>`;
}
