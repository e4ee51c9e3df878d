/**
 * Draws the accuracies that networks can reach, as a dashed or solid line across each category. Options: `lines`, an
 * array of `{from, to, y, dash}` in units of the axes (a category is one unit wide, centred on its index), and `color`.
 *
 * @typedef {{from: number, to: number, y: number, dash: number[]}} LimitLine
 * @type {import('chart.js').Plugin}
 */
export const limits = {
  id: 'limits',

  afterDatasetsDraw(chart, _args, options) {
    /** @type {LimitLine[]} */
    const lines = options.lines ?? [];
    const { ctx: context, chartArea, scales } = chart;
    const { x } = scales;
    const categories = x.type === 'category';
    const unit = categories ? x.width / Math.max(1, x.ticks.length) : 0;
    const pixel = (/** @type {number} */ value) =>
      categories ? chartArea.left + (value + 0.5) * unit : x.getPixelForValue(value);
    context.save();
    context.strokeStyle = options.color;
    context.lineWidth = 1.75;
    for (const { from, to, y, dash } of lines) {
      const height = scales.y.getPixelForValue(y);
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(Math.max(chartArea.left, pixel(from)), height);
      context.lineTo(Math.min(chartArea.right, pixel(to)), height);
      context.stroke();
    }
    context.restore();
  },
};
