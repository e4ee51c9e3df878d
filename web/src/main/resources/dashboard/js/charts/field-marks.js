/**
 * Marks positions on the category axis with short lines at its base, with labels.
 *
 * Options: `marks`, an array of `{at, color, label}`, where `at` is in categories and need not be an integer, and
 * `ink`, the colour of the labels: the colour of a line may be too light for text.
 *
 * @type {import('chart.js').Plugin}
 */
export const fieldMarks = {
  id: 'fieldMarks',

  afterDatasetsDraw(chart, _, options) {
    const { marks = [], ink } = /** @type {{marks?: {at: number, color: string, label: string}[], ink?: string}} */ (options);
    const { ctx: context, chartArea, scales } = chart;
    const step = scales.x.getPixelForValue(1) - scales.x.getPixelForValue(0);
    context.save();
    context.font = `11px ${chart.options.font?.family ?? 'sans-serif'}`;
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    marks.forEach(({ at, color, label }) => {
      const x = scales.x.getPixelForValue(0) + at * step;
      context.beginPath();
      context.moveTo(x, chartArea.bottom);
      context.lineTo(x, chartArea.bottom - 12);
      context.strokeStyle = color;
      context.lineWidth = 2.5;
      context.stroke();
      context.fillStyle = ink ?? color;
      context.fillText(label, x, chartArea.bottom - 14);
    });
    context.restore();
  },
};
