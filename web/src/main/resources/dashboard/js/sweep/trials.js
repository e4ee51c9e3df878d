/**
 * The settings by which a sweep's trainings differ.
 *
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../experiment/experiments.js').Parameter} Parameter
 */

import { isTraining } from '../experiment/experiments.js';
import { valueWords } from './trial-scatter.js';

/**
 * Words for the settings in which these trainings differ.
 *
 * @param {Job[]} jobs
 * @param {Parameter[]} parameters of a training
 * @param {boolean} titled whether the words are shown beside the jobs' titles, whose contents they need not repeat
 * @returns {(job: Job) => string}
 */
export function trialWords(jobs, parameters, titled) {
  const trainings = jobs.filter(({ spec }) => isTraining(spec));
  const differing = parameters
    .filter(({ name }) => new Set(trainings.map((job) => setting(job, name))).size > 1)
    .filter((parameter) => !titled || !trainings.every((job) => isInTitle(job, parameter)));
  return (job) => (isTraining(job.spec) ? differing.flatMap((parameter) => words(parameter, setting(job, parameter.name))).join(', ') : '');
}

/** A setting's value; for weights, their name. @param {Job} job @param {string} name @returns {unknown} */
function setting({ spec }, name) {
  const value = /** @type {any} */ (spec)[name];
  return value?.name ?? value;
}

/**
 * Values that are names stand alone; numbers follow the name of their parameter.
 *
 * @param {Parameter} parameter
 * @param {unknown} value
 * @returns {string[]}
 */
const words = ({ type, title }, value) =>
  value === undefined ? [] : [type === 'string' ? String(value) : `${title.toLowerCase()} ${valueWords(value)}`];

/** Whether a job's title names the value of a setting. @param {Job} job @param {Parameter} parameter */
function isInTitle(job, parameter) {
  const value = setting(job, parameter.name);
  const { oneOf = [], unit } = parameter;
  const [last] = parameter.title.toLowerCase().split(' ').slice(-1);
  const forms = [...words(parameter, value), `${last} ${valueWords(value)}`, ...oneOf.filter((choice) => choice.const === value).map(({ title }) => title), ...(unit ? [`${value} ${unit}`] : [])];
  return forms.some((form) => job.title.includes(form));
}
