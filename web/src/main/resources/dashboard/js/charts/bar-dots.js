import { overElements } from './elements.js';

/**
 * Draws individual values over each bar of a dataset with `dots`: an array parallel to its data, whose elements are
 * lists of values on the value axis. Dots are offset to the right so that they do not hide the interval.
 *
 * @type {import('chart.js').Plugin}
 */
export const barDots = {
  id: 'barDots',

  afterDatasetsDraw(chart) {
    overElements(chart, 'dots', (context, { x, width = 20 }, values, { intervalColor, intervalHalo }) => {
      context.fillStyle = intervalColor ?? chart.options.color;
      context.strokeStyle = intervalHalo ?? 'transparent';
      for (const value of values) {
        context.beginPath();
        context.arc(x + width / 4, chart.scales.y.getPixelForValue(value), 2.5, 0, 2 * Math.PI);
        context.fill();
        context.stroke();
      }
    });
  },
};
