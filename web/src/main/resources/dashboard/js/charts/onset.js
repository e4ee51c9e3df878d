/** Room between the line and its label. */
const GAP = 4;

/**
 * Draws where something began: a dashed line from the bottom to the top of the chart, with a label at its top. Options:
 * `x` on the horizontal axis (undefined, or outside of what the axis shows: no line), `label`, `color`, and `surface`,
 * the colour behind the label.
 *
 * @type {import('chart.js').Plugin}
 */
export const onset = {
  id: 'onset',

  afterDatasetsDraw(chart, _args, { x, label, color, surface }) {
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
    context.lineTo(across, chartArea.top);
    context.stroke();
    const { width } = context.measureText(label);
    const left = across + GAP + width < chartArea.right ? across + GAP : across - GAP - width;
    context.fillStyle = surface;
    context.fillRect(left - 1, chartArea.top, width + 2, 16);
    context.fillStyle = color;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText(label, left, chartArea.top + 8);
    context.restore();
  },
};
