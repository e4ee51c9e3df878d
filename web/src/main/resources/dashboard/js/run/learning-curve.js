import { ONE_RUN_CAPTION, PUBLISHED_CAPTION } from '../results/caption.js';
import { epochChart, epochWords, pointsOf } from './epochs.js';

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
 * Training and validation curves over the epochs, with the epoch whose weights are kept. Dashed lines are the report's
 * values.
 *
 * @param {Epoch[]} history
 * @param {number} epochs number of planned epochs
 * @param {'accuracy'|'loss'} quantity
 * @param {string} subject the run in words
 * @param {import('../api/types.js').PublishedHistory} [published]
 * @returns {import('../charts/figure.js').Figure}
 */
export function learningCurve(history, epochs, quantity, subject, published) {
  const accuracy = quantity === 'accuracy';
  const train = accuracy ? 'trainAccuracy' : 'trainLoss';
  const validation = accuracy ? 'validationAccuracy' : 'validationLoss';
  const write = (/** @type {number|null} */ value) => epochWords(train, value);
  const best = history.map(({ best }) => best).lastIndexOf(true);
  const last = history.at(-1);
  const publishedLines = published
    ? [
        { label: 'Published validation', values: published[validation], borderWidth: 1.75, borderDash: [7, 4] },
        { label: 'Published training', values: published[train], borderWidth: 1.25, borderDash: [2, 3] },
      ]
    : [];
  const configure = epochChart(
    (colors) => [
      { label: 'Validation', points: pointsOf(history, validation), borderColor: colors.measured, backgroundColor: colors.measured, borderWidth: 2,
        pointRadius: history.map((_, i) => (i === best ? 6 : 2.5)),
        pointBackgroundColor: history.map((_, i) => (i === best ? colors.surface : colors.measured)),
        pointBorderWidth: history.map((_, i) => (i === best ? 2 : 1)) },
      { label: 'Training', points: pointsOf(history, train), borderColor: colors.train, backgroundColor: colors.train, borderWidth: 1.5, pointRadius: 1.5 },
      ...publishedLines.map(({ values, ...line }) => ({ ...line, points: values.map((y, i) => ({ x: i + 1, y })), borderColor: colors.published, backgroundColor: colors.published, pointRadius: 0, pointHoverRadius: 3 })),
    ],
    train,
    Math.max(epochs, history.length, ...publishedLines.map(({ values }) => values.length)),
    ({ dataset, dataIndex }) => (dataset.label === 'Validation' && dataIndex === best ? ', kept' : ''),
  );

  return {
    name: `learning-curve-${quantity}`,
    testId: `learning-curve-${quantity}`,
    title: `${accuracy ? 'Accuracy' : 'Loss'} over epochs`,
    summary: [
      last ? `After epoch ${last.epoch}: training ${write(last[train])}, validation ${write(last[validation])}.` : 'No epoch has ended yet.',
      ...publishedLines.map(({ label, values }) => `${label}, after epoch ${values.length}: ${write(values.at(-1) ?? 0)}.`),
    ].join(' '),
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
  ['best', 'best epoch'],
  ...(published ? PUBLISHED_LINES : []),
];
