import { html } from 'lit-html';
import { percent, points } from '../app/format.js';
import { chart } from '../charts/chart.js';
import { accuracyAxis, tooltip } from '../charts/palette.js';
import { chartInterval, measuredWords } from '../results/measured.js';
import { fieldWord, regimeWords, rowName, scaleWords } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').FieldAccuracy} FieldAccuracy
 * @typedef {import('../api/types.js').PublishedField} PublishedField
 * @typedef {{architecture: string, label: string, receptiveField?: number}} Network
 */

/**
 * The networks in the order of their fields, the whole image last, each once.
 *
 * @param {Network[]} rows
 * @returns {Network[]}
 */
const byField = (rows) =>
  [...new Map(rows.map((row) => [row.architecture, row])).values()].sort(
    // Networks that see the whole image keep the table's order.
    (a, b) => (a.receptiveField ?? Number.MAX_VALUE) - (b.receptiveField ?? Number.MAX_VALUE),
  );

/**
 * Spreads one network's points over part of its category, so that none hides another.
 *
 * @template {Network} T
 * @param {T[]} rows
 * @param {string[]} names of the networks, in their order
 * @param {number} from @param {number} to
 */
function placed(rows, names, from, to) {
  return rows.map((row) => {
    const same = rows.filter(({ architecture }) => architecture === row.architecture);
    const step = (to - from) / (same.length + 1);
    return names.indexOf(row.architecture) + from + step * (same.indexOf(row) + 1);
  });
}

/**
 * Test accuracy of the networks in the order of their receptive fields.
 *
 * @param {FieldAccuracy[]} measured
 * @param {PublishedField[]} published
 */
export function receptiveFieldChart(measured, published) {
  const networks = byField([...published, ...measured]);
  const names = networks.map(({ architecture }) => architecture);
  const at = placed(measured, names, -0.02, 0.42);
  const publishedAt = placed(published, names, -0.42, -0.02);
  /** @type {Map<string, number>} */
  const ceilings = new Map();
  measured.forEach((row) => row.ceiling !== undefined && ceilings.set(row.architecture, row.ceiling));
  const summary = [
    ...published.map((row) => `${row.label} (${fieldWord(row.receptiveField)}): published ${percent(row.test)}`),
    ...measured.map((row) => `${rowName(row, measured)} (${fieldWord(row.receptiveField)}, ${regimeWords(row)}, ${scaleWords(row)}): measured ${measuredWords(row.test)}`),
  ].join('; ');

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'scatter',
    data: {
      datasets: [
        {
          label: 'Published',
          data: published.map((row, i) => ({ x: publishedAt[i], y: row.test * 100 })),
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
          intervals: measured.map(({ test }) => chartInterval(test)),
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
          max: networks.length - 0.5,
          grid: { display: false },
          border: { color: colors.inkFaint },
          title: { display: true, text: 'Network and its receptive field' },
          afterBuildTicks: (/** @type {any} */ axis) => {
            axis.ticks = networks.map((_, value) => ({ value }));
          },
          ticks: { autoSkip: false, maxRotation: 60, callback: (/** @type {number} */ i) => [networks[i].label, fieldWord(networks[i].receptiveField)] },
        },
        y: accuracyAxis(colors),
      },
      plugins: {
        legend: { display: false },
        ceilings: {
          color: colors.ceiling,
          // Only across the measured half: the published numbers are for another data set.
          lines: [...ceilings].map(([name, y]) => ({ from: names.indexOf(name) - 0.02, to: names.indexOf(name) + 0.42, y: y * 100 })),
        },
        tooltip: tooltip(
          colors,
          ({ datasetIndex, dataIndex }) =>
            datasetIndex === 0
              ? [`Published: ${percent(published[dataIndex].test)}`, 'ImageNet-pretrained, 224 px']
              : words(measured[dataIndex]),
          ([{ datasetIndex, dataIndex }]) => (datasetIndex === 0 ? published[dataIndex].label : rowName(measured[dataIndex], measured)),
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
  const lines = [`Measured: ${measuredWords(row.test)}`, `${row.dataset}, ${scaleWords(row)}, ${regimeWords(row)}`];
  return row.ceiling === undefined ? lines : [...lines, `Ceiling: ${points(row.ceiling)} %`];
}
