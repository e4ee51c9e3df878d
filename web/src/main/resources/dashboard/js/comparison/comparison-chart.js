import { published } from '../app/format.js';
import { accuracyOptions, acrossAxis, tooltip } from '../charts/palette.js';
import { PUBLISHED_CAPTION, captionOf, chanceEntry, spreadEntries } from '../results/caption.js';
import { lettersWords } from '../results/letters.js';
import { chartInterval, chartSeeds, measuredWords } from '../results/measured.js';
import { limitEntries, limitLines, limitWords } from '../results/patch-limits.js';
import { SETS, regimeWords, rowName, scaleWords } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').AccuracyRow} Row
 * @typedef {Exclude<import('../api/types.js').SetName, 'train'>} SetName
 * @typedef {import('../charts/legend.js').LegendEntry} LegendEntry
 */

const PUBLISHED = 'Published';

/**
 * Accuracy of every network on one set of images: filled bars with their intervals, hollow bars for published values,
 * and the accuracies that networks can reach on the data set.
 *
 * @param {import('../api/types.js').Comparison} comparison
 * @param {SetName} set
 * @param {boolean} withPublished
 * @returns {import('../charts/figure.js').Figure}
 */
export function comparisonFigure({ rows, dataset, chance }, set, withPublished) {
  const labels = rows.map((row) => rowName(row, rows));
  // The limits do not apply to scrambled images: scrambling changes the patches.
  const limited = set === 'scrambled' ? [] : rows;
  const any = rows.some((row) => row.runs.length > 0);
  const summary = rows
    .map((row, i) => {
      const value = row.published[set];
      const publishedText = value === undefined ? 'not published, ' : `published ${published(value, set)}, `;
      return `${labels[i]}: ${withPublished ? publishedText : ''}${row[set] ? `measured ${measuredWords(row[set])}` : 'not measured'}`;
    })
    .join('; ');

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'bar',
    data: {
      labels,
      datasets: [
        ...(withPublished
          ? [{
              label: PUBLISHED,
              data: rows.map((row) => (row.published[set] === undefined ? null : row.published[set] * 100)),
              backgroundColor: 'transparent',
              borderColor: colors.published,
              borderWidth: 1.5,
              borderSkipped: false,
            }]
          : []),
        {
          label: 'Measured',
          data: rows.map((row) => (row[set] ? row[set].mean * 100 : null)),
          intervals: rows.map((row) => chartInterval(row[set])),
          seeds: rows.map((row) => chartSeeds(row[set])),
          intervalColor: colors.ink,
          intervalHalo: colors.surface,
          backgroundColor: colors.measured,
        },
      ],
    },
    options: accuracyOptions(colors, chance, {
      x: acrossAxis(colors, undefined, { ticks: { maxRotation: 60, autoSkip: false } }),
      datasets: { bar: { categoryPercentage: 0.62, barPercentage: 0.86, maxBarThickness: 44 } },
      plugins: {
        limits: {
          color: colors.limit,
          // Only across the measured bar: the published numbers are for a different data set.
          lines: limited.flatMap((row, i) => limitLines(row, withPublished ? i : i - 0.36, i + 0.36)),
        },
        tooltip: tooltip(
          colors,
          ({ dataset: { label }, dataIndex }) => words(rows[dataIndex], set, label === PUBLISHED),
          ([item]) => labels[item.dataIndex],
        ),
      },
    }),
  });

  return {
    name: `comparison-${set}`,
    testId: 'comparison-chart',
    title: `${SETS[set]} accuracy on ${dataset}`,
    summary,
    legend: [
      ...(withPublished ? [/** @type {LegendEntry} */ (['published-bar', 'published: pretrained, 224 px, 15-scene', 'published'])] : []),
      ...(any ? [/** @type {LegendEntry} */ (['measured-bar', 'measured here', 'measured']), ...spreadEntries(rows.map((row) => row[set]))] : []),
      ...limitEntries(limited),
      ...chanceEntry(chance),
    ],
    letters: lettersWords(rows),
    caption: [...captionOf(dataset, rows.map((row) => [row, row[set]])), ...(withPublished ? [PUBLISHED_CAPTION] : [])],
    panels: [{ configure }],
    places: rows.length,
    data: [rows, set, withPublished, chance],
  };
}

/** @param {Row} row @param {SetName} set @param {boolean} ofReport */
function words(row, set, ofReport) {
  const value = row.published[set];
  if (ofReport && value !== undefined) {
    return [`Published: ${published(value, set)}`, 'ImageNet-pretrained, 224 px'];
  }
  const own = row[set];
  const lines = own ? [`Measured: ${measuredWords(own)}`, `${regimeWords(row)}, ${scaleWords(row)}`] : [];
  return set === 'scrambled' ? lines : [...lines, ...limitWords(row)];
}
