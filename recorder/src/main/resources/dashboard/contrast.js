// @ts-check
/**
 * Makes any theme legible: not all of the set keep a contrast of 4.5 to 1 between text and what is
 * behind it. A color that does not is mixed with white or black, as little as is enough; the results
 * are variables, with the names that Bootstrap has for them or `--pr-…`, which `contrast.css` uses.
 */

/** @typedef {[number, number, number]} Color red, green and blue, 0 to 255 */

/** WCAG wants 4.5 of text and 3 of marks; a little more, because colors are rounded. */
const TEXT = 4.6;
const MARK = 3.1;

const VARIANTS = ['primary', 'secondary', 'success', 'danger', 'warning', 'info'];
const MARKS = [
  'reply', 'late', 'lost', 'unreachable', 'not-sent', 'unknown', 'up',
  ...[1, 2, 3, 4, 5].map((level) => `loss-${level}`), ...[1, 2, 3, 4, 5, 6].map((place) => `client-${place}`),
];
const OUTCOME_TEXTS = ['late', 'lost'];

/** @type {Color} */
const WHITE = [255, 255, 255];
/** @type {Color} */
const BLACK = [0, 0, 0];
/** Of rows that fail. @type {Color} */
const RED = [220, 53, 69];

/** Does it for the theme that is shown now. */
export function makeLegible() {
  const { style } = document.documentElement;
  for (const name of [...style]) if (name.startsWith('--')) style.removeProperty(name);
  const theme = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => parse(theme.getPropertyValue(name));
  const text = read('--bs-body-color') ?? BLACK;
  const variants = VARIANTS.map((name) => ({ name, color: read(`--bs-${name}`) ?? text }));
  // What text may stand on: the page, heads of tables, rows that fail, alerts.
  const surfaces = (/** @type {Color} */ page) =>
    [page, mix(page, text, 0.06), mix(page, RED, 0.2), ...variants.map(({ color }) => mix(page, color, 0.12))];
  const given = read('--bs-body-bg') ?? WHITE;
  const [ink, paper] = luminance(text) > luminance(given) ? [WHITE, BLACK] : [BLACK, WHITE];
  // Of a page that is neither light nor dark, neither white nor black can be read: it is moved too.
  let page = given;
  for (let part = 0; worst(ink, surfaces(page)) < TEXT; part += 0.04) page = mix(given, paper, part);
  const behind = surfaces(page);

  const set = (/** @type {string} */ name, /** @type {Color} */ color) => {
    style.setProperty(name, `rgb(${color.join(' ')})`);
    style.setProperty(`${name}-rgb`, color.join(','));
  };
  if (page !== given) set('--bs-body-bg', page);
  const body = legible(text, behind, TEXT);
  set('--bs-body-color', body);
  set('--bs-emphasis-color', body);
  set('--bs-secondary-color', legible(mix(page, body, 0.75), behind, TEXT));
  set('--bs-heading-color', legible(read('--bs-heading-color') ?? body, behind, TEXT));
  const link = legible(read('--bs-link-color') ?? text, behind, TEXT);
  set('--bs-link-color', link);
  set('--bs-link-hover-color', mix(link, body, 0.4));
  for (const { name, color } of variants) {
    const on = contrast(WHITE, color) >= 2.5 ? WHITE : BLACK;
    const fill = legible(color, [on], TEXT, on === WHITE ? BLACK : WHITE);
    set(`--pr-${name}-text`, legible(color, behind, TEXT));
    set(`--pr-${name}-on`, on);
    set(`--pr-${name}-fill`, fill);
    set(`--pr-${name}-hover`, mix(fill, on === WHITE ? BLACK : WHITE, 0.15));
  }
  for (const name of OUTCOME_TEXTS) set(`--pr-${name}-text`, legible(read(`--pr-${name}`) ?? text, behind, TEXT));
  for (const name of MARKS) set(`--pr-${name}`, legible(read(`--pr-${name}`) ?? text, [page], MARK));
}

/**
 * The color, mixed with as little of the pole as is enough.
 *
 * @param {Color} color
 * @param {Color[]} behind
 * @param {number} enough
 * @param {Color} [pole]
 * @returns {Color}
 */
function legible(color, behind, enough, pole = worst(WHITE, behind) > worst(BLACK, behind) ? WHITE : BLACK) {
  for (let part = 0; part < 1; part += 0.04) {
    const mixed = mix(color, pole, part);
    if (worst(mixed, behind) >= enough) return mixed;
  }
  return pole;
}

/** @param {Color} color @param {Color[]} behind */
function worst(color, behind) {
  return Math.min(...behind.map((other) => contrast(color, other)));
}

/** As WCAG defines it, 1 to 21. @param {Color} a @param {Color} b */
export function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {Color} color */
function luminance(color) {
  const [red, green, blue] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {Color} a @param {Color} b @param {number} part of b @returns {Color} */
function mix(a, b, part) {
  return /** @type {Color} */ (a.map((value, index) => Math.round(value + (b[index] - value) * part)));
}

/** @param {string} text `#rgb`, `#rrggbb` or `rgb(…)`, such as themes have @returns {Color | null} */
function parse(text) {
  const value = text.trim();
  const short = /^#(.)(.)(.)$/.exec(value);
  if (short) return /** @type {Color} */ (short.slice(1).map((digit) => parseInt(digit + digit, 16)));
  const long = /^#(..)(..)(..)$/.exec(value);
  if (long) return /** @type {Color} */ (long.slice(1).map((digits) => parseInt(digits, 16)));
  const numbers = /^rgba?\((\d+)[ ,]+(\d+)[ ,]+(\d+)/.exec(value);
  return numbers ? /** @type {Color} */ (numbers.slice(1).map(Number)) : null;
}
