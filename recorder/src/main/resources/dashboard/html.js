// @ts-check
/**
 * Templates without eval: what Vue's own compiler would make needs `new Function`, which the page's
 * Content-Security-Policy forbids. A template is parsed once and makes Vue's virtual nodes:
 *
 *     html`<button type="button" class="btn ${kind}" onClick=${save}>${t('save')}</button>`
 *     html`<${Chart} option=${option} ...${more} />`
 *     html`<${Panel}>${{ head: () => 'Title', default: () => html`<p>Text</p>` }}</${Panel}>`
 *
 * Values are text, numbers, nodes, arrays of them, or nothing (null, undefined, booleans); a text is
 * never markup. Attributes are as Vue's `h` has them (`onClick`, `class`, `key`, `ref`). White space
 * with a line break in it, at the ends of a text, is dropped.
 */
import { Comment, Fragment, Text, cloneVNode, h, isVNode } from './lib/vue.js';

/**
 * @typedef {string | number} Slot the number is the place of a value
 * @typedef {{ name: string | null, parts: Slot[] }} Attribute without a name it is spread
 * @typedef {{ tag: Slot, attributes: Attribute[], children: Child[] }} Element
 * @typedef {Element | Slot} Child
 */

/** @type {WeakMap<TemplateStringsArray, Child[]>} */
const parsed = new WeakMap();

/**
 * @param {TemplateStringsArray} strings
 * @param {...any} values
 * @returns {any} the node; an array of them where the template has several
 */
export function html(strings, ...values) {
  let tree = parsed.get(strings);
  if (!tree) {
    tree = new Parser(strings).parse();
    parsed.set(strings, tree);
  }
  const nodes = tree.map((child) => build(child, values));
  return nodes.length === 1 ? nodes[0] : nodes.map(placed);
}

/** @param {Child} child @param {any[]} values */
function build(child, values) {
  if (typeof child === 'string') return child;
  if (typeof child === 'number') return values[child];
  /** @type {Record<string, any>} */
  const props = {};
  for (const { name, parts } of child.attributes) {
    if (name === null) Object.assign(props, values[/** @type {number} */ (parts[0])]);
    else props[name] = attribute(parts, values);
  }
  const tag = typeof child.tag === 'number' ? values[child.tag] : child.tag;
  const built = child.children.map((inner) => build(inner, values));
  if (built.length === 1 && typeof tag !== 'string' && isSlots(built[0])) return h(tag, props, built[0]);
  const children = built.length === 1 ? built : built.map(placed);
  if (typeof tag === 'string') return h(tag, props, children);
  return h(tag, props, children.length === 0 ? undefined : { default: () => children });
}

/**
 * A child with its place in the template as its key. Without keys Vue pairs neighbours by their kind,
 * and where one comes or goes it may move the others in the page: what moves loses the focus.
 *
 * @param {any} child @param {number} place
 */
function placed(child, place) {
  const key = `@${place}`;
  if (isVNode(child)) return child.key === null ? cloneVNode(child, { key }) : child;
  if (Array.isArray(child)) return h(Fragment, { key }, child);
  if (child === null || child === undefined || typeof child === 'boolean') return h(Comment, { key });
  return h(Text, { key }, String(child));
}

/** @param {any} value */
function isSlots(value) {
  return typeof value === 'function'
      || (value !== null && typeof value === 'object' && !Array.isArray(value) && !value.__v_isVNode);
}

/** @param {Slot[]} parts @param {any[]} values */
function attribute(parts, values) {
  if (parts.length === 0) return '';
  if (parts.length === 1) return typeof parts[0] === 'number' ? values[parts[0]] : parts[0];
  return parts.map((part) => (typeof part === 'number' ? values[part] ?? '' : part)).join('');
}

const NAME = /[^\s=/>]+/y;
const SPACE = /\s*/y;
const VOID = new Set(['br', 'hr', 'img', 'input', 'col', 'link', 'path', 'rect', 'circle', 'line']);

/** Reads a template; faults in one are the programmer's, and thrown with the text where they are. */
class Parser {
  /** @param {TemplateStringsArray} strings */
  constructor(strings) {
    /** Values stand in the text as a character that no source file has, and count upwards. */
    this.text = strings.join('\0');
    this.at = 0;
    this.value = 0;
  }

  parse() {
    const children = this.children(null);
    if (this.at < this.text.length) throw this.fault('an end without a beginning');
    return children;
  }

  /** @param {Slot | null} within @returns {Child[]} */
  children(within) {
    /** @type {Child[]} */
    const children = [];
    while (this.at < this.text.length && !this.text.startsWith('</', this.at)) {
      if (this.text[this.at] === '<') children.push(this.element());
      else if (this.text[this.at] === '\0') children.push(this.next());
      else {
        const words = trimmed(this.until(/[<\0]/g));
        if (words) children.push(words);
      }
    }
    if (within !== null && this.at >= this.text.length) throw this.fault(`<${within}> has no end`);
    return children;
  }

  /** @returns {Element} */
  element() {
    this.at++;
    const tag = this.text[this.at] === '\0' ? this.next() : this.match(NAME);
    /** @type {Attribute[]} */
    const attributes = [];
    for (this.match(SPACE); !/[/>]/.test(this.text[this.at] ?? '>'); this.match(SPACE)) {
      attributes.push(this.attribute());
    }
    if (this.text.startsWith('/>', this.at)) {
      this.at += 2;
      return { tag, attributes, children: [] };
    }
    this.expect('>');
    if (VOID.has(/** @type {string} */ (tag))) return { tag, attributes, children: [] };
    const children = this.children(tag);
    this.expect('</');
    if (this.text[this.at] === '\0') this.next();
    else if (this.match(NAME) !== tag) throw this.fault(`<${tag}> ends as another`);
    this.expect('>');
    return { tag, attributes, children };
  }

  /** @returns {Attribute} */
  attribute() {
    if (this.text.startsWith('...\0', this.at)) {
      this.at += 3;
      return { name: null, parts: [this.next()] };
    }
    const name = this.match(NAME);
    if (this.text[this.at] !== '=') return { name, parts: [] };
    this.at++;
    if (this.text[this.at] === '\0') return { name, parts: [this.next()] };
    this.expect('"');
    /** @type {Slot[]} */
    const parts = [];
    while (this.text[this.at] !== '"') {
      if (this.at >= this.text.length) throw this.fault(`${name} has no closing quote`);
      parts.push(this.text[this.at] === '\0' ? this.next() : this.until(/["\0]/g));
    }
    this.at++;
    return { name, parts };
  }

  next() {
    this.at++;
    return this.value++;
  }

  /** @param {RegExp} end */
  until(end) {
    end.lastIndex = this.at;
    const found = end.exec(this.text);
    const stop = found ? found.index : this.text.length;
    const between = this.text.slice(this.at, stop);
    this.at = stop;
    return between;
  }

  /** @param {RegExp} pattern */
  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) throw this.fault('no name');
    this.at = pattern.lastIndex;
    return found[0];
  }

  /** @param {string} token */
  expect(token) {
    if (!this.text.startsWith(token, this.at)) throw this.fault(`'${token}' is missing`);
    this.at += token.length;
  }

  /** @param {string} what */
  fault(what) {
    const around = this.text.slice(Math.max(0, this.at - 40), this.at + 40).replaceAll('\0', '${…}');
    return new SyntaxError(`Template: ${what} near: ${around}`);
  }
}

/** @param {string} text */
function trimmed(text) {
  return text.replace(/^\s*\n\s*/, '').replace(/\s*\n\s*$/, '').replace(/\s+/g, ' ');
}
