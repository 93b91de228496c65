// @ts-check
import { onMounted, onUnmounted, ref, shallowRef } from '../../lib/vue.js';
import { html } from '../../html.js';
import { Chart } from '../../charts/chart.js';
import { moved, zoomed } from './range.js';
import { LEFT_PX, RIGHT_PX } from './smoke.js';

/** A drag that is shorter was a click. */
const LEAST_PX = 6;
const WHEEL = 0.0015;
const KEY_STEP = 0.1;

/**
 * A chart in which one zooms and moves: dragging chooses a stretch, dragging with Shift or a finger
 * moves, Ctrl and the wheel (or two fingers) zooms, Shift and the wheel moves; arrows, + and − do it by keys.
 *
 * `look` gets the stretch that is wanted.
 */
export const Plot = {
  props: ['option', 'label', 'height', 'range', 'hint'],
  emits: ['look'],
  /** @param {any} props @param {any} context */
  setup(props, { emit }) {
    const box = shallowRef(/** @type {HTMLElement | null} */ (null));
    const chosen = ref(/** @type {{ from: number, to: number } | null} */ (null));
    /** Where fingers and the mouse's button are, and what was shown when they came. @type {Map<number, number>} */
    const pointers = new Map();
    /** @type {{ start: number, end: number } | null} */
    let before = null;
    let beganAt = [0, 0];
    let isMoving = false;

    const width = () => Math.max((box.value?.clientWidth ?? 1) - LEFT_PX - RIGHT_PX, 1);

    /** @param {{ clientX: number }} event */
    function pixel(event) {
      const left = (box.value?.getBoundingClientRect().left ?? 0) + LEFT_PX;
      return Math.min(Math.max(event.clientX - left, 0), width());
    }

    /** @param {number} px @param {{ start: number, end: number }} range */
    const timeAt = (px, range) => range.start + (px / width()) * (range.end - range.start);

    /** @param {PointerEvent} event */
    function down(event) {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, pixel(event));
      before = { ...props.range };
      beganAt = [...pointers.values()];
      isMoving = event.shiftKey || event.pointerType === 'touch';
      if (!isMoving) chosen.value = { from: pixel(event), to: pixel(event) };
      box.value?.setPointerCapture(event.pointerId);
    }

    /** @param {PointerEvent} event */
    function move(event) {
      if (!pointers.has(event.pointerId) || !before) return;
      pointers.set(event.pointerId, pixel(event));
      if (chosen.value) {
        chosen.value = { ...chosen.value, to: pixel(event) };
        return;
      }
      const now = [...pointers.values()];
      const length = before.end - before.start;
      if (now.length >= 2) {
        const apart = Math.max(Math.abs(now[0] - now[1]), LEAST_PX);
        const factor = Math.max(Math.abs(beganAt[0] - beganAt[1]), LEAST_PX) / apart;
        emit('look', zoomed(before, factor, timeAt((beganAt[0] + beganAt[1]) / 2, before)));
      } else if (isMoving && Math.abs(now[0] - beganAt[0]) >= LEAST_PX) {
        const by = ((beganAt[0] - now[0]) / width()) * length;
        emit('look', { start: before.start + by, end: before.end + by });
      }
    }

    /** @param {PointerEvent} event */
    function up(event) {
      if (!pointers.delete(event.pointerId)) return;
      if (chosen.value && before && event.type === 'pointerup') {
        const { from, to } = chosen.value;
        if (Math.abs(to - from) >= LEAST_PX) {
          emit('look', { start: timeAt(Math.min(from, to), before), end: timeAt(Math.max(from, to), before) });
        }
      }
      chosen.value = null;
      before = pointers.size > 0 ? { ...props.range } : null;
      beganAt = [...pointers.values()];
    }

    /** @param {WheelEvent} event */
    function wheel(event) {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        emit('look', zoomed(props.range, Math.exp(event.deltaY * WHEEL * 2), timeAt(pixel(event), props.range)));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        emit('look', moved(props.range, (event.deltaX || event.deltaY) / width()));
      }
    }

    /** @param {KeyboardEvent} event */
    function key(event) {
      const { start, end } = props.range;
      const middle = (start + end) / 2;
      const wanted = /** @type {Record<string, () => any>} */ ({
        ArrowLeft: () => moved(props.range, -KEY_STEP),
        ArrowRight: () => moved(props.range, KEY_STEP),
        PageUp: () => moved(props.range, -1),
        PageDown: () => moved(props.range, 1),
        '+': () => zoomed(props.range, 0.5, middle),
        '=': () => zoomed(props.range, 0.5, middle),
        '-': () => zoomed(props.range, 2, middle),
      })[event.key];
      if (!wanted || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      emit('look', wanted());
    }

    onMounted(() => {
      // Vue's listeners would be passive, and could not hold the page still.
      box.value?.addEventListener('wheel', wheel, { passive: false });
    });
    onUnmounted(() => box.value?.removeEventListener('wheel', wheel));

    return () => html`
      <div ref=${box} class="plot" tabindex="0" role="group" aria-label=${props.label} aria-describedby=${props.hint}
          onPointerdown=${down} onPointermove=${move} onPointerup=${up} onPointercancel=${up} onKeydown=${key}>
        <${Chart} option=${props.option} label=${props.label} height=${props.height} />
        ${chosen.value && html`<div class="plot-chosen" style=${{
          left: `${LEFT_PX + Math.min(chosen.value.from, chosen.value.to)}px`,
          width: `${Math.abs(chosen.value.to - chosen.value.from)}px`,
        }}></div>`}
      </div>`;
  },
};
