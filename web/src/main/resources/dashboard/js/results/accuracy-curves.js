import { percent } from '../app/format.js';
import { networkLine, networkLineEntry, networkStyles } from '../charts/networks.js';
import { accuracyOptions, acrossAxis, tooltip } from '../charts/palette.js';
import { captionOf, chanceEntry, spreadEntries } from './caption.js';
import { lettersWords } from './letters.js';
import { chartInterval, chartSeeds, measuredWords } from './measured.js';
import { fieldWord, rowName } from './words.js';

/**
 * @typedef {import('../api/types.js').ConfiguredNetwork} Network
 * @typedef {import('../charts/palette.js').Palette} Palette
 * @typedef {import('../charts/legend.js').LegendEntry} LegendEntry
 *
 * A point of a curve: its position on the axis, in words, too, and additional text for the tooltip.
 * @typedef {{x: number|string, place: string, title: string, accuracy: import('../api/types.js').Measured, receptiveField?: number, words?: string[]}} Point
 */

/**
 * The accuracies of networks on one data set as line charts.
 *
 * @template {Network} T
 * @param {T[]} curves
 * @param {(curve: T) => Point[]} pointsOf
 * @param {import('../api/types.js').MeasuredOn} on
 * @param {object} chart
 * @param {string} chart.name
 * @param {string} chart.testId
 * @param {string} chart.title
 * @param {object} chart.axis title of the horizontal axis
 * @param {LegendEntry[]} [chart.legend] additional entries
 * @param {import('../charts/view.js').Zoom} [chart.zoom]
 * @param {(colors: Palette, styles: ReturnType<typeof networkStyles>) => object} [chart.plugins]
 * @returns {import('../charts/figure.js').Figure}
 */
export function accuracyCurvesFigure(curves, pointsOf, on, { name, testId, title, axis, legend = [], zoom, plugins }) {
  const styles = networkStyles(curves);
  const lines = curves.map((curve) => ({ curve, label: rowName(curve, curves), points: pointsOf(curve) }));

  /** @param {Palette} colors */
  const configure = (colors) => ({
    type: 'line',
    data: {
      datasets: lines.map(({ label, points }, i) => ({
        label,
        data: points.map(({ x, accuracy }) => ({ x, y: 100 * accuracy.mean })),
        intervals: points.map(({ accuracy }) => chartInterval(accuracy)),
        seeds: points.map(({ accuracy }) => chartSeeds(accuracy)),
        pointRadius: 4,
        ...networkLine(colors, styles[i]),
      })),
    },
    options: accuracyOptions(colors, on.chance, {
      x: acrossAxis(colors, undefined, axis),
      plugins: {
        ...plugins?.(colors, styles),
        tooltip: tooltip(
          colors,
          ({ datasetIndex, dataIndex }) => {
            const { label, points } = lines[datasetIndex];
            const { accuracy, receptiveField, words = [] } = points[dataIndex];
            return [`${label} (${fieldWord(receptiveField)})`, measuredWords(accuracy), ...words];
          },
          ([{ datasetIndex, dataIndex }]) => lines[datasetIndex].points[dataIndex].title,
        ),
      },
    }),
  });

  return {
    name,
    testId,
    title,
    summary: lines
      .map(({ label, points }) => `${label}: ${points.map(({ place, accuracy }) => `${place} ${percent(accuracy.mean)}`).join(', ')}`)
      .join('; '),
    legend: [
      ...lines.map(({ label }, i) => networkLineEntry(label, styles[i])),
      ...spreadEntries(lines.flatMap(({ points }) => points.map(({ accuracy }) => accuracy))),
      ...legend,
      ...chanceEntry(on.chance),
    ],
    letters: lettersWords(curves),
    caption: captionOf(on.dataset, lines.flatMap(({ curve, points }) => points.map(({ accuracy }) => /** @type {[T, any]} */ ([curve, accuracy])))),
    panels: [{ configure }],
    zoom,
    data: [curves, on],
  };
}
