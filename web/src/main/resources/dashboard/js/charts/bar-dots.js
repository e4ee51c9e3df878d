/**
 * Draws individual values over each bar of a dataset with `dots`: an array parallel to its data, of lists of values on
 * the value axis. Dots are offset to the right, so that they do not hide the interval.
 *
 * @type {import('chart.js').Plugin}
 */
export const barDots = {
  id: 'barDots',

  afterDatasetsDraw(chart) {
    const { ctx: context, scales } = chart;
    chart.data.datasets.forEach((dataset, index) => {
      const { dots, intervalColor, intervalHalo } = /** @type {{dots?: number[][], intervalColor?: string, intervalHalo?: string}} */ (/** @type {unknown} */ (dataset));
      if (!dots || !chart.isDatasetVisible(index)) {
        return;
      }
      context.save();
      context.fillStyle = intervalColor ?? String(chart.options.color);
      context.strokeStyle = intervalHalo ?? 'transparent';
      chart.getDatasetMeta(index).data.forEach((element, i) => {
        const { width = 20 } = /** @type {{width?: number}} */ (/** @type {unknown} */ (element));
        for (const value of dots[i] ?? []) {
          context.beginPath();
          context.arc(element.x + width / 4, scales.y.getPixelForValue(value), 2.5, 0, 2 * Math.PI);
          context.fill();
          context.stroke();
        }
      });
      context.restore();
    });
  },
};
