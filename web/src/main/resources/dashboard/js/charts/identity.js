/**
 * The identity line, as a dataset for a chart of percentages.
 *
 * @param {import('./palette.js').Palette} colors
 * @param {string} label
 */
export const identityLine = (colors, label) => ({
  label,
  data: [{ x: 0, y: 0 }, { x: 100, y: 100 }],
  pointRadius: 0,
  pointHitRadius: 0,
  borderColor: colors.inkFaint,
  borderWidth: 1.25,
  borderDash: [4, 3],
});

/** A linear axis with a title, for charts with two linear axes. @param {object} axis @param {string} text */
export const titled = (axis, text) => ({ ...axis, type: 'linear', title: { display: true, text } });
