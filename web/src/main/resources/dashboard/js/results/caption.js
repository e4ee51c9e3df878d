import { count, percent } from '../app/format.js';
import { cautions, intervalOf } from './measured.js';
import { intervalWords, regimeWords, scaleWords } from './words.js';

/**
 * @typedef {import('../api/types.js').Measured} Measured
 * @typedef {import('./words.js').Trained} Trained
 */

/**
 * The caption for measured accuracies in a figure, in sentences.
 *
 * @param {string|undefined} dataset
 * @param {[trained: Trained, value: Measured|undefined][]} rows
 * @returns {string[]}
 */
export function captionOf(dataset, rows) {
  const values = rows.flatMap(([, value]) => value ?? []);
  if (values.length === 0) {
    return [];
  }
  const measured = rows.filter(([, value]) => value).map(([trained]) => trained);
  const ns = values.map(({ n }) => n);
  return [
    `Measured on ${dataset}: ${distinct(measured.map(regimeWords))}; ${distinct(measured.map(scaleWords))}.`,
    `n = ${range(ns)} ${Math.max(...ns) === 1 ? 'seed' : 'seeds'}, ${range(values.map(({ images }) => images))} images.`,
    `Error bars: ${distinct(values.map(({ n, interval }) => (interval ? intervalWords(interval) : `none for ${n === 1 ? 'one seed' : 'two seeds, which are dots'}`)))}.`,
    ...cautions(values),
  ];
}

/** @param {string[]} words */
const distinct = (words) => [...new Set(words)].join('; ');

/** @param {number[]} numbers */
function range(numbers) {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? count(least) : `${count(least)} to ${count(most)}`;
}

/** The caption for published accuracies in a figure. */
export const PUBLISHED_CAPTION = 'Published: on 15-scene, ImageNet-pretrained, 224 px.';

/** The subject of a figure of one run. @param {{title: string, regime?: string, weights?: string}} run */
export const subjectOf = (run) => [run.title, regimeWords(run)].filter(Boolean).join(', ');

/** The caption for a figure of one run, whose title states how it was trained. */
export const ONE_RUN_CAPTION = 'n = 1 run, so without intervals over seeds.';

/**
 * The legend entries of what charts show of the spread of values: intervals, and two seeds, which have none.
 *
 * @param {(Measured|undefined)[]} values
 * @returns {import('../charts/legend.js').LegendEntry[]}
 */
export const spreadEntries = (values) => [
  .../** @type {import('../charts/legend.js').LegendEntry[]} */ (values.some((value) => value && intervalOf(value)) ? [['interval', '95 % interval']] : []),
  .../** @type {import('../charts/legend.js').LegendEntry[]} */ (values.some((value) => value?.n === 2) ? [['two-seeds', 'each of two seeds, which have no interval', 'each of two seeds']] : []),
];

/**
 * The legend entry of chance accuracy, if it is known.
 *
 * @param {number|undefined} chance
 * @returns {import('../charts/legend.js').LegendEntry[]}
 */
export const chanceEntry = (chance) => (chance === undefined ? [] : [['chance', `chance: ${percent(chance)}, one of ${Math.round(1 / chance)} classes`, `chance, ${percent(chance)}`]]);
