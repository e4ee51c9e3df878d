/** Room for the label above a chart. */
export const ROOM = 18;

/**
 * Draws where something began: a dashed line from the bottom to the top of the chart, with a label above it, where no
 * curve is. Options: `x` on the horizontal axis (undefined, or outside of what the axis shows: no line), `label` and
 * `color`.
 *
 * @type {import('chart.js').Plugin}
 */
export const onset = {
  id: 'onset',

  afterDatasetsDraw(chart, _args, { x, label, color }) {
    const { ctx: context, chartArea, scales } = chart;
    if (x === undefined || x < scales.x.min || x > scales.x.max) {
      return;
    }
    const across = scales.x.getPixelForValue(x);
    context.save();
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(across, chartArea.bottom);
    context.lineTo(across, chartArea.top - ROOM / 3);
    context.stroke();
    context.fillStyle = color;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText(label, Math.min(across, chart.width - context.measureText(label).width), chartArea.top - (2 * ROOM) / 3);
    context.restore();
  },
};
