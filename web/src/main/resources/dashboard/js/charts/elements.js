/**
 * Calls `draw` for each element of a chart's datasets that has an entry in the list called `name`.
 *
 * @param {import('chart.js').Chart} chart
 * @param {string} name of a dataset's list, which is parallel to its data
 * @param {(context: CanvasRenderingContext2D, element: {x: number, y: number, width?: number}, own: any, dataset: any) => void} draw
 */
export function overElements(chart, name, draw) {
  const { ctx: context } = chart;
  chart.data.datasets.forEach((/** @type {any} */ dataset, index) => {
    if (dataset[name] && chart.isDatasetVisible(index)) {
      context.save();
      chart.getDatasetMeta(index).data.forEach((element, i) => {
        if (dataset[name][i]) {
          draw(context, element, dataset[name][i], dataset);
        }
      });
      context.restore();
    }
  });
}
