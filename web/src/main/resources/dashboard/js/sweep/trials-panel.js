import { html, nothing } from 'lit-html';
import { choices } from '../app/choices.js';
import { plural } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { shownFigure } from '../charts/figure.js';
import { inlineSelect } from '../controls/field.js';
import { panel, toSection } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { segments } from '../controls/segments.js';
import { parallelChart } from '../run-list/parallel-chart.js';
import { TROUBLES } from '../results/troubles.js';
import { term } from '../terms/term.js';
import { bestSettingNote } from './best-setting.js';
import { bestSoFar } from './best-so-far.js';
import { highestMean } from './highest-mean.js';
import { mostTelling } from './most-telling.js';
import { rungCurves } from './rung-curves.js';
import { trialGrid } from './trial-grid.js';
import { wentWrong } from './trial-kinds.js';
import { trialScatter, valueWords } from './trial-scatter.js';

/**
 * @typedef {import('./trial-kinds.js').SweepTrial} SweepTrial
 * @typedef {import('./trial-kinds.js').SweepTrials} SweepTrials
 * @typedef {import('./trial-scatter.js').TrialSetting} TrialSetting
 */

/** A sweep of many trials takes the server a while. */
const PAUSE_MS = 5000;

/** @type {[value: string, words: string][]} */
const PLOTS = [['', 'Over a setting'], ['parallel', 'All settings'], ['grid', 'Two settings'], ['progress', 'Best so far']];

/** Plots of the accuracy that each trial has, whatever the epochs that it got. */
const MIXED = ['', 'parallel'];

/** @type {import('../run-list/run-columns.js').RunColumn} */
const METRIC = { name: 'validation', label: 'Validation', type: 'share', parameter: false };

/**
 * Plots of what a sweep's trainings tried and what they reached.
 *
 * @param {import('../app/view.js').Lab} lab
 * @param {URLSearchParams} query of the page's URL
 * @param {{draw: () => void, onClose: (action: () => void) => void}} page
 * @param {string} sweep
 * @param {(id: number) => boolean} has whether a job is one of the sweep
 * @param {(setting: string) => boolean|undefined} isLog whether the sweep samples a setting on a logarithmic scale; undefined if it does not sample it
 */
export function trialsPanel({ api, live }, query, page, sweep, has, isLog) {
  const { draw } = page;
  const [chosen, choose] = choices(query, { plot: '', over: '', against: '', on: '' }, draw);
  /** @type {Map<string, import('../run-list/parallel-chart.js').Part>} */
  const parts = new Map();
  const brush = {
    parts,
    /** @param {string} column @param {import('../run-list/parallel-chart.js').Part|undefined} part */
    set(column, part) {
      if (part) {
        parts.set(column, part);
      } else {
        parts.delete(column);
      }
      draw();
    },
    clear() {
      parts.clear();
      draw();
    },
  };
  const view = loaded(page, {
    read: () => api.sweepTrials(sweep),
    live,
    // A trial appears once it has completed an epoch.
    concerns: ({ type, data }) =>
      type === 'reset'
      || (type === 'deleted' && data.job !== undefined && has(data.job))
      || (type === 'job' && data.state !== 'QUEUED' && has(data.id))
      || (type === 'metric' && 'epoch' in data && has(data.job)),
    pause: PAUSE_MS,
  });

  /** Seeds are last: they are no choice that a sweep helps to make. @param {SweepTrials} found */
  const settingsOf = (found) =>
    found.settings.map((setting) => ({ ...setting, choices: setting.choices.map(brief), log: isLog(setting.name) })).sort((a, b) => Number(a.name === 'seed') - Number(b.name === 'seed'));

  /** @param {SweepTrials} found @param {string} on a data set @param {TrialSetting[]} settings */
  const trialsOf = (found, on, settings) => found.trials.filter(({ dataset }) => dataset === on).map((trial) => named(trial, settings));

  /** The setting of the first plot on each data set: new trials must not change the axis while somebody reads it. @type {Map<string, string>} */
  const first = new Map();

  /** @param {string} dataset @param {SweepTrial[]} trials @param {TrialSetting[]} settings */
  function plottedFirst(dataset, trials, settings) {
    const name = first.get(dataset) ?? mostTelling(trials, settings)?.name;
    if (name !== undefined && (chosen.plot === '' || chosen.plot === 'grid') && trials.some(({ accuracy }) => accuracy !== undefined)) {
      first.set(dataset, name);
    }
    const others = chosen.plot === 'grid' ? settings.filter((setting) => setting.name !== chosen.against) : settings;
    return others.find((setting) => setting.name === name) ?? others[0];
  }

  /** @param {SweepTrials} found */
  function content(found) {
    const datasets = [...new Set(found.trials.map(({ dataset }) => dataset))];
    const dataset = datasets.includes(chosen.on) ? chosen.on : datasets[0];
    const settings = settingsOf(found);
    const trials = trialsOf(found, dataset, settings);
    const find = (/** @type {string} */ name) => settings.find((setting) => setting.name === name);
    const over = find(chosen.over) ?? plottedFirst(dataset, trials, settings);
    const against = find(chosen.against) ?? settings.find((setting) => setting !== over);
    const where = `Sweep ${sweep}${datasets.length > 1 ? `, on ${dataset}` : ''}`;
    return html`<div class="filters">
        ${segments({ id: 'trials-plot', legend: 'Plot', options: PLOTS, chosen: chosen.plot, choose: (plot) => choose({ plot }) })}
        ${datasets.length > 1 ? inlineSelect('trials-on', 'Data set', datasets.map((name) => [name, name]), dataset, (on) => choose({ on })) : nothing}
        ${chosen.plot === '' || chosen.plot === 'grid' ? selection('over', chosen.plot ? 'Columns' : 'Setting', settings, over) : nothing}
        ${chosen.plot === 'grid' ? selection('against', 'Rows', settings, against) : nothing}
      </div>
      ${plot(found, { trials, settings, over, against, where })}
      ${MIXED.includes(chosen.plot) ? epochsNote(trials, found.afterEpochs !== undefined) : nothing}
      ${troubleNote(trials)}
      ${bestSettingNote(found.bestSettings.find((each) => each.dataset === dataset), (job) => settingWords(trials.find((trial) => trial.job === job), settings), trials.filter(wentWrong).length)}`;
  }

  /** @param {'over'|'against'} name @param {string} label @param {TrialSetting[]} settings @param {TrialSetting|undefined} setting */
  const selection = (name, label, settings, setting) =>
    settings.length < 2 ? nothing : inlineSelect(`trials-${name}`, label, settings.map((each) => [each.name, each.label]), setting?.name ?? '', (value) => choose({ [name]: value }));

  /**
   * @param {SweepTrials} found
   * @param {{trials: SweepTrial[], settings: TrialSetting[], over: TrialSetting|undefined, against: TrialSetting|undefined, where: string}} shown
   */
  function plot({ best, startedAt, afterEpochs }, { trials, settings, over, against, where }) {
    const measured = trials.filter(({ accuracy }) => accuracy !== undefined);
    switch (chosen.plot) {
      case 'parallel':
        if (settings.length < 2 || measured.length < 2) {
          return needs(`Lines over all settings need two trials with a completed epoch, which differ in two settings; this sweep has ${plural(measured.length, 'such trial')} and varies ${plural(settings.length, 'setting')}.`);
        }
        return parallelChart(measured.map(asRun), settings.map(asColumn), METRIC, brush, where);
      case 'grid':
        if (!over || !against || over === against) {
          return needs(`The grid needs two settings that differ; this sweep varies ${plural(settings.length, 'setting')}${over && over === against ? '. Choose two different ones' : ''}.`);
        }
        if (!trials.some(({ compared }) => compared !== undefined)) {
          return needs(`The grid needs a trial that ${afterEpochs ? `reached the first rung, after ${plural(afterEpochs, 'epoch')}` : 'finished'}.`);
        }
        return trialGrid(trials, [over, against], best, afterEpochs);
      case 'progress':
        return figureOr(startedAt ? bestSoFar(trials, best, startedAt, where) : undefined, 'The first point appears once a trial has ended after at least one epoch.');
      default:
        return over
          ? figureOr(trialScatter(trials, over, best, where), 'The first point appears once a trial has completed an epoch.')
          : needs('The trainings of this sweep do not differ in any setting. Sweep one, such as the learning rate, to see what it changes.');
    }
  }

  return {
    best: () => view.data?.best ?? [],

    /** The learning curves of a successive halving. @param {number[]} rungs */
    curves: (rungs) => (view.data ? rungCurves(view.data, rungs, `Sweep ${sweep}`) : undefined),

    /** Whether trials differ in a setting. @param {string} setting */
    varies: (setting) => view.data?.settings.some(({ name }) => name === setting) ?? false,

    /** Plots the trials over a setting, and shows the plot. @param {string} setting @param {string} dataset */
    plotOver(setting, dataset) {
      choose({ plot: '', over: setting, on: dataset });
      toSection('trials');
    },

    /** @param {string} name @param {string} dataset */
    highest(name, dataset) {
      if (!view.data) {
        return undefined;
      }
      const settings = settingsOf(view.data);
      const setting = settings.find((each) => each.name === name);
      return setting && highestMean(trialsOf(view.data, dataset, settings), setting);
    },

    /** Nothing without trainings. */
    template: () => (view.data && view.data.trials.length === 0 ? nothing : panel('trials', 'Trials', view.template(content), { testId: 'trials' })),
  };
}

/** @param {string} text */
const needs = (text) => empty({ id: 'trials-empty', title: 'Nothing to plot yet', text });

/** @param {import('../charts/figure.js').Figure|undefined} figure @param {string} text */
const figureOr = (figure, text) => (figure ? shownFigure(figure) : needs(text));

/** Without the explanation that follows the value in a form: "adamw" of "adamw: Adam with decoupled weight decay". @param {TrialSetting['choices'][number]} choice */
const brief = ({ value, title }) => ({ value, title: title.startsWith(`${value}: `) ? String(value) : title });

/** A trial with the display names of its settings' values. @param {SweepTrial} trial @param {TrialSetting[]} settings @returns {SweepTrial} */
function named(trial, settings) {
  const values = settings
    .filter(({ name }) => trial.settings[name] !== undefined)
    .map(({ name, label, choices }) => ({ name, label, value: choices.find(({ value }) => value === trial.settings[name])?.title ?? trial.settings[name] }));
  return {
    ...trial,
    settings: Object.fromEntries(values.map(({ name, value }) => [name, value])),
    said: values.map(({ label, value }) => `${label}: ${valueWords(value)}`),
  };
}

/**
 * That trials which ended early stand beside others which had more epochs.
 *
 * @param {SweepTrial[]} trials
 * @param {boolean} halved whether the page also compares them after equal numbers of epochs
 */
function epochsNote(trials, halved) {
  const measured = trials.filter(({ accuracy }) => accuracy !== undefined);
  const ended = (/** @type {string[]} */ ...outcomes) => measured.filter(({ outcome }) => outcomes.includes(outcome));
  const [early, finished] = [ended('pruned', 'stopped'), ended('finished')];
  return early.length === 0 ? nothing : html`<p class="note" data-testid="trials-epochs">Trials that were ${[...new Set(early.map(({ outcome }) => outcome))].join(' or ')} have the accuracy
    of the epochs that they got (${epochsOf(early)})${finished.length > 0 ? `, finished ones that of all (${epochsOf(finished)})` : ''}${halved ? '; “Rungs” compares trials after equal numbers of epochs' : ''}.</p>`;
}

/** What the marks of trials that went wrong mean. @param {SweepTrial[]} trials */
function troubleNote(trials) {
  const troubles = Object.entries(TROUBLES).filter(([trouble]) => trials.some(({ outcome }) => outcome === trouble));
  return troubles.length === 0 ? nothing : html`<p class="note" data-testid="trials-troubles">${troubles.map(([, { mark, text }]) => `${mark.charAt(0).toUpperCase()}${mark.slice(1)}: ${text}. `)}
    Trials that were pruned or stopped are not judged. ${term('trouble', 'How trials are judged')}</p>`;
}

/** From the fewest to the most epochs. @param {SweepTrial[]} trials */
const epochsOf = (trials) => [...new Set([Math.min, Math.max].map((end) => end(...trials.map(({ epochs }) => epochs))))].join(' to ');

/** The values of the settings that vary; a best setting is that of all its seeds. @param {SweepTrial|undefined} trial @param {TrialSetting[]} settings */
const settingWords = (trial, settings) => settings
  .filter(({ name }) => name !== 'seed' && trial?.settings[name] !== undefined)
  .map(({ name, label }) => `${label.toLowerCase()} ${valueWords(trial?.settings[name])}`)
  .join(', ');

/** A trial as a run of a list. @param {SweepTrial} trial @returns {any} because lists of runs have more about each */
const asRun = ({ job, settings, accuracy, ...trial }) => ({ ...trial, id: job, parameters: settings, validation: { accuracy } });

/** @param {TrialSetting} setting @returns {import('../run-list/parallel-axis.js').OrderedColumn} */
const asColumn = ({ name, label, unit, number, log, choices }) => ({ name, label, unit, log, type: number ? 'number' : 'text', parameter: true, order: choices.map(({ title }) => title) });
