import { html } from 'lit-html';
import { percent, points } from '../format.js';
import { measuredWords } from '../parts/measured.js';
import { fieldWord, scaleWords } from '../words.js';
import { chart } from './chart.js';
import { accuracyAxis, tooltip } from './palette.js';

/**
 * @typedef {import('../types.js').FieldAccuracy} FieldAccuracy
 * @typedef {import('../types.js').PublishedField} PublishedField
 * @typedef {{receptiveField?: number}} Fielded
 */

/** The whole image is wider than every field. @param {Fielded} row */
const field = (row) => row.receptiveField ?? Infinity;

/**
 * Spreads the points of one category over its breadth, so that none hides another.
 *
 * @template {Fielded} T
 * @param {T[]} rows
 * @param {number[]} fields
 * @param {number} from @param {number} to
 */
function placed(rows, fields, from, to) {
  return rows.map((row) => {
    const same = rows.filter((other) => field(other) === field(row));
    const step = (to - from) / (same.length + 1);
    return fields.indexOf(field(row)) + from + step * (same.indexOf(row) + 1);
  });
}

/**
 * Test accuracy over the receptive field.
 *
 * @param {FieldAccuracy[]} measured
 * @param {PublishedField[]} published
 */
export function receptiveFieldChart(measured, published) {
  const fields = [...new Set([...measured, ...published].map(field))].sort((a, b) => a - b);
  const at = placed(measured, fields, -0.02, 0.4);
  const told = placed(published, fields, -0.4, -0.02);
  /** @type {Map<number, number>} */
  const ceilings = new Map();
  measured.forEach((row) => row.ceiling !== undefined && ceilings.set(field(row), row.ceiling));
  const summary = [
    ...published.map((row) => `${row.label} (${fieldWord(row.receptiveField)}): published ${percent(row.test)}`),
    ...measured.map((row) => `${row.label} (${fieldWord(row.receptiveField)}, ${scaleWords(row)}): measured ${measuredWords(row.test)}`),
  ].join('; ');

  /** @param {import('./palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'scatter',
    data: {
      datasets: [
        {
          label: 'Published',
          data: published.map((row, i) => ({ x: told[i], y: row.test * 100 })),
          pointStyle: 'rectRot',
          pointRadius: 7,
          pointHoverRadius: 8,
          backgroundColor: colors.surface,
          borderColor: colors.published,
          borderWidth: 1.5,
        },
        {
          label: 'Measured',
          data: measured.map((row, i) => ({ x: at[i], y: row.test.mean * 100 })),
          intervals: measured.map(({ test }) => ({ low: test.low * 100, high: test.high * 100 })),
          intervalColor: colors.measured,
          pointRadius: 5.5,
          pointHoverRadius: 7,
          backgroundColor: colors.measured,
          borderColor: colors.measured,
        },
      ],
    },
    options: {
      scales: {
        x: {
          min: -0.5,
          max: fields.length - 0.5,
          grid: { display: false },
          border: { color: colors.inkFaint },
          title: { display: true, text: 'Receptive field' },
          afterBuildTicks: (/** @type {any} */ axis) => {
            axis.ticks = fields.map((_, value) => ({ value }));
          },
          ticks: { autoSkip: false, callback: (/** @type {number} */ i) => fieldWord(Number.isFinite(fields[i]) ? fields[i] : undefined) },
        },
        y: accuracyAxis(colors),
      },
      plugins: {
        legend: { display: false },
        ceilings: {
          color: colors.ceiling,
          // Only over the measured half: the published numbers are of another data set.
          lines: [...ceilings].map(([q, y]) => ({ from: fields.indexOf(q) - 0.02, to: fields.indexOf(q) + 0.4, y: y * 100 })),
        },
        tooltip: tooltip(
          colors,
          ({ datasetIndex, dataIndex }) =>
            datasetIndex === 0
              ? [`Published: ${percent(published[dataIndex].test)}`, 'ImageNet-pretrained, 224 px']
              : words(measured[dataIndex]),
          ([{ datasetIndex, dataIndex }]) => (datasetIndex === 0 ? published : measured)[dataIndex].label,
        ),
      },
    },
  });

  return html`<div class="chart">
    <canvas role="img" aria-label=${`Test accuracy over the receptive field. ${summary}`} data-testid="receptive-field-chart"
      ${chart(configure, [measured, published])}></canvas>
  </div>`;
}

/** @param {FieldAccuracy} row */
function words(row) {
  const lines = [`Measured: ${measuredWords(row.test)}`, `${row.dataset}, ${scaleWords(row)}, ${row.regime}`];
  return row.ceiling === undefined ? lines : [...lines, `Ceiling: ${points(row.ceiling)} %`];
}
