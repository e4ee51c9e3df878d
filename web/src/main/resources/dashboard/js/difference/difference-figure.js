import { acrossAxis, ticksAt, tooltip } from '../charts/palette.js';
import { regimeWords, scaleWords } from '../results/words.js';

/**
 * A difference at its position on the axis.
 *
 * @typedef {{label: string, difference: number, low?: number, high?: number, bySeed: number[], images: number, sentence: string}} Place
 *
 * @typedef {object} Words
 * @property {string} name file name of saved figures, without extension
 * @property {string} testId
 * @property {string} title
 * @property {string} axis title of the value axis
 */

/**
 * Differences of accuracies, with intervals and the differences of the individual seeds.
 *
 * @param {Place[]} places
 * @param {Words} words
 * @param {{dataset: string, setting?: import('../api/types.js').ComparedSetting}} on
 * @returns {import('../charts/figure.js').Figure}
 */
export function differenceFigure(places, { name, testId, title, axis }, { dataset, setting }) {
  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'scatter',
    data: {
      datasets: [
        {
          label: axis,
          data: places.map(({ difference }, x) => ({ x, y: 100 * difference })),
          intervals: places.map(({ low, high }) => (low === undefined || high === undefined ? null : { low: 100 * low, high: 100 * high })),
          intervalColor: colors.measured,
          pointRadius: 5.5,
          pointHoverRadius: 7,
          backgroundColor: colors.measured,
          borderColor: colors.measured,
        },
        {
          label: 'One seed',
          data: places.flatMap(({ bySeed }, x) => (bySeed.length > 1 ? bySeed.map((value) => ({ x: x + 0.1, y: 100 * value })) : [])),
          pointRadius: 2.5,
          backgroundColor: colors.inkFaint,
          borderColor: colors.inkFaint,
        },
      ],
    },
    options: {
      scales: {
        x: acrossAxis(colors, undefined, {
          min: -0.5,
          max: places.length - 0.5,
          ...ticksAt([...places.keys()]),
          ticks: { autoSkip: false, maxRotation: 60, callback: (/** @type {number} */ i) => lines(places[i].label) },
        }),
        y: {
          title: { display: true, text: axis },
          grid: { color: (/** @type {any} */ context) => (context.tick?.value === 0 ? colors.inkSoft : colors.line) },
          grace: '10%',
          suggestedMin: Math.min(0, ...places.map(({ low = 0 }) => 100 * low)),
          suggestedMax: Math.max(0, ...places.map(({ high = 0 }) => 100 * high)),
        },
      },
      plugins: {
        tooltip: tooltip(
          colors,
          ({ datasetIndex, dataIndex }) => (datasetIndex === 0 ? [places[dataIndex].sentence] : ['One seed']),
          ([{ datasetIndex, dataIndex }]) => (datasetIndex === 0 ? places[dataIndex].label : ''),
        ),
      },
    },
  });
  return {
    name,
    testId,
    title,
    summary: places.map(({ label, difference }) => `${label} ${signed(difference)} points`).join('; '),
    legend: [
      ['measured-point', 'difference on the same images, with 95 % interval'],
      ['seed-point', 'one seed'],
    ],
    caption: [
      ...(setting ? [`Measured on ${dataset}: ${regimeWords(setting)}; ${scaleWords(setting)}.`] : []),
      `n = ${distinct(places.map(({ bySeed }) => bySeed.length))} seeds, ${distinct(places.map(({ images }) => images))} images each.`,
      ...new Set(places.map(({ bySeed }) => intervalsOf(bySeed.length))),
    ],
    panels: [{ configure }],
    places: places.length,
    data: [places, title],
  };
}

/** @param {number[]} numbers */
const distinct = (numbers) => [...new Set(numbers)].join(', ');

/** A sentence on what the intervals mean. @param {number} seeds */
const intervalsOf = (seeds) =>
  seeds === 1
    ? 'One seed: 95 % interval over the images of this pair of runs only.'
    : seeds <= 3
      ? 'Two or three seeds: no interval.'
      : 'Several seeds: 95 % interval over the seeds that both networks have and their images.';

/** Breaks a long label. @param {string} label */
function lines(label) {
  /** @type {string[]} */
  const broken = [''];
  for (const word of label.split(' ')) {
    const last = broken[broken.length - 1];
    if (last && last.length + word.length > 18) {
      broken.push(word);
    } else {
      broken[broken.length - 1] = last ? `${last} ${word}` : word;
    }
  }
  return broken;
}

/** A difference in percentage points. @param {number} share */
export const signed = (share) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`;
