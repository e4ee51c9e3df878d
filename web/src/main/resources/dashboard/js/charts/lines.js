/**
 * Lines of runs, sets of images and whatever else is not a network, told apart by colour and dashes, as the symbols `series-…`
 * of the legend have them.
 */

/** @type {number[][]} */
const DASHES = [[], [6, 4], [2, 3]];

const HUES = 3;

const MOST_LINES = HUES * DASHES.length;

/**
 * How line number i is drawn; further lines reuse the styles.
 *
 * @param {import('./palette.js').Palette} colors
 * @param {number} i
 */
export function lineStyle(colors, i) {
  const color = [colors.measured, colors.train, colors.ink][i % HUES];
  return {
    borderColor: color,
    backgroundColor: color,
    intervalColor: color,
    borderWidth: 2,
    borderDash: DASHES[Math.floor(i / HUES) % DASHES.length],
  };
}

/** Its entry in the legend. @param {string} words @param {number} i @returns {import('./legend.js').LegendEntry} */
export const lineEntry = (words, i) => /** @type {import('./legend.js').LegendEntry} */ ([`series-${i % MOST_LINES}`, words]);
