import { html } from 'lit-html';
import { count } from '../app/format.js';
import { ticksAt, tooltip } from '../charts/palette.js';
import { numberAxis } from '../charts/ticks.js';
import { fitted } from '../charts/view.js';
import { OVER, regimeWords, scaleWords } from '../results/words.js';

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
 * @property {string} [intervals] what the intervals mean, if that does not follow from the seeds
 */

/** Characters of a line of a label, if there is room. */
const WIDEST_LABEL = 28;

/** The width of a letter, on average, and of what is beside labels. They may take up to half of a chart, and are cut then. */
const LETTER = 6.5;
const BESIDE_LABEL = 12;

/**
 * A forest plot: differences of accuracies on a common axis, a row each, with intervals and the differences of the
 * individual seeds. Of points left and right of the line at zero the one is below and the other above what they are
 * compared with.
 *
 * @param {Place[]} places from top to bottom
 * @param {Words} words
 * @param {{dataset: string, setting?: import('../api/types.js').ComparedSetting}} on
 * @returns {import('../charts/figure.js').Figure}
 */
export function forestPlot(places, { name, testId, title, axis, intervals: intervalWords }, { dataset, setting }) {
  const ends = places.flatMap(({ difference, low = difference, high = difference, bySeed }) => [low, high, ...bySeed]).map((share) => 100 * share);
  const [least, most] = fitted([0, ...ends.filter(Number.isFinite)]);
  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'scatter',
    data: {
      datasets: [
        {
          label: axis,
          data: places.map(({ difference }, y) => ({ x: 100 * difference, y })),
          intervals: places.map(({ low, high }) => (low === undefined && high === undefined ? null : { low: points(low), high: points(high) })),
          intervalsAcross: true,
          intervalColor: colors.measured,
          pointRadius: 5.5,
          pointHoverRadius: 7,
          backgroundColor: colors.measured,
          borderColor: colors.measured,
        },
        {
          label: 'One seed',
          data: places.flatMap(({ bySeed }, y) => (bySeed.length > 1 ? bySeed.map((value) => ({ x: 100 * value, y: y + 0.25 })) : [])),
          pointRadius: 2.5,
          backgroundColor: colors.inkFaint,
          borderColor: colors.inkFaint,
        },
      ],
    },
    options: {
      scales: {
        x: {
          title: { display: true, text: axis },
          border: { color: colors.inkFaint },
          grid: { color: (/** @type {any} */ context) => (context.tick?.value === 0 ? colors.inkSoft : colors.line) },
          ...numberAxis([least, most], { low: least, high: most, round: true }),
        },
        y: {
          min: -0.5,
          max: places.length - 0.5,
          reverse: true,
          grid: { display: false },
          border: { display: false },
          ...ticksAt([...places.keys()]),
          ticks: {
            autoSkip: false,
            color: colors.ink,
            /** @this {{chart: {width: number}}} @param {number} i */
            callback(i) {
              return lines(places[i].label, Math.min(WIDEST_LABEL, Math.floor((this.chart.width / 2 - BESIDE_LABEL) / LETTER)));
            },
          },
        },
      },
      plugins: {
        tooltip: tooltip(
          colors,
          ({ datasetIndex, dataIndex }) => (datasetIndex === 0 ? lines(places[dataIndex].sentence, 60) : ['One seed']),
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
      ['measured-point', 'difference on the same images, with 95 % interval', 'difference, 95 % interval'],
      ['seed-point', 'one seed'],
    ],
    caption: [
      ...(setting ? [`Measured on ${dataset}: ${regimeWords(setting)}; ${scaleWords(setting)}.`] : []),
      `n = ${distinct(places.map(({ bySeed }) => bySeed.length))} seeds, ${distinct(places.map(({ images }) => count(images)))} images each.`,
      ...(intervalWords ? [intervalWords] : new Set(places.map(({ bySeed }) => intervalsOf(bySeed.length)))),
    ],
    panels: [{ configure }],
    rows: places.length,
    data: [places, title],
  };
}

/** @param {(number|string)[]} numbers */
const distinct = (numbers) => [...new Set(numbers)].join(', ');

/** A sentence on what the intervals mean. @param {number} seeds */
const intervalsOf = (seeds) =>
  seeds === 1
    ? 'One seed: 95 % interval over the images of this pair of runs only.'
    : seeds <= 3
      ? 'Two or three seeds: no interval.'
      : 'Several seeds: 95 % interval over the seeds that both networks have and their images.';

/** Breaks a long label. @param {string} label @param {number} most characters of a line */
function lines(label, most) {
  /** @type {string[]} */
  const broken = [''];
  for (const word of label.split(' ')) {
    const last = broken[broken.length - 1];
    if (last && last.length + word.length >= most) {
      broken.push(word);
    } else {
      broken[broken.length - 1] = last ? `${last} ${word}` : word;
    }
  }
  return broken;
}

/** @param {number|undefined} share */
const points = (share) => (share === undefined ? undefined : 100 * share);

/** A difference in percentage points. @param {number} share */
export const signed = (share) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`;

/** The 95 % interval of a difference in words, of which one end may be unknown, or that there is none. @param {{low?: number, high?: number, bySeed: number[]}} difference */
export function spread({ low, high, bySeed }) {
  if (low !== undefined && high !== undefined) {
    return `${signed(low)} to ${signed(high)}${bySeed.length === 1 ? ', this pair of runs only' : ''}`;
  }
  if (low !== undefined) {
    return `at least ${signed(low)}`;
  }
  if (high !== undefined) {
    return `at most ${signed(high)}`;
  }
  return bySeed.length > 1 ? `no interval; seeds ${bySeed.map(signed).join(', ')}` : 'none over seeds: one seed';
}

/** The same in a table, whose files have the ends and what they are over in columns of their own. @param {Parameters<typeof spread>[0]} difference */
export function spreadCell(difference) {
  const { low, high, bySeed } = difference;
  const [from, to] = [low, high].map((end) => (end === undefined ? '' : signed(end)));
  const over = from === '' && to === '' ? spread(difference) : bySeed.length === 1 ? 'this pair of runs only' : OVER['seeds-and-images'];
  return html`<span data-low=${from} data-high=${to} data-over=${over} data-unit="points">${spread(difference)}</span>`;
}
