import { bytes, decimal, duration, percent, setting, time } from '../app/format.js';
import { TROUBLES } from '../results/troubles.js';

/**
 * @typedef {import('../api/types.js').ListedRun} ListedRun
 * @typedef {import('../api/types.js').RunColumn} RunColumn
 * @typedef {import('../api/types.js').RunPage} RunPage
 */

/** Columns shown even if all runs have the same value. */
const ALWAYS = ['run', 'network', 'test', 'validation', 'scrambled', 'seconds', 'endedAt', 'tags'];

/** Columns shown only if chosen: the receptive field follows from the network, which also has the mark of its trouble, costs differ in all runs, and whether it was still improving says little of a run. */
const RARELY = ['trouble', 'receptiveField', 'converged', 'deviceSeconds', 'peakMemory', 'peakDeviceMemory', 'joules', 'imagesPerSecond'];

/** Columns of single runs, not shown of configurations unless chosen. */
const OF_RUNS = ['seconds', 'endedAt', 'tags', 'note', 'trouble', 'seed'];

/** The learning curve of a configuration, which is in no column of runs. @type {RunColumn} */
export const CURVE = { name: 'curve', label: 'Learning curve', type: 'text', parameter: false };

/** The column that unfolds the runs of a configuration. @type {RunColumn} */
const RUNS = { name: 'run', label: 'Runs', type: 'text', parameter: false };

/** Measured numbers, of which no more than three digits mean anything. */
const MEASURED = ['joules', 'imagesPerSecond'];

/** The unit of numbers such as a width, which are known to be factors. */
const FACTOR = '×';

/** Columns that users write, which should be visible without scrolling. */
const WRITTEN = ['tags', 'note'];

/**
 * The sort key of a column: first the run and its network, then its results, what users wrote, and its settings.
 *
 * @param {RunColumn} column
 */
const place = ({ name, type }) => (name === 'run' || name === 'network' ? 0 : type === 'share' ? 1 : WRITTEN.includes(name) ? 2 : 3);

/**
 * The columns of a table: the chosen ones or, by default, those shown always and those in which the runs differ.
 *
 * @param {RunPage} page
 * @param {string[]} chosen empty if none were chosen
 * @param {string[]} without columns that are redundant here
 */
export function shownColumns({ columns, varying }, chosen, without = []) {
  const shown = columns.filter(({ name }) =>
    chosen.length > 0 ? chosen.includes(name) : !without.includes(name) && (ALWAYS.includes(name) || (varying.includes(name) && !RARELY.includes(name))),
  );
  return shown.sort((a, b) => place(a) - place(b));
}

/** Columns of what all runs of a list may have in common. @param {RunColumn} column */
const isCommon = ({ name, parameter }) => parameter || name === 'dataset' || name === 'regime' || name === 'weights';

/**
 * What all runs of a list have in common and no column shows, in words.
 *
 * @param {RunPage} page
 * @param {RunColumn[]} shown
 */
export const commonWords = ({ columns, varying, runs: [run] }, shown) =>
  run === undefined
    ? []
    : columns
        .filter((column) => isCommon(column) && !varying.includes(column.name) && !shown.includes(column) && valueOf(run, column) !== undefined)
        .map((column) => `${column.label} ${wordsOf(column, valueOf(run, column))}`);

/** The columns of a table of configurations, with their learning curves. @param {RunPage} found @param {string[]} chosen @param {string[]} [without] */
export function configurationColumns(found, chosen, without = []) {
  const shown = shownColumns(found, chosen, [...OF_RUNS, ...without]).map((column) => (column.name === 'run' ? RUNS : column));
  const before = shown.findIndex((column) => place(column) > 1);
  return before < 0 ? [...shown, CURVE] : shown.toSpliced(before, 0, CURVE);
}

/** A run's value in a column; an accuracy is a number. @param {ListedRun} run @param {RunColumn} column @returns {unknown} */
export function valueOf(run, { name, type, parameter }) {
  if (parameter) {
    return run.parameters[name];
  }
  if (name === 'run') {
    return run.id;
  }
  if (name === 'network') {
    return run.label;
  }
  const value = /** @type {Record<string, any>} */ (run)[name];
  return type === 'share' ? value?.accuracy : value;
}

/** A value in words. @param {RunColumn} column @param {unknown} value */
export function wordsOf({ name, type, unit }, value) {
  if (name === 'run') {
    return `#${value}`;
  }
  if (value === undefined || (Array.isArray(value) && value.length === 0)) {
    return name === 'receptiveField' ? 'whole image' : name === 'trainImages' ? 'all' : '–';
  }
  switch (type) {
    case 'share':
      return percent(Number(value));
    case 'bytes':
      return bytes(Number(value));
    case 'seconds':
      return duration(Number(value));
    case 'instant':
      return time(String(value));
    case 'flag':
      return value ? 'no' : 'yes';
    case 'list':
      return /** @type {string[]} */ (value).join(', ');
    case 'number':
      return [MEASURED.includes(name) ? Number(Number(value).toPrecision(3)) : numberWords(Number(value)), ...(unit && unit !== FACTOR ? [unit] : [])].join(' ');
    default:
      return name === 'trouble' ? TROUBLES[/** @type {keyof typeof TROUBLES} */ (value)].mark : String(value);
  }
}

/** @param {number} value */
const numberWords = (value) => (Number.isFinite(value) ? setting(value) : decimal(value));

/** Whether the column holds numbers, which are right-aligned. @param {RunColumn} column */
export const isNumeric = ({ type }) => ['number', 'share', 'bytes', 'seconds'].includes(type);

/** Whether sorting starts with the largest value. @param {RunColumn} column */
export const largestFirst = ({ name, type }) => type === 'share' || type === 'instant' || name === 'run';

/** A run's distinguishing name. @param {ListedRun} run */
export const runName = (run) => `${run.label} #${run.id}`;
