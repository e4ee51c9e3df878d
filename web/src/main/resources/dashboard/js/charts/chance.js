/**
 * Draws what chance reaches: a labelled dotted line across the chart. Options: `y` on the value axis (undefined, or
 * outside of what the axis shows: no line), `label` and `color`.
 *
 * @type {import('chart.js').Plugin}
 */
export const chance = {
  id: 'chance',

  afterDatasetsDraw(chart, _args, { y, label, color }) {
    const { ctx: context, chartArea, scales } = chart;
    if (y === undefined || y < scales.y.min || y > scales.y.max) {
      return;
    }
    const height = scales.y.getPixelForValue(y);
    context.save();
    context.strokeStyle = color;
    context.fillStyle = color;
    context.lineWidth = 1.5;
    context.setLineDash([1.5, 2.5]);
    context.beginPath();
    context.moveTo(chartArea.left, height);
    context.lineTo(chartArea.right, height);
    context.stroke();
    context.restore();
    context.save();
    context.fillStyle = color;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText(label, chartArea.right + 9, height);
    context.restore();
  },
};
