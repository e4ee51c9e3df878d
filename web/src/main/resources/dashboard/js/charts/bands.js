/**
 * Fills what is between the lowest and the highest values of other lines, behind the line of a dataset with `band`: an
 * array of `{x, low, high}` in units of the axes. `bandColor` and `bandEdge` are its colours.
 *
 * @typedef {{x: number, low: number, high: number}} BandPoint
 * @type {import('chart.js').Plugin}
 */
export const bands = {
  id: 'bands',

  beforeDatasetsDraw({ ctx: context, data, chartArea, scales: { x, y } }) {
    for (const { band = [], bandColor, bandEdge } of /** @type {any[]} */ (data.datasets)) {
      /** @type {BandPoint[]} */
      const points = band;
      const edge = [...points.map((point) => [point.x, point.high]), ...points.toReversed().map((point) => [point.x, point.low])];
      if (edge.length > 0) {
        context.save();
        context.beginPath();
        context.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
        context.clip();
        context.beginPath();
        edge.forEach(([across, up], i) => context[i === 0 ? 'moveTo' : 'lineTo'](x.getPixelForValue(across), y.getPixelForValue(up)));
        context.closePath();
        context.fillStyle = bandColor;
        context.fill();
        context.strokeStyle = bandEdge;
        context.lineWidth = 1;
        context.stroke();
        context.restore();
      }
    }
  },
};
