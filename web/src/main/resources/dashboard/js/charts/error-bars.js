import { overElements } from './elements.js';

/**
 * Draws an interval over each bar or point of a dataset with `intervals`: an array parallel to its
 * data, of `{low, high}` on the value axis, or null where nothing was measured.
 *
 * @type {import('chart.js').Plugin}
 */
export const errorBars = {
  id: 'errorBars',

  afterDatasetsDraw(chart) {
    const { y } = chart.scales;
    overElements(chart, 'intervals', (context, { x, width = 20 }, interval, { intervalColor, intervalHalo }) => {
      const cap = Math.min(5, width / 4);
      const [low, high] = [interval.low, interval.high].map((end) => y.getPixelForValue(end));
      context.beginPath();
      context.moveTo(x, low);
      context.lineTo(x, high);
      for (const end of [low, high]) {
        context.moveTo(x - cap, end);
        context.lineTo(x + cap, end);
      }
      // A halo keeps the lower half of the interval visible on its own bar.
      context.strokeStyle = intervalHalo ?? 'transparent';
      context.lineWidth = 4;
      context.stroke();
      context.strokeStyle = intervalColor ?? chart.options.color;
      context.lineWidth = 1.5;
      context.stroke();
    });
  },
};
