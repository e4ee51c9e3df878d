/**
 * A form of jobs as data: what a person entered, and the requests that it stands for. Defaults and limits are the server's.
 *
 * @typedef {import('./experiments.js').Parameter} Parameter
 * @typedef {import('./experiments.js').Value} Value
 *
 * What a person entered, by parameter; the others have their defaults.
 * @typedef {Record<string, string>} Entries
 * @typedef {Record<string, string>} FieldErrors
 */

import { parametersOf } from './experiments.js';

const MOST_SEEDS = 20;

/**
 * The list that a person means by `1, 2, 5-7`.
 *
 * @param {string} text
 * @param {number} [most]
 * @returns {number[]|undefined} undefined if it cannot be read, or is of more
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
 * An entry as JSON says it. Text that should be a number stays text, and the server says what is wrong with it.
 *
 * @param {Parameter} parameter
 * @param {string} text trimmed
 * @returns {Value}
 */
const valueOf = ({ type }, text) => (type !== 'string' && Number.isFinite(Number(text)) ? Number(text) : text);

/** @param {Parameter} parameter @param {string} [entry] @returns {Value[]} none: the default */
function valuesOf(parameter, entry = '') {
  const text = entry.trim();
  if (text === '') {
    return [];
  }
  return (parameter.format === 'seed' ? seeds(text) : undefined) ?? [valueOf(parameter, text)];
}

/**
 * The requests that the entries stand for: one, or one for each seed.
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
 * What is wrong with lists of seeds, which only forms know.
 *
 * @param {Parameter[]} parameters
 * @param {Entries} entries
 * @returns {FieldErrors}
 */
export function seedErrors(parameters, entries) {
  const lists = parameters.filter(({ format, name }) => format === 'seed' && /\d[\s,;–-]/.test((entries[name] ?? '').trim()));
  return Object.fromEntries(lists.filter(({ name }) => !seeds(entries[name])).map(({ name }) => [name, `Give one seed, or up to ${MOST_SEEDS} as in 1, 2, 5-7.`]));
}
