/**
 * Lines of runs, sets of images and whatever else is not a network, told apart by colour and dashes, as the symbols `series-…`
 * of the legend have them.
 */

import { colorOf } from './palette.js';
import { SERIES_DASHES, SERIES_INKS } from './symbols.js';

const HUES = SERIES_INKS.length;

/** The pattern of a canvas. @param {string} [dash] of SVG */
export const dashOf = (dash = '') => dash.split(' ').filter(Boolean).map(Number);

/**
 * How line number i is drawn; further lines reuse the styles.
 *
 * @param {import('./palette.js').Palette} colors
 * @param {number} i
 */
export function lineStyle(colors, i) {
  const color = colorOf(colors, SERIES_INKS[i % HUES]);
  return {
    borderColor: color,
    backgroundColor: color,
    intervalColor: color,
    borderWidth: 2,
    borderDash: dashOf(SERIES_DASHES[Math.floor(i / HUES) % SERIES_DASHES.length]),
  };
}

/** Its entry in the legend. @param {string} words @param {number} i @returns {import('./legend.js').LegendEntry} */
export const lineEntry = (words, i) => /** @type {import('./legend.js').LegendEntry} */ ([`series-${i % (HUES * SERIES_DASHES.length)}`, words]);
