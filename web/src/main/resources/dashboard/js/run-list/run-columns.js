import { bytes, decimal, duration, percent, setting, time } from '../app/format.js';
import { TROUBLES } from '../results/troubles.js';

/**
 * @typedef {import('../api/types.js').ListedRun} ListedRun
 * @typedef {import('../api/types.js').RunColumn} RunColumn
 * @typedef {import('../api/types.js').RunPage} RunPage
 */

/** Columns shown even if all runs have the same value. */
const ALWAYS = ['run', 'network', 'test', 'validation', 'scrambled', 'seconds', 'endedAt', 'tags'];

/** Columns shown only if chosen: the receptive field follows from the network, which also has the mark of its trouble, and costs differ in all runs. */
const RARELY = ['trouble', 'receptiveField', 'deviceSeconds', 'peakMemory', 'peakDeviceMemory', 'joules', 'imagesPerSecond'];

/** Measured numbers, of which no more than three digits mean anything. */
const MEASURED = ['joules', 'imagesPerSecond'];

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
      return value ? 'not the best' : 'still improving';
    case 'list':
      return /** @type {string[]} */ (value).join(', ');
    case 'number':
      if (MEASURED.includes(name)) {
        return `${Number(Number(value).toPrecision(3))}`;
      }
      return `${name === 'run' ? '#' : ''}${numberWords(Number(value))}${unit === 'px' ? ' px' : ''}`;
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
