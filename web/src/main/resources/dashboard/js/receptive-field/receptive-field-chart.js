import { percent } from '../app/format.js';
import { accuracyOptions, acrossAxis, ticksAt, tooltip } from '../charts/palette.js';
import { PUBLISHED_CAPTION, captionOf, chanceEntry, spreadEntries } from '../results/caption.js';
import { chartInterval, chartSeeds, measuredWords } from '../results/measured.js';
import { limitEntries, limitLines, limitWords } from '../results/patch-limits.js';
import { fieldWord, regimeWords, rowName, scaleWords } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').AccuracyRow} Row
 * @typedef {import('../api/types.js').PublishedNetwork} PublishedNetwork
 * @typedef {{architecture: string, label: string, receptiveField?: number}} Network
 * @typedef {import('../charts/legend.js').LegendEntry} LegendEntry
 */

const PUBLISHED = 'Published';

/**
 * The distinct networks in the order of their receptive fields; those that see the whole image come last.
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
 * @param {Row[]} measured on one data set
 * @param {PublishedNetwork[]} published empty to show measured values only
 * @param {import('../api/types.js').MeasuredOn} [on] the data set
 * @returns {import('../charts/figure.js').Figure}
 */
export function receptiveFieldFigure(measured, published, on) {
  const networks = byField([...published, ...measured]);
  const names = networks.map(({ architecture }) => architecture);
  // If there are two sources, each gets half of a category.
  const from = published.length > 0 ? -0.02 : -0.42;
  const at = placed(measured, names, from, 0.42);
  const publishedAt = placed(published, names, -0.42, -0.02);
  const summary = [
    ...published.map((row) => `${row.label} (${fieldWord(row.receptiveField)}): published ${percent(row.test)}`),
    ...measured.map((row) => `${rowName(row, measured)} (${fieldWord(row.receptiveField)}, ${regimeWords(row)}, ${scaleWords(row)}): measured ${row.test ? measuredWords(row.test) : ''}`),
  ].join('; ');

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'scatter',
    data: {
      datasets: [
        ...(published.length > 0
          ? [{
              label: PUBLISHED,
              data: published.map((row, i) => ({ x: publishedAt[i], y: row.test * 100 })),
              pointStyle: 'rectRot',
              pointRadius: 7,
              pointHoverRadius: 8,
              backgroundColor: colors.surface,
              borderColor: colors.published,
              borderWidth: 1.5,
            }]
          : []),
        {
          label: 'Measured',
          // Points at 100 % are drawn whole.
          clip: false,
          data: measured.map((row, i) => ({ x: at[i], y: row.test && row.test.mean * 100 })),
          intervals: measured.map(({ test }) => chartInterval(test)),
          seeds: measured.map(({ test }) => chartSeeds(test)),
          intervalColor: colors.measured,
          pointRadius: 5.5,
          pointHoverRadius: 7,
          backgroundColor: colors.measured,
          borderColor: colors.measured,
        },
      ],
    },
    options: accuracyOptions(colors, on?.chance, {
      x: acrossAxis(colors, 'Network and its receptive field', {
        min: -0.5,
        max: networks.length - 0.5,
        ...ticksAt([...networks.keys()]),
        ticks: { autoSkip: false, maxRotation: 60, callback: (/** @type {number} */ i) => [networks[i].label, fieldWord(networks[i].receptiveField)] },
      }),
      plugins: {
        limits: {
          color: colors.limit,
          // Only across the measured half: the published numbers are for a different data set.
          lines: measured.flatMap((row) => limitLines(row, names.indexOf(row.architecture) + from, names.indexOf(row.architecture) + 0.42)),
        },
        tooltip: tooltip(
          colors,
          ({ dataset, dataIndex }) =>
            dataset.label === PUBLISHED
              ? [`Published: ${percent(published[dataIndex].test)}`, 'ImageNet-pretrained, 224 px']
              : words(measured[dataIndex]),
          ([{ dataset, dataIndex }]) => (dataset.label === PUBLISHED ? published[dataIndex].label : rowName(measured[dataIndex], measured)),
        ),
      },
    }),
  });

  return {
    name: 'receptive-field',
    testId: 'receptive-field-chart',
    title: `Test accuracy by receptive field${on ? ` on ${on.dataset}` : ''}`,
    summary,
    legend: [
      ...(published.length > 0 ? [/** @type {LegendEntry} */ (['published-point', 'published: pretrained, 224 px, 15-scene', 'published'])] : []),
      ...(on ? [/** @type {LegendEntry} */ (['measured-point', `measured here on ${on.dataset}`, 'measured']), ...spreadEntries(measured.map(({ test }) => test))] : []),
      ...limitEntries(measured),
      ...chanceEntry(on?.chance),
    ],
    caption: [...captionOf(on?.dataset, measured.map((row) => [row, row.test])), ...(published.length > 0 ? [PUBLISHED_CAPTION] : [])],
    panels: [{ configure }],
    zoom: {},
    data: [measured, published, on],
  };
}

/** @param {Row} row */
function words(row) {
  return [...(row.test ? [`Measured: ${measuredWords(row.test)}`] : []), `${row.settings.dataset}, ${scaleWords(row)}, ${regimeWords(row)}`, ...limitWords(row)];
}
