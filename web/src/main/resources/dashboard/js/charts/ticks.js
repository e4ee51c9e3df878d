import { count, setting, signed } from '../app/format.js';

/** Where an axis of numbers has ticks, and what they say. */

/** Above this ratio of the largest to the smallest value, an axis is logarithmic. */
const WIDE = 10;

/** Up to this number of different values, each has a tick. */
const MOST_VALUES = 8;

/** Round ticks that an axis has at most. */
const MOST_ROUND = 9;

/** Pixels that a character of a tick takes, and that are left free between two ticks. */
const CHARACTER = 7;
const APART = 10;

/** What rounding may add to the logarithm of a ratio. */
const ROUNDING = 1e-9;

/** Whether there are at least three values, each some doublings above the one before, such as batch sizes. @param {number[]} values */
function areDoublingsApart(values) {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  return sorted.length > 2 && sorted.slice(1).every((value, i) => {
    const doublings = Math.log2(value / sorted[i]);
    return doublings > 0.5 && Math.abs(doublings - Math.round(doublings)) < ROUNDING;
  });
}

/**
 * Whether values are shown on a logarithmic axis: those far apart, and those that are doublings apart. Seeds are names, of which none
 * is ten times another one.
 *
 * @param {number[]} values
 * @param {string} [name] of the parameter
 * @param {boolean} [log] whether they were chosen on a logarithmic scale, if that is known
 */
export function isWide(values, name, log) {
  const low = Math.min(...values);
  if (name === 'seed' || low <= 0) {
    return false;
  }
  const ratio = Math.max(...values) / low;
  return log === undefined ? ratio > WIDE || areDoublingsApart(values) : log && ratio > 1;
}

/** A number at a tick: 1,200, 0.004, 4e-5. @param {number} value */
export function tickWords(value) {
  const rounded = Number(value.toPrecision(6));
  return Number.isInteger(rounded) ? signed(count(rounded)) : setting(rounded);
}

/**
 * Round numbers from the lowest to the highest: multiples of 1, 2 or 5 times a power of ten, and of whole numbers only
 * if all values are.
 *
 * @param {number} low
 * @param {number} high
 * @param {boolean} whole
 * @returns {number[]}
 */
export function roundTicks(low, high, whole) {
  const rough = (high - low) / MOST_ROUND;
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10;
  const step = whole ? Math.max(1, factor * power) : factor * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * Powers of ten from the lowest to the highest, and if those are few, twice and five times them; round numbers if even
 * these are too few.
 *
 * @param {number} low above zero
 * @param {number} high
 * @param {boolean} whole
 * @returns {number[]}
 */
export function logTicks(low, high, whole) {
  const digits = high / low > 1000 ? [1] : [1, 2, 5];
  /** @type {number[]} */
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    ticks.push(...digits.map((digit) => Number(`${digit}e${power}`)));
  }
  const within = ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9) && (!whole || Number.isInteger(tick)));
  return within.length > 1 ? within : roundTicks(low, high, whole);
}

/**
 * Those ticks whose labels do not overlap; the first and the last are kept.
 *
 * @param {{at: number, words: string}[]} ticks in order, at pixels
 * @returns {boolean[]} by tick
 */
export function shownTicks(ticks) {
  const half = ({ words = '' }) => (words.length * CHARACTER) / 2;
  const clear = (/** @type {{at: number, words: string}} */ a, /** @type {{at: number, words: string}} */ b) => b.at - half(b) - (a.at + half(a)) >= APART;
  const last = ticks[ticks.length - 1];
  let before = ticks[0];
  return ticks.map((tick, i) => {
    const shown = i === 0 || (tick === last ? clear(before, tick) || before === ticks[0] : clear(before, tick) && clear(tick, last));
    before = shown ? tick : before;
    return shown;
  });
}

/**
 * Those places on a horizontal axis whose labels do not overlap.
 *
 * @param {number[]} places in order
 * @param {{type: string, min: number, max: number, maxWidth: number}} axis while it is laid out
 * @param {(place: number) => string} [words] the longest line of a label
 */
export function fitting(places, { type, min, max, maxWidth }, words = tickWords) {
  const scaled = (/** @type {number} */ value) => (type === 'logarithmic' ? Math.log(value) : value);
  const at = (/** @type {number} */ value) => ((scaled(value) - scaled(min)) / (scaled(max) - scaled(min))) * maxWidth;
  const shown = shownTicks(places.map((value) => ({ at: at(value), words: words(value) })));
  return places.filter((_, i) => shown[i]);
}

/** Fewer and fewer of these round ticks, which are equally far apart; on a logarithmic axis, powers of ten in the end. @param {number[]} ticks @param {boolean} log */
function thinner(ticks, log) {
  const step = ticks[1] - ticks[0];
  return log
    ? [ticks, ticks.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(9))))]
    : [1, 2, 4, 5, 10].map((every) => ticks.filter((tick) => Math.round(tick / step) % every === 0));
}

/**
 * Options of a horizontal axis of numbers: ticks at the values themselves if they are few, otherwise at round numbers.
 *
 * @param {number[]} values at least one
 * @param {{log?: boolean, low?: number, high?: number, round?: boolean}} [scale] whether it is logarithmic; its ends, by default a little beyond the values;
 *     and whether ticks are at round numbers in any case
 */
export function numberAxis(values, { log = false, low, high, round = false } = {}) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = log ? 1.3 : (most - least) / 20 || Math.abs(most) / 20 || 1;
  const [min, max] = [low ?? (log ? least / room : least - room), high ?? (log ? most * room : most + room)];
  const few = [...new Set(values)].filter((value) => value >= min && value <= max).sort((a, b) => a - b);
  const whole = values.every(Number.isInteger);
  const places = !round && few.length > 0 && few.length <= MOST_VALUES ? few : log ? logTicks(min, max, whole) : roundTicks(min, max, whole);
  return {
    type: log ? 'logarithmic' : 'linear',
    min,
    max,
    afterBuildTicks: (/** @type {{ticks: {value: number}[]} & Parameters<typeof fitting>[1]} */ axis) => {
      const even = places === few ? undefined : thinner(places, log).find((values) => values.length > 1 && fitting(values, axis).length === values.length);
      axis.ticks = (even ?? fitting(places, axis)).map((value) => ({ value }));
    },
    ticks: { autoSkip: false, maxRotation: 0, callback: tickWords },
  };
}
