import { count, percent } from '../app/format.js';
import { MOST_NETWORKS } from '../charts/networks.js';
import { accuracyCurvesFigure } from '../results/accuracy-curves.js';

/** @typedef {import('../api/types.js').ScramblingCurve} Curve */

/**
 * Accuracy over tile size, starting with the whole image, and marks for each network's receptive field.
 *
 * @param {Curve[]} all curves of one data set
 * @param {import('../api/types.js').MeasuredOn} on
 * @returns {import('../charts/figure.js').Figure}
 */
export function scramblingCurveFigure(all, on) {
  const curves = drawn(all);
  /** @type {number[]} */
  const tiles = [...new Set(curves.flatMap((curve) => [sideOf(curve), ...curve.points.map(({ tile }) => tile)]))].sort((a, b) => b - a);
  /** Whether shares have room below the axis. @param {{width: number}} chart */
  const isWide = ({ width }) => width > SHARE * (tiles.length + 1);
  return accuracyCurvesFigure(
    curves,
    (curve) => [
      ...(curve.whole ? [{ tile: sideOf(curve), accuracy: curve.whole, words: 'whole images' }] : []),
      ...curve.points.map((point) => ({ ...point, words: pointWords(point) })),
    ].map(({ tile, accuracy, words }) => ({
      x: String(tile), place: `${tile} px`, title: `${tile} px`, accuracy, receptiveField: curve.receptiveField, words: [words],
    })),
    on,
    {
      name: 'scrambling-curves',
      testId: 'scrambling-curve-chart',
      zoom: {},
      title: `Accuracy over tile size on ${on.dataset}`,
      axis: {
        type: 'category',
        labels: tiles.map(String),
        title: { display: true, text: (/** @type {{chart: {width: number}}} */ { chart }) => (isWide(chart) ? 'Side of a tile, and the share of patches within one tile' : 'Side of a tile') },
        ticks: {
          autoSkip: false,
          maxRotation: 0,
          /** @this {{chart: {width: number}}} @param {number} i */
          callback(i) {
            const lines = tickLines(curves, tiles[i]);
            return isWide(this.chart) ? lines : narrow(lines);
          },
        },
      },
      legend: [['field-mark', 'receptive field of a network']],
      plugins: (colors, styles) => ({
        fieldMarks: {
          ink: colors.inkSoft,
          marks: curves.flatMap(({ receptiveField }, i) =>
            receptiveField === undefined ? [] : [{ at: between(tiles, receptiveField), color: colors.networks[styles[i].color], label: `${receptiveField} px` }],
          ),
        },
      }),
    },
  );
}

/** The width of the words for a share of patches. */
const SHARE = 100;

/** The size without shares, which the table has, and words below each other. @param {string[]} lines */
const narrow = ([size, more]) => (more === WHOLE ? [size, ...more.split(' ')] : [size]);

const WHOLE = 'whole image';

/**
 * The tick label of a tile size: the size and, for each receptive field, the share of patches that lie within tiles of
 * this size.
 * @param {Curve[]} curves
 * @param {number} tile
 */
function tickLines(curves, tile) {
  if (curves.some((curve) => sideOf(curve) === tile)) {
    return [`${tile} px`, WHOLE];
  }
  const shares = new Map(
    curves.flatMap(({ receptiveField, points }) => {
      const within = points.find((point) => point.tile === tile)?.withinTile;
      return receptiveField === undefined || within === undefined ? [] : [[receptiveField, within]];
    }),
  );
  return [`${tile} px`, ...[...shares].map(([field, share]) => `${field} px field: ${percent(share)}`)];
}

/** Side of the whole images. @param {Curve} curve */
const sideOf = ({ settings }) => settings.imageSize ?? 0;

/** The curves that a chart can show distinguishably, of the same image size as the first. @param {Curve[]} curves */
export const drawn = (curves) => curves.filter((curve) => sideOf(curve) === sideOf(curves[0])).slice(0, MOST_NETWORKS);

/** The position of a size among the sizes of the axis, in categories. @param {number[]} tiles descending @param {number} size */
function between(tiles, size) {
  const after = tiles.findIndex((tile) => tile <= size);
  if (after === 0) {
    return 0;
  }
  if (after === -1) {
    return tiles.length - 1;
  }
  return after - (size - tiles[after]) / (tiles[after - 1] - tiles[after]);
}

/** @param {Curve['points'][number]} point */
const pointWords = ({ grid, tile, agreement, permutations, withinTile }) =>
  `${grid} × ${grid} tiles of ${tile} px, ${count(permutations)} permutations; same prediction as the whole image for ${percent(agreement)}${
    withinTile === undefined ? '' : `; ${percent(withinTile)} of its patches lie within one tile`}`;
