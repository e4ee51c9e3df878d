import { axisTitle } from './parallel-axis.js';

/**
 * Where the axes of parallel coordinates stand: so far apart that the labels of one run into no other.
 *
 * @typedef {import('./parallel-axis.js').Axis} Axis
 */

/** Pixels that a character of a label takes, and one of a title, which is bold. */
const CHARACTER = 6.2;
const BOLD_CHARACTER = 7;

/** Pixels between an axis and its labels, and those that are left free beside labels. */
const BESIDE = 8;
const APART = 14;

/** Closer axes leave no room for lines. */
const CLOSEST = 90;

/** @param {Axis} axis */
const halfTitle = ({ column }) => (axisTitle(column).length * BOLD_CHARACTER + APART) / 2;

/** @param {Axis} axis */
const labels = ({ ticks }) => Math.max(0, ...ticks.map(({ words }) => words.length)) * CHARACTER + BESIDE + APART;

/** Room left of the first axis, between neighbours, and right of the last one, whose labels are on its right. @param {Axis[]} axes */
function rooms(axes) {
  const [first, last] = [axes[0], axes[axes.length - 1]];
  return {
    left: Math.max(halfTitle(first), labels(first)),
    gaps: axes.slice(1).map((axis, i) => Math.max(CLOSEST, halfTitle(axes[i]) + halfTitle(axis), axis === last ? 0 : labels(axis))),
    right: Math.max(halfTitle(last), labels(last)),
  };
}

const sum = (/** @type {number[]} */ values) => values.reduce((total, value) => total + value, 0);

/** The width below which labels overlap. @param {Axis[]} axes at least two */
export function leastWidth(axes) {
  const { left, gaps, right } = rooms(axes);
  return Math.ceil(left + sum(gaps) + right);
}

/** @param {Axis[]} axes at least two @param {number} width at least {@link leastWidth} @returns {number[]} */
export function axisPlaces(axes, width) {
  const { left, gaps, right } = rooms(axes);
  const more = (width - left - sum(gaps) - right) / gaps.length;
  return axes.map((_, i) => left + sum(gaps.slice(0, i)) + i * more);
}
