import { tooltip } from '../charts/palette.js';
import { regimeWords, scaleWords } from '../results/words.js';
import { MEASURES, signed } from './differences-panel.js';

/**
 * Differences of networks to one of them, with intervals.
 *
 * @param {import('../api/types.js').Differences} view
 * @param {import('./differences-panel.js').Against[]} pairs
 * @param {string} reference its label
 * @returns {import('../charts/figure.js').Figure}
 */
export function differencesFigure(view, pairs, reference) {
  const labels = pairs.map(({ architecture }) => view.networks.find((network) => network.architecture === architecture)?.label ?? architecture);
  const what = MEASURES[view.measure];
  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'scatter',
    data: {
      datasets: [
        {
          label: what,
          data: pairs.map(({ difference }, x) => ({ x, y: 100 * difference })),
          intervals: pairs.map(({ low, high }) => (low === undefined || high === undefined ? null : { low: 100 * low, high: 100 * high })),
          intervalColor: colors.measured,
          pointRadius: 5.5,
          pointHoverRadius: 7,
          backgroundColor: colors.measured,
          borderColor: colors.measured,
        },
        {
          label: 'One seed',
          data: pairs.flatMap(({ bySeed }, x) => (bySeed.length > 1 ? bySeed.map((value) => ({ x: x + 0.18, y: 100 * value })) : [])),
          pointRadius: 2.5,
          backgroundColor: colors.inkFaint,
          borderColor: colors.inkFaint,
        },
      ],
    },
    options: {
      scales: {
        x: {
          min: -0.5,
          max: pairs.length - 0.5,
          grid: { display: false },
          border: { color: colors.inkFaint },
          afterBuildTicks: (/** @type {any} */ axis) => {
            axis.ticks = pairs.map((_, value) => ({ value }));
          },
          ticks: { autoSkip: false, maxRotation: 60, callback: (/** @type {number} */ i) => labels[i] },
        },
        y: {
          title: { display: true, text: `Points above ${reference}` },
          grid: { color: (/** @type {any} */ context) => (context.tick.value === 0 ? colors.inkSoft : colors.line) },
          grace: '10%',
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: tooltip(
          colors,
          ({ datasetIndex, dataIndex }) => (datasetIndex === 0 ? [pairs[dataIndex].pair.sentence] : ['One seed']),
          ([{ datasetIndex, dataIndex }]) => (datasetIndex === 0 ? labels[dataIndex] : ''),
        ),
      },
    },
  });
  const { setting } = view;
  return {
    name: `differences-${view.measure}`,
    testId: 'differences-chart',
    title: `${what}: differences to ${reference} on ${view.dataset}`,
    summary: pairs.map(({ difference }, i) => `${labels[i]} ${signed(difference)} points`).join('; '),
    legend: [
      ['measured-point', 'difference on the same images, with 95 % interval'],
      ['scrambling-point', 'one seed'],
    ],
    caption: [
      ...(setting ? [`Measured on ${view.dataset}: ${regimeWords(setting)}; ${scaleWords(setting)}.`] : []),
      `n = ${[...new Set(pairs.map(({ bySeed }) => bySeed.length))].join(', ')} seeds, ${pairs[0]?.pair.images ?? 0} images. Intervals: over the seeds that both have and their images.`,
    ],
    configure,
    data: [view, pairs, reference],
  };
}
