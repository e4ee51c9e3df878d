import { percent } from '../app/format.js';
import { MOST_NETWORKS, networkLine, networkLineEntry, networkStyles } from '../charts/networks.js';
import { accuracyAxis, chanceLine, chanceRoom, tooltip } from '../charts/palette.js';
import { captionOf, chanceEntry } from '../results/caption.js';
import { lettersWords } from '../results/letters.js';
import { chartInterval, measuredWords } from '../results/measured.js';
import { fieldWord, rowName } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').AccuracyCurve} Curve
 */

/** Room beside the outermost points of a logarithmic axis, as a factor. */
const MARGIN = 1.15;

/**
 * Test accuracy over a setting of trainings.
 *
 * @param {import('./varied.js').Varied} over
 * @param {Curve[]} all of one data set
 * @param {import('../api/types.js').MeasuredOn} on
 * @returns {import('../charts/figure.js').Figure}
 */
export function accuracyCurvesFigure(over, all, on) {
  const curves = drawn(all);
  const styles = networkStyles(curves);
  const points = curves.flatMap((curve) => curve.points);
  const places = [...new Set(points.map(({ at }) => at))].sort((a, b) => a - b);
  const ticks = places.map((place) => over.tick(/** @type {import('./varied.js').Point} */ (points.find(({ at }) => at === place))));
  /** Ticks where something was measured, instead of at powers of ten. */
  const scale = over.logarithmic
    ? {
        type: 'logarithmic',
        min: places[0] / MARGIN,
        max: places[places.length - 1] * MARGIN,
        afterBuildTicks: (/** @type {{ticks: {value: number}[]}} */ axis) => {
          axis.ticks = places.map((value) => ({ value }));
        },
        ticks: { autoSkip: false, maxRotation: 0, callback: (/** @type {number} */ value) => ticks[places.indexOf(value)] },
      }
    : { type: 'category', labels: places.map(String), ticks: { autoSkip: false, maxRotation: 0, callback: (/** @type {number} */ place) => ticks[place] } };

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'line',
    data: {
      datasets: curves.map((curve, i) => ({
        label: rowName(curve, curves),
        data: curve.points.map(({ at, test }) => ({ x: over.logarithmic ? at : String(at), y: 100 * test.mean })),
        intervals: curve.points.map(({ test }) => chartInterval(test)),
        pointRadius: 4,
        ...networkLine(colors, styles[i]),
      })),
    },
    options: {
      layout: chanceRoom(on.chance),
      scales: {
        x: { ...scale, title: { display: true, text: over.label }, grid: { display: false }, border: { color: colors.inkFaint } },
        y: accuracyAxis(colors),
      },
      plugins: {
        legend: { display: false },
        chance: chanceLine(colors, on.chance),
        tooltip: tooltip(
          colors,
          ({ datasetIndex, dataIndex }) => {
            const curve = curves[datasetIndex];
            return [`${rowName(curve, curves)} (${fieldWord(curve.receptiveField)})`, measuredWords(curve.points[dataIndex].test)];
          },
          ([{ datasetIndex, dataIndex }]) => `${over.label}: ${over.tick(curves[datasetIndex].points[dataIndex]).join(', ')}`,
        ),
      },
    },
  });

  return {
    name: over.view,
    testId: `${over.view}-chart`,
    title: `Test accuracy over ${over.label.toLowerCase()} on ${on.dataset}`,
    summary: curves
      .map((curve) => `${rowName(curve, curves)}: ${curve.points.map((point) => `${over.place(point)} ${percent(point.test.mean)}`).join(', ')}`)
      .join('; '),
    legend: [
      ...curves.map((curve, i) => networkLineEntry(rowName(curve, curves), styles[i])),
      ['interval', '95 % interval'],
      ...chanceEntry(on.chance),
    ],
    letters: lettersWords(curves),
    caption: captionOf(on.dataset, curves.flatMap((curve) => curve.points.map(({ test }) => /** @type {[Curve, any]} */ ([curve, test])))),
    panels: [{ configure }],
    data: [curves, on],
  };
}

/** Curves that a chart can tell apart. @param {Curve[]} curves */
export const drawn = (curves) => curves.slice(0, MOST_NETWORKS);
