import { overElements } from './elements.js';

/** How far seeds are from the centre of a point, which would hide them. */
const BESIDE_POINT = 9;

/**
 * Draws individual values over each bar or point of a dataset with `dots` or `seeds`: arrays parallel to its data, whose
 * elements are lists of values on the value axis. Dots are offset to the right so that they do not hide the interval;
 * seeds are in the middle of a bar, which has no interval then.
 *
 * @type {import('chart.js').Plugin}
 */
export const barDots = {
  id: 'barDots',

  afterDatasetsDraw(chart) {
    draw(chart, 'dots', (width = 20) => width / 4);
    draw(chart, 'seeds', (width) => (width === undefined ? BESIDE_POINT : 0));
  },
};

/** @param {import('chart.js').Chart} chart @param {string} name @param {(width?: number) => number} aside */
const draw = (chart, name, aside) => overElements(chart, name, (context, { x, width }, values, { intervalColor, intervalHalo }) => {
  context.fillStyle = intervalColor ?? chart.options.color;
  context.strokeStyle = intervalHalo ?? 'transparent';
  for (const value of values) {
    context.beginPath();
    context.arc(x + aside(width), chart.scales.y.getPixelForValue(value), 2.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
});
