/**
 * The job form as data: the user's entries and the requests that they expand to. The server defines defaults and
 * limits.
 *
 * @typedef {import('./experiments.js').Parameter} Parameter
 * @typedef {import('./experiments.js').Value} Value
 *
 * The user's entries by parameter; parameters without an entry take their defaults.
 * @typedef {Record<string, string>} Entries
 * @typedef {Record<string, string>} FieldErrors
 */

import { parametersOf } from './experiments.js';

/** The most jobs that one submission may queue; more are better queued as a sweep. */
const MOST_SEEDS = 20;

/**
 * Parses a list such as `1, 2, 5-7`.
 *
 * @param {string} text
 * @param {number} [most]
 * @returns {number[]|undefined} undefined if it is malformed or too long
 */
export function seeds(text, most = MOST_SEEDS) {
  /** @type {number[]} */
  const found = [];
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const match = /^(\d+)(?:[-–](\d+))?$/.exec(part);
    if (!match) {
      return undefined;
    }
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first || last - first >= most) {
      return undefined;
    }
    for (let seed = first; seed <= last; seed++) {
      found.push(seed);
    }
  }
  return found.length > 0 && found.length <= most ? [...new Set(found)] : undefined;
}

/**
 * An entry as a JSON value. Text that should be a number is sent as text, and the server reports the error.
 *
 * @param {Parameter} parameter
 * @param {string} text trimmed
 * @returns {Value}
 */
const valueOf = ({ type }, text) => (type !== 'string' && Number.isFinite(Number(text)) ? Number(text) : text);

/** @param {Parameter} parameter @param {string} [entry] @returns {Value[]} an empty entry stands for the default */
function valuesOf(parameter, entry = '') {
  const text = entry.trim();
  if (text === '') {
    return [];
  }
  return (parameter.format === 'seed' ? seeds(text) : undefined) ?? [valueOf(parameter, text)];
}

/**
 * The requests that the entries expand to: one, or one per seed.
 *
 * @param {Pick<import('../api/types.js').Experiment, 'name'|'parameters'>} experiment
 * @param {Entries} entries
 * @returns {Record<string, Value>[]}
 */
export function requests(experiment, entries) {
  /** @type {Record<string, Value>[]} */
  const start = [{ kind: experiment.name }];
  return parametersOf(experiment).reduce((all, parameter) => {
    const values = valuesOf(parameter, entries[parameter.name]);
    return values.length === 0 ? all : all.flatMap((request) => values.map((value) => ({ ...request, [parameter.name]: value })));
  }, start);
}

/**
 * Errors in lists of seeds, which only forms accept.
 *
 * @param {Parameter[]} parameters
 * @param {Entries} entries
 * @returns {FieldErrors}
 */
export function seedErrors(parameters, entries) {
  const lists = parameters.filter(({ format, name }) => format === 'seed' && /\d[\s,;–-]/.test((entries[name] ?? '').trim()));
  return Object.fromEntries(lists.filter(({ name }) => !seeds(entries[name])).map(({ name }) => [name, `Enter one seed, or up to ${MOST_SEEDS} such as 1, 2, 5-7.`]));
}
