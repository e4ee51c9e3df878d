/**
 * Draws an interval over each bar or point of a dataset with `intervals`: an array parallel to its
 * data, of `{low, high}` on the value axis, or null where nothing was measured.
 *
 * @type {import('chart.js').Plugin}
 */
export const errorBars = {
  id: 'errorBars',

  afterDatasetsDraw(chart) {
    const { ctx: context, scales } = chart;
    chart.data.datasets.forEach((dataset, index) => {
      const { intervals, intervalColor, intervalHalo } = /** @type {any} */ (dataset);
      if (!intervals || !chart.isDatasetVisible(index)) {
        return;
      }
      context.save();
      chart.getDatasetMeta(index).data.forEach((element, i) => {
        const interval = intervals[i];
        if (!interval) {
          return;
        }
        const { width } = /** @type {{width?: number}} */ (element);
        const cap = Math.min(5, (width ?? 20) / 4);
        const low = scales.y.getPixelForValue(interval.low);
        const high = scales.y.getPixelForValue(interval.high);
        context.beginPath();
        context.moveTo(element.x, low);
        context.lineTo(element.x, high);
        for (const y of [low, high]) {
          context.moveTo(element.x - cap, y);
          context.lineTo(element.x + cap, y);
        }
        // A halo keeps the lower half visible on its own bar.
        context.strokeStyle = intervalHalo ?? 'transparent';
        context.lineWidth = 4;
        context.stroke();
        context.strokeStyle = intervalColor ?? chart.options.color;
        context.lineWidth = 1.5;
        context.stroke();
      });
      context.restore();
    });
  },
};
