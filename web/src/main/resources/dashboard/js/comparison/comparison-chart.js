import { html } from 'lit-html';
import { points, published } from '../app/format.js';
import { chart } from '../charts/chart.js';
import { accuracyAxis, tooltip } from '../charts/palette.js';
import { chartInterval, measuredWords } from '../results/measured.js';
import { SETS, regimeWords, rowName, scaleWords } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').ComparisonRow} Row
 * @typedef {Exclude<import('../api/types.js').SetName, 'train'>} SetName
 */

/**
 * Published and measured accuracy of every network on one set of images: hollow bars beside filled
 * ones with their intervals, and the data set's ceilings.
 *
 * @param {Row[]} rows
 * @param {SetName} set
 */
export function comparisonChart(rows, set) {
  const labels = rows.map((row) => rowName(row, rows));
  const summary = rows
    .map((row, i) => {
      const value = row.published[set];
      const publishedText = value === undefined ? 'not published' : `published ${published(value, set)}`;
      return `${labels[i]}: ${publishedText}, ${row[set] ? `measured ${measuredWords(row[set])}` : 'not measured'}`;
    })
    .join('; ');

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'bar',
    data: {
      labels,
      datasets: [
        {
          label: 'Published',
          data: rows.map((row) => (row.published[set] === undefined ? null : row.published[set] * 100)),
          backgroundColor: 'transparent',
          borderColor: colors.published,
          borderWidth: 1.5,
          borderSkipped: false,
        },
        {
          label: 'Measured',
          data: rows.map((row) => (row[set] ? row[set].mean * 100 : null)),
          intervals: rows.map((row) => chartInterval(row[set])),
          intervalColor: colors.ink,
          intervalHalo: colors.surface,
          backgroundColor: colors.measured,
        },
      ],
    },
    options: {
      datasets: { bar: { categoryPercentage: 0.62, barPercentage: 0.86, maxBarThickness: 44 } },
      scales: {
        x: { grid: { display: false }, border: { color: colors.inkFaint }, ticks: { maxRotation: 60, autoSkip: false } },
        y: accuracyAxis(colors),
      },
      plugins: {
        legend: { display: false },
        ceilings: {
          color: colors.ceiling,
          // Only across the measured bar: the published numbers are for another data set.
          lines: rows.flatMap((row, i) => (row.ceiling === undefined || (row.ceiling >= 1 && !row[set]) ? [] : [{ from: i, to: i + 0.36, y: row.ceiling * 100 }])),
        },
        tooltip: tooltip(
          colors,
          ({ datasetIndex, dataIndex }) => words(rows[dataIndex], set, datasetIndex === 0),
          ([item]) => labels[item.dataIndex],
        ),
      },
    },
  });

  return html`<div class="chart">
    <canvas role="img" aria-label=${`${SETS[set]} accuracy. ${summary}`} data-testid="comparison-chart" ${chart(configure, [rows, set])}></canvas>
  </div>`;
}

/** @param {Row} row @param {SetName} set @param {boolean} ofReport */
function words(row, set, ofReport) {
  const value = row.published[set];
  if (ofReport && value !== undefined) {
    return [`Published: ${published(value, set)}`, 'ImageNet-pretrained, 224 px'];
  }
  const own = row[set];
  const lines = own ? [`Measured: ${measuredWords(own)}`, `${regimeWords(row)}, ${scaleWords(row)}`] : [];
  return row.ceiling === undefined ? lines : [...lines, `Ceiling: ${points(row.ceiling)} %`];
}
