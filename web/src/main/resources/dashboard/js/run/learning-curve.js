import { decimal, percent } from '../app/format.js';
import { accuracyAxis, acrossAxis, tooltip, valueAxis } from '../charts/palette.js';
import { ONE_RUN_CAPTION, PUBLISHED_CAPTION } from '../results/caption.js';

/** @typedef {import('../api/types.js').Epoch} Epoch */

/** @type {import('../charts/legend.js').LegendEntry[]} */
const PUBLISHED_LINES = [
  ['published-validation', 'published validation: pretrained, 224 px, 15-scene'],
  ['published-train', 'published training'],
];

const QUANTITIES = ['accuracy', 'loss'];

/** Whether a training's output is drawn by {@link learningCurve}. @param {import('../api/types.js').Output} output */
export const isLearningCurve = ({ kind, metric, axes: [along] }) => kind === 'curve' && along?.name === 'epoch' && QUANTITIES.includes(metric);

/**
 * Training and validation over the epochs, with the epoch whose weights are kept. Dashed lines are the report's.
 *
 * @param {Epoch[]} history
 * @param {number} epochs planned
 * @param {'accuracy'|'loss'} quantity
 * @param {string} subject the run in words
 * @param {import('../api/types.js').PublishedHistory} [published]
 * @returns {import('../charts/figure.js').Figure}
 */
export function learningCurve(history, epochs, quantity, subject, published) {
  const accuracy = quantity === 'accuracy';
  const factor = accuracy ? 100 : 1;
  const train = history.map((epoch) => (accuracy ? epoch.trainAccuracy : (epoch.trainLoss ?? Number.NaN)) * factor);
  const validation = history.map((epoch) => (accuracy ? epoch.validationAccuracy : (epoch.validationLoss ?? Number.NaN)) * factor);
  const best = history.map(({ best }) => best).lastIndexOf(true);
  const write = (/** @type {number} */ value) => (accuracy ? percent(value / 100) : decimal(value));
  const last = history.at(-1);
  const summary = last
    ? `After epoch ${last.epoch}: training ${write(train[train.length - 1])}, validation ${write(validation[validation.length - 1])}.`
    : 'No epoch has ended yet.';
  const publishedLines = published
    ? [
        { label: 'Published validation', values: accuracy ? published.validationAccuracy : published.validationLoss, borderWidth: 1.75, borderDash: [7, 4] },
        { label: 'Published training', values: accuracy ? published.trainAccuracy : published.trainLoss, borderWidth: 1.25, borderDash: [2, 3] },
      ]
    : [];
  const longest = Math.max(2, epochs, history.length, ...publishedLines.map(({ values }) => values.length));

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'line',
    data: {
      labels: history.map(({ epoch }) => epoch),
      datasets: [
        { label: 'Validation', clip: false, data: points(history, validation), borderColor: colors.measured, backgroundColor: colors.measured, borderWidth: 2,
          pointRadius: history.map((_, i) => (i === best ? 6 : 2.5)),
          pointBackgroundColor: history.map((_, i) => (i === best ? colors.surface : colors.measured)),
          pointBorderWidth: history.map((_, i) => (i === best ? 2 : 1)) },
        { label: 'Training', clip: false, data: points(history, train), borderColor: colors.train, backgroundColor: colors.train, borderWidth: 1.5, pointRadius: 1.5 },
        ...publishedLines.map(({ values, ...line }) => ({ ...line, clip: false, data: values.map((value, i) => ({ x: i + 1, y: value * factor })), borderColor: colors.published, backgroundColor: colors.published, pointRadius: 0, pointHoverRadius: 3 })),
      ],
    },
    options: {
      interaction: { mode: 'x', intersect: false },
      scales: {
        x: acrossAxis(colors, 'Epoch', { type: 'linear', min: 1, max: longest, ticks: { precision: 0, maxTicksLimit: 10 } }),
        y: accuracy ? accuracyAxis(colors) : valueAxis(colors, { beginAtZero: true }),
      },
      plugins: {
        tooltip: tooltip(
          colors,
          ({ dataset, parsed, dataIndex }) => `${dataset.label}: ${write(parsed.y)}${dataset.label === 'Validation' && dataIndex === best ? ', kept' : ''}`,
          ([{ parsed }]) => `Epoch ${parsed.x}`,
        ),
      },
    },
  });

  return {
    name: `learning-curve-${quantity}`,
    testId: `learning-curve-${quantity}`,
    title: `${accuracy ? 'Accuracy' : 'Loss'} over epochs`,
    summary: `${summary}${publishedSummary(publishedLines, write, factor)}`,
    legend: learningLegend(published),
    caption: [`${subject}.`, ONE_RUN_CAPTION, ...(published ? [PUBLISHED_CAPTION] : [])],
    panels: [{ configure }],
    data: [history, epochs, published],
    small: true,
  };
}

/** @param {import('../api/types.js').PublishedHistory} [published] @returns {import('../charts/legend.js').LegendEntry[]} */
export const learningLegend = (published) => [
  ['validation', 'validation'],
  ['train', 'training'],
  ['best', 'best epoch (weights kept)'],
  ...(published ? PUBLISHED_LINES : []),
];

/** @param {Epoch[]} history @param {number[]} values */
const points = (history, values) => history.map(({ epoch }, i) => ({ x: epoch, y: values[i] }));

/** @param {{label: string, values: number[]}[]} publishedLines @param {(value: number) => string} write @param {number} factor */
const publishedSummary = (publishedLines, write, factor) =>
  publishedLines.map(({ label, values }) => ` ${label}, after epoch ${values.length}: ${write((values.at(-1) ?? 0) * factor)}.`).join('');
