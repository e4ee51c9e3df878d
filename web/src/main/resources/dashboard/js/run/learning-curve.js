import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { runHref } from '../app/routes.js';
import { ONE_RUN_CAPTION, PUBLISHED_CAPTION } from '../results/caption.js';
import { TROUBLES } from '../results/troubles.js';
import { chanceLegend, chanceOf, epochChart, epochWords, pointsOf } from './epochs.js';
import { rangeOf } from './other-seeds.js';

/**
 * @typedef {import('../api/types.js').Epoch} Epoch
 *
 * What a run's curves are drawn with.
 * @typedef {object} Beside
 * @property {import('../api/types.js').PublishedHistory} [published]
 * @property {import('./other-seeds.js').OtherSeed[]} [seeds] other runs of its configuration
 * @property {'best'|'last'} [keep] which epoch's weights it keeps
 * @property {boolean} [running] whether more epochs may follow
 * @property {number} [chance] accuracy of guessing one of its classes
 * @property {import('../api/types.js').Trouble} [trouble] what went wrong
 * @property {number} [troubleSince] the first epoch of it
 */

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
 * values; a band behind the validation curve is the range of other seeds. A dotted line is what guessing reaches, and an
 * upright one the epoch since which the training has gone wrong.
 *
 * @param {Epoch[]} history
 * @param {number} epochs number of planned epochs
 * @param {'accuracy'|'loss'} quantity
 * @param {string} subject the run in words
 * @param {Beside} [beside]
 * @returns {import('../charts/figure.js').Figure}
 */
export function learningCurve(history, epochs, quantity, subject, beside = {}) {
  const { published, seeds = [], chance, troubleSince, keep, running = false } = beside;
  const trouble = troubleOf(beside);
  const accuracy = quantity === 'accuracy';
  const train = accuracy ? 'trainAccuracy' : 'trainLoss';
  const validation = accuracy ? 'validationAccuracy' : 'validationLoss';
  const write = (/** @type {number|null} */ value) => epochWords(train, value);
  const kept = keep === 'last' ? (running ? -1 : history.length - 1) : history.map(({ best }) => best).lastIndexOf(true);
  const last = history.at(-1);
  const publishedLines = published
    ? [
        { label: 'Published validation', values: published[validation], borderWidth: 1.75, borderDash: [7, 4] },
        { label: 'Published training', values: published[train], borderWidth: 1.25, borderDash: [2, 3] },
      ]
    : [];
  const band = rangeOf(seeds, validation);
  const rangeAt = (/** @type {number} */ epoch) => band.filter(({ x }) => x === epoch).map(({ low, high }) => `${others(seeds)} ${write(low)} to ${write(high)}`);
  const factor = accuracy ? 100 : 1;
  const configure = epochChart(
    (colors) => [
      { label: 'Validation', band: band.map(({ x, low, high }) => ({ x, low: low * factor, high: high * factor })), bandColor: colors.measuredSoft, bandEdge: colors.measuredMid, points: pointsOf(history, validation), borderColor: colors.measured, backgroundColor: colors.measured, borderWidth: 2,
        pointRadius: history.map((_, i) => (i === kept ? 6 : 2.5)),
        pointBackgroundColor: history.map((_, i) => (i === kept ? colors.surface : colors.measured)),
        pointBorderWidth: history.map((_, i) => (i === kept ? 2 : 1)) },
      { label: 'Training', points: pointsOf(history, train), borderColor: colors.train, backgroundColor: colors.train, borderWidth: 1.5, pointRadius: 1.5 },
      ...publishedLines.map(({ values, ...line }) => ({ ...line, points: values.map((y, i) => ({ x: i + 1, y })), borderColor: colors.published, backgroundColor: colors.published, pointRadius: 0, pointHoverRadius: 3 })),
    ],
    train,
    Math.max(epochs, history.length, ...publishedLines.map(({ values }) => values.length)),
    {
      note: ({ dataset, dataIndex, parsed }) =>
        dataset.label === 'Validation' ? [dataIndex === kept ? ', kept' : '', ...rangeAt(parsed.x).map((words) => `; ${words}`)].join('') : '',
      chance,
      onset: troubleSince && trouble ? { x: troubleSince, label: trouble } : undefined,
    },
  );

  return {
    name: `learning-curve-${quantity}`,
    testId: `learning-curve-${quantity}`,
    title: `${accuracy ? 'Accuracy' : 'Loss'} over epochs`,
    summary: [
      last ? `After epoch ${last.epoch}: training ${write(last[train])}, validation ${write(last[validation])}.` : 'No epoch has ended yet.',
      ...(last ? rangeAt(last.epoch).map((words) => `Validation of ${words}.`) : []),
      ...(chance === undefined ? [] : [`Chance: ${write(chanceOf(train, chance) ?? null)}.`]),
      ...(trouble ? [`Marked ${trouble}.`] : []),
      ...publishedLines.map(({ label, values }) => `${label}, after epoch ${values.length}: ${write(values.at(-1) ?? 0)}.`),
    ].join(' '),
    legend: learningLegend(beside),
    caption: [`${subject}.`, seeds.length > 0 ? `Lines: one run. Band: ${bandWords(seeds)}.` : ONE_RUN_CAPTION, ...(published ? [PUBLISHED_CAPTION] : [])],
    panels: [{ configure }],
    zoom: { x: Array.from({ length: Math.max(epochs, history.length) }, (_, i) => i + 1), logY: !accuracy },
    data: [history, epochs, published, band, chance, trouble, keep, running],
    small: true,
  };
}

/** @param {import('./other-seeds.js').OtherSeed[]} seeds */
const others = ({ length }) => plural(length, 'other seed');

/** What the band is, and is not. @param {import('./other-seeds.js').OtherSeed[]} seeds */
const bandWords = (seeds) => `from the lowest to the highest validation value of ${others(seeds)} of the same configuration after each epoch; a range, not an interval`;

/** The same with links to their runs; nothing without other seeds. @param {import('./other-seeds.js').OtherSeed[]} seeds */
export const bandNote = (seeds) =>
  seeds.length === 0
    ? nothing
    : html`<p class="note" data-testid="seed-band">Band: ${bandWords(seeds)} (${seeds.map(({ run, seed }, i) => html`${i > 0 ? ', ' : ''}seed ${seed}: <a href=${runHref(run, 'curves')}>#${run}</a>`)}).</p>`;

/** What went wrong, and when; empty if nothing did. @param {Beside} beside */
const troubleOf = ({ trouble, troubleSince }) => (trouble === undefined || troubleSince === undefined ? '' : `${TROUBLES[trouble].mark} from epoch ${troubleSince} on`);

/** @param {Beside} [beside] @returns {import('../charts/legend.js').LegendEntry[]} */
export const learningLegend = ({ published, seeds = [], chance, keep, ...wrong } = {}) => [
  ['validation', 'validation'],
  ...(seeds.length > 0 ? [/** @type {import('../charts/legend.js').LegendEntry} */ (['seed-band', `range of ${others(seeds)}, validation`])] : []),
  ['train', 'training'],
  ['best', keep === 'last' ? 'kept epoch: the last' : 'kept epoch: highest validation accuracy'],
  ...chanceLegend(chance),
  ...(troubleOf(wrong) ? [/** @type {import('../charts/legend.js').LegendEntry} */ (['onset', troubleOf(wrong)])] : []),
  ...(published ? PUBLISHED_LINES : []),
];
