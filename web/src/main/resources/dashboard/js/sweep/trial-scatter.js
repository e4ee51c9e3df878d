import { percent, plural, setting as exact } from '../app/format.js';
import { runHref } from '../app/routes.js';
import { titled } from '../charts/identity.js';
import { accuracyAxis, acrossAxis, ticksAt, tooltip } from '../charts/palette.js';
import { isWide, numberAxis, tickWords } from '../charts/ticks.js';
import { inOrder } from '../run-list/parallel-axis.js';
import { byKind, kindEntry, kindWords, pointsOf } from './trial-kinds.js';

/**
 * @typedef {import('./trial-kinds.js').SweepTrial} SweepTrial
 *
 * A setting in which trials differ.
 * @typedef {import('../api/types.js').TrialSetting & {log?: boolean}} TrialSetting log: whether the sweep samples it on a logarithmic scale
 */

/** A value of a setting in words: whole numbers as they were set, such as seeds, which no two values share. @param {unknown} value */
export const valueWords = (value) =>
  (value === undefined ? 'not set' : typeof value !== 'number' ? String(value) : Number.isInteger(value) ? exact(value) : tickWords(value));

/**
 * The different values that are no numbers, in the order in which forms offer them, others in that of the alphabet.
 *
 * @param {TrialSetting} setting
 * @param {unknown[]} values
 */
export const placesOf = ({ choices }, values) => values.map(valueWords).sort(inOrder(choices.map(({ title }) => title)));

/**
 * What trials reached over one setting, a point for each, with those that were pruned or went wrong.
 *
 * @param {SweepTrial[]} all on one data set
 * @param {TrialSetting} setting
 * @param {number[]} best
 * @param {string} where
 * @returns {import('../charts/figure.js').Figure|undefined} undefined if no trial has a point
 */
export function trialScatter(all, setting, best, where) {
  const { name, label, unit } = setting;
  const shown = all.filter((trial) => hasPoint(trial) && (!setting.number || trial.settings[name] !== undefined));
  if (shown.length === 0) {
    return undefined;
  }
  const values = [...new Set(shown.map((trial) => trial.settings[name]))];
  const places = setting.number ? [] : placesOf(setting, values);
  const numbers = setting.number ? values.map(Number).sort((a, b) => a - b) : [...places.keys()];
  const wide = setting.number && isWide(numbers, name, setting.log);
  const across = (/** @type {SweepTrial} */ trial) => (setting.number ? Number(trial.settings[name]) : places.indexOf(valueWords(trial.settings[name])));
  const groups = byKind(shown, best);
  return {
    name: `trials-over-${name}`,
    testId: 'trial-scatter',
    title: `Validation accuracy over ${label.toLowerCase()}`,
    summary: `${plural(shown.length, 'trial')}: ${kindWords(groups)}. ${trialWords(shown, best)}`,
    legend: groups.map(([kind, { length }]) => kindEntry(kind, length)),
    caption: [
      `${where}: ${plural(shown.length, 'trial')}, a point each: the accuracy on validation images of the epoch that it keeps, without interval.`,
      'A trial that was pruned or stopped has that of the epochs that it got; one without an epoch is at the bottom.',
      ...(shown.length < all.length ? [`${plural(all.length - shown.length, 'trial')} without an epoch or without this setting left out.`] : []),
    ],
    panels: [{
      configure: (colors) => ({
        type: 'line',
        data: {
          datasets: groups.map(([kind, group]) => ({ label: kind, clip: false, ...pointsOf(colors, kind), data: group.map((trial) => ({ x: across(trial), y: up(trial) })) })).reverse(),
        },
        options: {
          onClick: openTrial([...groups].reverse().map(([, group]) => group)),
          scales: {
            x: acrossAxis(colors, `${label}${unit ? ` (${unit})` : ''}${wide ? ', logarithmic' : ''}`, setting.number
              ? numberAxis(numbers, { log: wide })
              : { type: 'linear', min: -0.5, max: places.length - 0.5, ...ticksAt(numbers), ticks: { autoSkip: false, callback: (/** @type {number} */ at) => places[at] } }),
            y: titled(accuracyAxis(colors), 'Validation accuracy'),
          },
          plugins: { tooltip: trialTooltip(colors, [...groups].reverse().map(([, group]) => group)) },
        },
      }),
    }],
    zoom: setting.number ? { x: numbers, logX: wide } : {},
    data: [shown.map((trial) => [trial.job, trial.outcome, across(trial), trial.accuracy]), best, name],
  };
}

/** Whether a trial got so far that a plot has a point for it. @param {SweepTrial} trial */
export const hasPoint = ({ accuracy, outcome }) => accuracy !== undefined || outcome === 'failed' || outcome === 'diverged';

/** @param {SweepTrial} trial */
export const up = ({ accuracy = 0 }) => accuracy * 100;

/** The best trials in words. @param {SweepTrial[]} trials @param {number[]} best */
export function trialWords(trials, best) {
  const found = trials.filter(({ job }) => best.includes(job));
  return found.length === 0 ? 'None has finished.' : `The best: ${found.map(({ job, accuracy = 0 }) => `#${job} with ${percent(accuracy)}`).join(', ')}.`;
}

/** A point is a link to its job. @param {SweepTrial[][]} groups as the datasets of the chart */
export const openTrial = (groups) => (/** @type {unknown} */ _event, /** @type {{datasetIndex: number, index: number}[]} */ [hit]) => {
  const trial = hit && groups[hit.datasetIndex]?.[hit.index];
  if (trial) {
    location.hash = runHref(trial.job);
  }
};

/** @param {import('../charts/palette.js').Palette} colors @param {SweepTrial[][]} groups as the datasets of the chart */
export const trialTooltip = (colors, groups) => tooltip(
  colors,
  ({ datasetIndex, dataIndex }) => described(groups[datasetIndex]?.[dataIndex]),
  ([{ datasetIndex, dataIndex }]) => (groups[datasetIndex]?.[dataIndex] ? `${groups[datasetIndex][dataIndex].label} #${groups[datasetIndex][dataIndex].job}` : ''),
);

/** @param {SweepTrial|undefined} trial */
function described(trial) {
  if (!trial) {
    return '';
  }
  const { accuracy, epochs, outcome, said = [] } = trial;
  return [
    `${accuracy === undefined ? 'no epoch' : `validation ${percent(accuracy)} after ${plural(epochs, 'epoch')}`}, ${outcome}`,
    ...said,
  ];
}
