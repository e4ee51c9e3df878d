/** Lines that a chart can tell apart, by colour and dashes, as the symbols `series-…` of the legend have them. */

/** @type {number[][]} */
const DASHES = [[], [6, 4], [2, 3]];

const HUES = 3;

export const MOST_LINES = HUES * DASHES.length;

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

/**
 * How number i is drawn where no line joins its points: full, hollow and triangular ones of each colour, as the symbols
 * `dots-…` of the legend have them.
 *
 * @param {import('./palette.js').Palette} colors
 * @param {number} i
 */
export function dotStyle(colors, i) {
  const group = Math.floor(i / HUES) % DASHES.length;
  const style = lineStyle(colors, i);
  return {
    ...style,
    showLine: false,
    pointStyle: group === 2 ? 'triangle' : 'circle',
    pointBackgroundColor: group === 1 ? colors.surface : style.borderColor,
    pointBorderWidth: 2,
  };
}

/** Its entry in the legend. @param {string} words @param {number} i @returns {import('./legend.js').LegendEntry} */
export const dotEntry = (words, i) => /** @type {import('./legend.js').LegendEntry} */ ([`dots-${i % MOST_LINES}`, words]);

/** Its entry in the legend. @param {string} words @param {number} i @returns {import('./legend.js').LegendEntry} */
export const lineEntry = (words, i) => /** @type {import('./legend.js').LegendEntry} */ ([`series-${i % MOST_LINES}`, words]);
