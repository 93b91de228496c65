// @ts-check
import { onMounted, onUnmounted, shallowRef, watch } from '../lib/vue.js';
import { init } from '../lib/echarts.js';
import { html } from '../html.js';
import { dateTime, language } from '../i18n.js';
import { color, painted } from '../theme.js';

/**
 * Colors as the theme has them now. Those of outcomes are the same as in tables.
 *
 * @typedef {ReturnType<typeof palette>} Palette
 */
function palette() {
  return {
    text: color('--bs-body-color'),
    faint: color('--bs-secondary-color'),
    line: color('--bs-border-color'),
    page: color('--bs-body-bg'),
    reply: color('--pr-reply'),
    late: color('--pr-late'),
    lost: color('--pr-lost'),
    unreachable: color('--pr-unreachable'),
    notSent: color('--pr-not-sent'),
    unknown: color('--pr-unknown'),
    up: color('--pr-up'),
  };
}

/**
 * An ECharts chart that follows the theme, the language and its own size.
 *
 * `option` makes ECharts' option of a palette; give another function where the data is another, or
 * change what it reads. `label` says what the chart shows, for who cannot see it: put the numbers in a
 * table beside it too.
 * Tooltips: let `formatter` return an element that `tooltip` makes, because text of the outside must
 * not become markup, and the page's policy allows no inline styles.
 */
export const Chart = {
  props: { option: Function, label: String, height: { default: '20rem' } },
  /** @param {any} props */
  setup(props) {
    const box = shallowRef(/** @type {HTMLElement | null} */ (null));
    /** @type {any} */
    let chart = null;
    /** @type {ResizeObserver} */
    let observer;

    function draw() {
      chart?.setOption(withDefaults(props.option(palette())), { replaceMerge: ['series', 'xAxis', 'yAxis'] });
    }

    onMounted(() => {
      chart = init(box.value, null, { renderer: 'canvas' });
      draw();
      observer = new ResizeObserver(() => chart.resize());
      observer.observe(/** @type {HTMLElement} */ (box.value));
    });
    onUnmounted(() => {
      observer.disconnect();
      chart.dispose();
      chart = null;
    });
    watch([() => props.option, painted, language], draw);
    return () => html`<div ref=${box} role="img" aria-label=${props.label} style=${{ height: props.height }}></div>`;
  },
};

/** @param {any} option */
function withDefaults(option) {
  const colors = palette();
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { color: colors.text, fontFamily: getComputedStyle(document.body).fontFamily },
    ...option,
    tooltip: option.tooltip && {
      backgroundColor: colors.page,
      borderColor: colors.line,
      textStyle: { color: colors.text },
      confine: true,
      ...option.tooltip,
    },
  };
}

/** Lines of an axis in the theme's colors; spread it into an axis. @param {Palette} colors */
export function axis(colors) {
  return {
    axisLine: { lineStyle: { color: colors.line } },
    axisLabel: { color: colors.faint, hideOverlap: true },
    splitLine: { lineStyle: { color: colors.line, opacity: 0.6 } },
    nameTextStyle: { color: colors.faint },
  };
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Labels of a time axis in the reader's language and time zone. @param {number} windowMs how much the axis shows */
export function timeLabel(windowMs) {
  /** @type {Intl.DateTimeFormatOptions} */
  let options = { dateStyle: 'medium' };
  if (windowMs <= 10 * MINUTE_MS) options = { timeStyle: 'medium' };
  else if (windowMs <= DAY_MS) options = { timeStyle: 'short' };
  else if (windowMs <= 10 * DAY_MS) options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
  return (/** @type {number} */ at) => dateTime(at, options);
}

/**
 * What a tooltip shows, made of texts alone.
 *
 * @param {string} title
 * @param {{ name: string, value: string, color?: string }[]} rows
 */
export function tooltip(title, rows) {
  const box = document.createElement('div');
  const head = document.createElement('strong');
  head.textContent = title;
  box.append(head);
  for (const { name, value, color: mark } of rows) {
    const row = document.createElement('div');
    row.className = 'tooltip-row';
    const sign = document.createElement('span');
    sign.className = 'tooltip-mark';
    if (mark) sign.style.background = mark;
    const label = document.createElement('span');
    label.textContent = name;
    const number = document.createElement('span');
    number.className = 'ms-auto ps-3 number';
    number.textContent = value;
    row.append(sign, label, number);
    box.append(row);
  }
  return box;
}
