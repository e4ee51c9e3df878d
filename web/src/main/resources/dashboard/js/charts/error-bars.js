import { overElements } from './elements.js';

/**
 * Draws an interval over each bar or point of a dataset with `intervals`: an array parallel to its
 * data, of `{low, high}` on the value axis, or null where nothing was measured. An end that is missing is not known: the
 * bar goes to the end of the axis. With `intervalsAcross` the horizontal axis is that of values.
 *
 * @type {import('chart.js').Plugin}
 */
export const errorBars = {
  id: 'errorBars',

  afterDatasetsDraw(chart) {
    const { x: across, y: up } = chart.scales;
    overElements(chart, 'intervals', (context, { x, y, width = 20 }, interval, { intervalColor, intervalHalo, intervalsAcross }) => {
      const cap = Math.min(5, width / 4);
      const scale = intervalsAcross ? across : up;
      const [low, high] = [interval.low ?? scale.min, interval.high ?? scale.max].map((end) => scale.getPixelForValue(end));
      const stroke = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ aside, /** @type {number} */ until) => {
        context.moveTo(...at(intervalsAcross, x, y, from, aside));
        context.lineTo(...at(intervalsAcross, x, y, to, until));
      };
      context.beginPath();
      stroke(low, high, 0, 0);
      for (const [end, known] of [[low, interval.low], [high, interval.high]]) {
        if (known !== undefined) {
          stroke(end, end, -cap, cap);
        }
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

/**
 * A place on an interval.
 *
 * @param {boolean|undefined} across
 * @param {number} x
 * @param {number} y
 * @param {number} end on the value axis
 * @param {number} aside on the other axis, from the point
 * @returns {[x: number, y: number]}
 */
const at = (across, x, y, end, aside) => (across ? [end, y + aside] : [x + aside, end]);
