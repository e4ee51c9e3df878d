import { coefficient, percent } from '../app/format.js';
import { identityLine, titled } from '../charts/identity.js';
import { accuracyAxis, tooltip } from '../charts/palette.js';
import { regimeWords, scaleWords } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').ErrorAgreement} ErrorAgreement
 * @typedef {import('../api/types.js').NetworkErrors} NetworkErrors
 */

/**
 * The classes, plotted by their accuracy under each of two networks.
 *
 * @param {ErrorAgreement} view
 * @param {NetworkErrors} first on the horizontal axis
 * @param {NetworkErrors} second
 * @returns {import('../charts/figure.js').Figure}
 */
export function classAccuraciesFigure({ dataset, setting, classes, pairs }, first, second) {
  const found = pairs.find((pair) => [pair.first, pair.second].every((name) => [first, second].some(({ architecture }) => architecture === name)));
  /** @param {number} i */
  const words = (i) => [`${first.label} ${percent(first.classAccuracies[i])}`, `${second.label} ${percent(second.classAccuracies[i])}`];

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'line',
    data: {
      datasets: [
        {
          label: 'Classes',
          clip: false,
          showLine: false,
          data: classes.map((_, i) => ({ x: 100 * first.classAccuracies[i], y: 100 * second.classAccuracies[i] })),
          pointRadius: 5,
          pointHoverRadius: 7,
          backgroundColor: colors.measured,
          borderColor: colors.surface,
        },
        identityLine(colors, 'Equal'),
      ],
    },
    options: {
      scales: { x: titled(accuracyAxis(colors), first.label), y: titled(accuracyAxis(colors), second.label) },
      plugins: {
        tooltip: tooltip(colors, ({ dataIndex }) => words(dataIndex), ([{ dataIndex }]) => classes[dataIndex]),
      },
    },
  });

  return {
    name: 'class-accuracies',
    testId: 'class-accuracies',
    title: `Test accuracy of each class on ${dataset}: ${first.label} and ${second.label}`,
    summary: classes.map((name, i) => `${name}: ${words(i).join(', ')}`).join('; '),
    legend: [
      ['measured-point', 'a class, mean over seeds'],
      ['identity', 'recognised equally often'],
    ],
    caption: [
      ...(setting ? [`Measured on ${dataset}: ${regimeWords(setting)}; ${scaleWords(setting)}.`] : []),
      `Means over n = ${[...new Set([first, second].map(({ runs }) => runs.length))].join(' and ')} seeds, without intervals.`,
      ...(found?.pearson === undefined ? [] : [`${correlationWords(found)}.`]),
    ],
    panels: [{ configure }],
    data: [classes, first, second],
    square: true,
  };
}

/** @param {{pearson?: number, spearman?: number}} pair */
export const correlationWords = ({ pearson, spearman }) =>
  [
    pearson === undefined ? '' : `Pearson’s correlation over the classes ${coefficient(pearson)}`,
    spearman === undefined ? '' : `Spearman’s ${coefficient(spearman)}`,
  ]
    .filter(Boolean)
    .join(', ');
