import { count, percent } from '../app/format.js';
import { accuracyAxis, chanceLine, chanceRoom, tooltip } from '../charts/palette.js';
import { captionOf, chanceEntry } from '../results/caption.js';
import { chartInterval, measuredWords } from '../results/measured.js';
import { fieldWord, rowName } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').LearningCurve} Curve
 * @typedef {Curve['points'][number]} Point
 */

/** Of the lines of the same colour, as the symbols `series-…` have them. @type {number[][]} */
const DASHES = [[], [6, 4], [2, 3]];

/** Room beside the outermost points, as a factor on their number of images. */
const MARGIN = 1.15;

/**
 * Test accuracy over the number of training images, on a logarithmic axis.
 *
 * @param {Curve[]} all of one data set
 * @param {import('../api/types.js').MeasuredOn} on
 * @returns {import('../charts/figure.js').Figure}
 */
export function learningCurvesFigure(all, on) {
  const curves = drawn(all);
  const points = curves.flatMap((curve) => curve.points);
  const images = [...new Set(points.map((point) => point.images))].sort((a, b) => a - b);

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => {
    const hues = [colors.measured, colors.train, colors.ink];
    return {
      type: 'line',
      data: {
        datasets: curves.map((curve, i) => ({
          label: rowName(curve, curves),
          data: curve.points.map((point) => ({ x: point.images, y: 100 * point.test.mean })),
          intervals: curve.points.map(({ test }) => chartInterval(test)),
          intervalColor: hues[i % hues.length],
          borderColor: hues[i % hues.length],
          backgroundColor: hues[i % hues.length],
          borderWidth: 2,
          borderDash: DASHES[Math.floor(i / hues.length) % DASHES.length],
          pointRadius: 4,
        })),
      },
      options: {
        layout: chanceRoom(on.chance),
        scales: {
          x: {
            type: 'logarithmic',
            min: images[0] / MARGIN,
            max: images[images.length - 1] * MARGIN,
            title: { display: true, text: 'Training images' },
            grid: { display: false },
            border: { color: colors.inkFaint },
            // Ticks where something was measured, instead of at powers of ten.
            afterBuildTicks: (/** @type {{ticks: {value: number}[]}} */ axis) => {
              axis.ticks = images.map((value) => ({ value }));
            },
            ticks: {
              autoSkip: false,
              maxRotation: 0,
              callback: (/** @type {number} */ value) => [count(value), limitWords(points.find((point) => point.images === value))],
            },
          },
          y: accuracyAxis(colors),
        },
        plugins: {
          legend: { display: false },
          chance: chanceLine(colors, on.chance),
          tooltip: tooltip(
            colors,
            ({ datasetIndex, dataIndex }) => {
              const curve = curves[datasetIndex];
              const point = curve.points[dataIndex];
              return [`${rowName(curve, curves)} (${fieldWord(curve.receptiveField)})`, measuredWords(point.test)];
            },
            ([{ datasetIndex, dataIndex }]) => imagesWords(curves[datasetIndex].points[dataIndex]),
          ),
        },
      },
    };
  };

  return {
    name: 'learning-curves',
    testId: 'learning-curves-chart',
    title: `Test accuracy over training images on ${on.dataset}`,
    summary: curves
      .map((curve) => `${rowName(curve, curves)}: ${curve.points.map((point) => `${count(point.images)} images ${percent(point.test.mean)}`).join(', ')}`)
      .join('; '),
    legend: [
      ...curves.map((curve, i) => /** @type {import('../charts/legend.js').LegendEntry} */ ([`series-${i % (3 * DASHES.length)}`, rowName(curve, curves)])),
      ['interval', '95 % interval'],
      ...chanceEntry(on.chance),
    ],
    caption: captionOf(on.dataset, curves.flatMap((curve) => curve.points.map(({ test }) => /** @type {[Curve, any]} */ ([curve, test])))),
    panels: [{ configure }],
    data: [curves, on],
  };
}

/** Curves that a chart can tell apart. @param {Curve[]} curves */
export const drawn = (curves) => curves.slice(0, 3 * DASHES.length);

/** @param {Point|undefined} point */
const limitWords = (point) => (point?.limit === undefined ? 'all' : `${count(point.limit)} a class`);

/** @param {Point} point */
const imagesWords = (point) => `${count(point.images)} training images, ${limitWords(point)}`;
