import { COLORS } from '../picture/diverging-colors.js';

/**
 * The colour of a value, as 0xRRGGBB. Values beyond the limit have the colour of the limit.
 *
 * @param {number} value
 * @param {number} limit above 0
 */
export const colorOf = (value, limit) => COLORS[Math.round(((Math.max(-1, Math.min(1, value / limit)) + 1) * (COLORS.length - 1)) / 2)];
