import { published } from '../app/format.js';
import { accuracyOptions, acrossAxis, tooltip } from '../charts/palette.js';
import { tiles } from '../charts/tiles.js';
import { PUBLISHED_CAPTION, captionOf, chanceEntry, spreadEntries } from '../results/caption.js';
import { lettersWords } from '../results/letters.js';
import { chartInterval, chartSeeds, measuredWords } from '../results/measured.js';
import { limitEntries, limitLines, limitWords } from '../results/patch-limits.js';
import { regimeWords, rowName, scaleWords } from '../results/words.js';

/**
 * One network's accuracy on clean and on scrambled images, and with each of several scramblings.
 *
 * @typedef {import('../api/types.js').Measured} Measured
 * @typedef {import('../api/types.js').AccuracyRow} Row
 * @typedef {import('../charts/legend.js').LegendEntry} LegendEntry
 * @typedef {{label: string, detail?: string, test?: Measured|number, scrambled?: Measured|number, limits?: import('../results/patch-limits.js').Limited, points?: number[]}} Pair
 */

/** @param {Measured|number|undefined} value */
const center = (value) => (value === undefined ? null : 100 * (typeof value === 'number' ? value : value.mean));

/** @param {Measured|number|undefined} value */
const interval = (value) => (typeof value === 'object' ? chartInterval(value) : null);

/** @param {Measured|number|undefined} value */
const seeds = (value) => (typeof value === 'object' ? chartSeeds(value) : null);

/** @param {Measured|number|undefined} value @param {'test'|'scrambled'} set */
const words = (value, set) =>
  value === undefined ? 'no number' : typeof value === 'number' ? published(value, set) : measuredWords(value);

/**
 * The figure of the values measured on one data set.
 *
 * @param {Row[]} rows
 * @param {import('../api/types.js').MeasuredOn} [on] the data set
 * @returns {import('../charts/figure.js').Figure}
 */
export function measuredScramblingFigure(rows, on) {
  const pairs = rows.map((row) => ({
    label: rowName(row, rows),
    detail: `${regimeWords(row)}, ${scaleWords(row)}`,
    test: row.test,
    scrambled: row.scrambled,
    limits: row,
    points: row.scramblings?.points.map(({ accuracy }) => accuracy),
  }));
  return {
    ...scramblingChart(pairs, 'measured', on?.chance),
    name: 'scrambling',
    title: `Accuracy on clean and scrambled test images of ${on?.dataset}`,
    legend: [
      ['measured-bar', 'clean'],
      ['measured-tiles', 'scrambled'],
      ...spreadEntries(rows.flatMap(({ test, scrambled }) => [test, scrambled])),
      ...(rows.some(({ scramblings }) => scramblings) ? [/** @type {LegendEntry} */ (['scrambling-point', 'one scrambling of a run'])] : []),
      ...limitEntries(rows),
      ...chanceEntry(on?.chance),
    ],
    letters: lettersWords(rows),
    caption: captionOf(on?.dataset, rows.flatMap((row) => [[row, row.test], [row, row.scrambled]])),
  };
}

/**
 * The figure of the report's published values.
 *
 * @param {import('../api/types.js').PublishedNetwork[]} rows
 * @returns {import('../charts/figure.js').Figure}
 */
export const publishedScramblingFigure = (rows) => ({
  ...scramblingChart(rows, 'published'),
  name: 'scrambling-published',
  title: 'Published accuracy on clean and scrambled test images',
  legend: [['published-bar', 'clean'], ['published-tiles', 'scrambled, where reported']],
  caption: [PUBLISHED_CAPTION],
});

/**
 * Clean bars beside scrambled ones, for one source of numbers: published and measured values get separate charts.
 *
 * @param {Pair[]} pairs
 * @param {'measured'|'published'} source
 * @param {number} [chance]
 */
function scramblingChart(pairs, source, chance) {
  const summary = pairs
    .map(({ label, test, scrambled }) => `${label}: clean ${words(test, 'test')}, scrambled ${words(scrambled, 'scrambled')}`)
    .join('; ');

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => {
    const color = source === 'measured' ? colors.measured : colors.published;
    const bars = (/** @type {'test'|'scrambled'} */ set) => ({
      data: pairs.map((pair) => center(pair[set])),
      intervals: pairs.map((pair) => interval(pair[set])),
      seeds: pairs.map((pair) => seeds(pair[set])),
      intervalColor: colors.ink,
      intervalHalo: colors.surface,
      borderColor: color,
      borderWidth: 1.5,
      borderSkipped: false,
    });
    return {
      type: 'bar',
      data: {
        labels: pairs.map(({ label }) => label),
        datasets: [
          { label: 'Clean', ...bars('test'), backgroundColor: source === 'measured' ? color : 'transparent' },
          { label: 'Scrambled', ...bars('scrambled'), dots: pairs.map(({ points = [] }) => points.map((accuracy) => accuracy * 100)), backgroundColor: tiles(color, colors.surface) },
        ],
      },
      options: accuracyOptions(colors, chance, {
        x: acrossAxis(colors, undefined, { ticks: { maxRotation: 60, autoSkip: false } }),
        datasets: { bar: { categoryPercentage: 0.66, barPercentage: 0.88, maxBarThickness: 40 } },
        plugins: {
          limits: {
            color: colors.limit,
            lines: pairs.flatMap(({ limits = {} }, i) => limitLines(limits, i - 0.42, i + 0.42)),
          },
          tooltip: tooltip(colors, ({ datasetIndex, dataIndex }) => {
            const { detail, test, scrambled, limits = {} } = pairs[dataIndex];
            const line = datasetIndex === 0 ? `Clean: ${words(test, 'test')}` : `Scrambled: ${words(scrambled, 'scrambled')}`;
            return [line, ...(detail ? [detail] : []), ...limitWords(limits)];
          }),
        },
      }),
    };
  };

  return { testId: `scrambling-chart-${source}`, summary, panels: [{ configure }], places: pairs.length, data: [pairs, source, chance] };
}
