import { count, percent } from '../app/format.js';
import { MOST_NETWORKS, networkLine, networkLineEntry, networkStyles } from '../charts/networks.js';
import { accuracyAxis, chanceLine, chanceRoom, tooltip } from '../charts/palette.js';
import { captionOf, chanceEntry } from '../results/caption.js';
import { lettersWords } from '../results/letters.js';
import { chartInterval, measuredWords } from '../results/measured.js';
import { fieldWord, rowName } from '../results/words.js';

/** @typedef {import('../api/types.js').ScramblingCurve} Curve */

/**
 * Accuracy over the size of the tiles, the whole image first, with each network's receptive field.
 *
 * @param {Curve[]} all of one data set
 * @param {import('../api/types.js').MeasuredOn} on
 * @returns {import('../charts/figure.js').Figure}
 */
export function scramblingCurveFigure(all, on) {
  const curves = drawn(all);
  const styles = networkStyles(curves);
  const tiles = [...new Set(curves.flatMap((curve) => [sideOf(curve), ...curve.points.map(({ tile }) => tile)]))].sort((a, b) => b - a);
  /** @param {Curve} curve */
  const pointsOf = (curve) => [
    ...(curve.whole ? [{ tile: sideOf(curve), accuracy: curve.whole, words: 'whole images' }] : []),
    ...curve.points.map((point) => ({ ...point, words: pointWords(point) })),
  ];

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => {
    return {
      type: 'line',
      data: {
        labels: tiles,
        datasets: curves.map((curve, i) => {
          const points = pointsOf(curve);
          const at = tiles.map((tile) => points.find((point) => point.tile === tile));
          return {
            label: rowName(curve, curves),
            data: at.map((point) => (point ? 100 * point.accuracy.mean : null)),
            intervals: at.map((point) => chartInterval(point?.accuracy)),
            spanGaps: true,
            pointRadius: 4,
            ...networkLine(colors, styles[i]),
          };
        }),
      },
      options: {
        layout: chanceRoom(on.chance),
        scales: {
          x: {
            title: { display: true, text: 'Side of a tile, and the share of patches within one tile' },
            grid: { display: false },
            border: { color: colors.inkFaint },
            ticks: { autoSkip: false, maxRotation: 0, callback: (/** @type {number} */ i) => tickLines(curves, tiles[i]) },
          },
          y: accuracyAxis(colors),
        },
        plugins: {
          legend: { display: false },
          fieldMarks: {
            ink: colors.inkSoft,
            marks: curves.flatMap((curve, i) =>
              curve.receptiveField === undefined ? [] : [{ at: between(tiles, curve.receptiveField), color: colors.networks[styles[i].color], label: `${curve.receptiveField} px` }],
            ),
          },
          chance: chanceLine(colors, on.chance),
          tooltip: tooltip(colors, ({ datasetIndex, dataIndex }) => {
            const curve = curves[datasetIndex];
            const point = pointsOf(curve).find(({ tile }) => tile === tiles[dataIndex]);
            return point ? [`${rowName(curve, curves)} (${fieldWord(curve.receptiveField)})`, measuredWords(point.accuracy), point.words] : [];
          }),
        },
      },
    };
  };

  return {
    name: 'scrambling-curves',
    testId: 'scrambling-curve-chart',
    title: `Accuracy over tile size on ${on.dataset}`,
    summary: curves
      .map((curve) => `${rowName(curve, curves)}: ${pointsOf(curve).map(({ tile, accuracy }) => `${tile} px ${percent(accuracy.mean)}`).join(', ')}`)
      .join('; '),
    legend: [
      ...curves.map((curve, i) => networkLineEntry(rowName(curve, curves), styles[i])),
      ['interval', '95 % interval'],
      ['field-mark', 'receptive field of a network'],
      ...chanceEntry(on.chance),
    ],
    letters: lettersWords(curves),
    caption: captionOf(on.dataset, curves.flatMap((curve) => pointsOf(curve).map(({ accuracy }) => /** @type {[Curve, any]} */ ([curve, accuracy])))),
    panels: [{ configure }],
    data: [curves, on],
  };
}

/**
 * A size, and for each bag of patches how many of them lie within tiles of this size.
 *
 * @param {Curve[]} curves
 * @param {number} tile
 */
function tickLines(curves, tile) {
  if (curves.some((curve) => sideOf(curve) === tile)) {
    return [`${tile} px`, 'whole image'];
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

/** Curves that a chart can tell apart, of the image size of the first. @param {Curve[]} curves */
export const drawn = (curves) => curves.filter((curve) => sideOf(curve) === sideOf(curves[0])).slice(0, MOST_NETWORKS);

/** Where a size lies among the sizes of the axis, in categories. @param {number[]} tiles descending @param {number} size */
export function between(tiles, size) {
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
  `${grid} x ${grid} tiles of ${tile} px, ${count(permutations)} permutations; same prediction as the whole image for ${percent(agreement)}${
    withinTile === undefined ? '' : `; ${percent(withinTile)} of its patches lie within one tile`}`;
