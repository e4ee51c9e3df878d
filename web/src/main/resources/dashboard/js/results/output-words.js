import { coefficient, count, percent, signed } from '../app/format.js';
import { SETS } from './words.js';

/** @typedef {import('../api/types.js').Output} Output */

/** The display name of a set of images. @param {string} set */
export const setWord = (set) => SETS[set] ?? `${set.charAt(0).toUpperCase()}${set.slice(1)}`;

/** A number with four significant digits. @param {number} value */
export const compact = (value) => signed(Number(value.toPrecision(4)));

/** The formatter for the values of an output. @param {Output} output @returns {(value: number) => string} */
export const writer = ({ unit }) =>
  unit === 'share' ? percent : unit === 'correlation' ? coefficient : unit === 'count' ? count : unit === 'px' ? (value) => `${compact(value)} px` : compact;

/** @param {import('../api/types.js').Axis} axis */
export const axisWords = ({ label, unit }) => (unit ? `${label} (${unit})` : label);

/**
 * A position on an axis within a sentence, such as "gap between patches 8 px".
 *
 * @param {import('../api/types.js').Axis} axis
 * @param {string|number} value
 */
export const positionWords = ({ label, unit }, value) => `${label.charAt(0).toLowerCase()}${label.slice(1)} ${value}${unit ? ` ${unit}` : ''}`;
