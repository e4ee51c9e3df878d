/**
 * Draws the highest accuracy that a receptive field allows: a dashed line across each category. Options: `lines`, an array of `{from, to, y}` in units of the axes (a category is
 * one unit wide, centred on its index), and `color`.
 *
 * @type {import('chart.js').Plugin}
 */
export const ceilings = {
  id: 'ceilings',

  afterDatasetsDraw(chart, _args, options) {
    /** @type {{from: number, to: number, y: number}[]} */
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
    context.setLineDash([5, 3]);
    for (const { from, to, y } of lines) {
      const height = scales.y.getPixelForValue(y);
      context.beginPath();
      context.moveTo(Math.max(chartArea.left, pixel(from)), height);
      context.lineTo(Math.min(chartArea.right, pixel(to)), height);
      context.stroke();
    }
    context.restore();
  },
};
