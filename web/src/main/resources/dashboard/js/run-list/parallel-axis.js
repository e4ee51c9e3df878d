import { isWide } from '../charts/ticks.js';
import { valueOf, wordsOf } from './run-columns.js';

/**
 * @typedef {import('./run-columns.js').ListedRun} ListedRun
 * @typedef {import('./run-columns.js').RunColumn} RunColumn
 *
 * A column whose values that are no numbers have an order, or whose numbers were chosen on a logarithmic scale.
 * @typedef {RunColumn & {order?: string[], log?: boolean}} OrderedColumn
 *
 * An axis from the lowest value, at 0, to the highest, at 1. Runs without a value lie below it.
 * @typedef {{column: RunColumn, place: (run: ListedRun) => number, ticks: {at: number, words: string}[]}} Axis
 */

/** The position of runs without a value. */
const NO_VALUE = -0.12;

/** With more distinct numbers than this, there are ticks only at the ends and in the middle. */
const MOST_TICKS = 6;

/** Ticks closer than this would overlap. */
const CLOSEST = 0.06;

/**
 * @param {ListedRun[]} runs
 * @param {OrderedColumn} column
 * @returns {Axis}
 */
export function axisOf(runs, column) {
  const values = [...new Set(runs.map((run) => valueOf(run, column)).filter((value) => value !== undefined))];
  const numeric = values.every((value) => typeof value === 'number');
  const { place, marked } = numeric ? numbers(/** @type {number[]} */ (values), column) : names(values.map(String), column.order);
  const incomplete = runs.some((run) => valueOf(run, column) === undefined);
  const ticks = marked.map((value) => ({ at: place(value), words: wordsOf(column, value) }));
  return {
    column,
    place(run) {
      const value = valueOf(run, column);
      return value === undefined ? NO_VALUE : place(value);
    },
    ticks: incomplete ? [{ at: NO_VALUE, words: wordsOf(column, undefined) }, ...ticks] : ticks,
  };
}

/** The words above an axis. @param {RunColumn} column */
export const axisTitle = ({ label, unit }) => `${label}${unit ? ` (${unit})` : ''}`;

/** @param {number[]} values @param {OrderedColumn} column */
function numbers(values, { name, log }) {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[0] ?? 0;
  const high = sorted.at(-1) ?? 0;
  const wide = isWide(values, name, log);
  const scaled = (/** @type {number} */ value) => (wide ? Math.log(value) : value);
  const span = scaled(high) - scaled(low);
  const place = (/** @type {unknown} */ value) => (high === low ? 0.5 : (scaled(Number(value)) - scaled(low)) / span);
  const middle = Number((wide ? Math.sqrt(low * high) : (low + high) / 2).toPrecision(2));
  const marked = sorted.length <= MOST_TICKS ? sorted : [low, middle, high];
  const apart = (/** @type {number} */ a, /** @type {number} */ b) => place(b) - place(a) >= CLOSEST;
  // The ends always have ticks.
  const kept = (/** @type {number} */ value, /** @type {number} */ i) =>
    i === 0 || value === high || (apart(marked[i - 1], value) && apart(value, high));
  return { place, marked: marked.filter(kept) };
}

/**
 * Compares values that are no numbers: as they are ordered, others by the alphabet.
 *
 * @param {string[]} [order]
 */
export const inOrder = (order = []) => (/** @type {string} */ a, /** @type {string} */ b) =>
  order.indexOf(a) - order.indexOf(b) || a.localeCompare(b, 'en', { numeric: true });

/** @param {string[]} values @param {string[]} [order] */
function names(values, order) {
  const sorted = [...values].sort(inOrder(order)).reverse();
  const last = sorted.length - 1;
  return { place: (/** @type {unknown} */ value) => (last === 0 ? 0.5 : sorted.indexOf(String(value)) / last), marked: sorted };
}
