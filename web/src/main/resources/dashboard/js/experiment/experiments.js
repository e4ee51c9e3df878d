/**
 * What can be asked for, as the server describes it. Forms, lists of settings and panels follow from these descriptions.
 *
 * @typedef {import('../api/types.js').Experiment} Experiment
 * @typedef {string|number} Value
 *
 * A parameter's JSON Schema, as far as forms read it.
 * @typedef {object} ParameterSchema
 * @property {'string'|'integer'|'number'} type
 * @property {string} title
 * @property {string} description
 * @property {string} [format] what its values name: architecture, dataset, weights, run, image, class; or seed
 * @property {{const: Value, title: string}[]} [oneOf]
 * @property {string} [unit]
 * @property {string} [otherwise] what is taken where a request does not say it
 *
 * @typedef {ParameterSchema & {name: string, required: boolean}} Parameter
 */

/**
 * The parameters in the order in which a form has them.
 *
 * @param {Pick<Experiment, 'parameters'>} experiment
 * @returns {Parameter[]}
 */
export function parametersOf({ parameters }) {
  const { properties, required = [] } = /** @type {{properties: Record<string, ParameterSchema>, required?: string[]}} */ (parameters);
  return Object.entries(properties).map(([name, schema]) => ({ ...schema, name, required: required.includes(name) }));
}

/** Those that jobs are made of; the others are computed from stored predictions. @param {Experiment[]} experiments */
export const queueable = (experiments) => experiments.filter(({ subject }) => subject.kind !== 'predictions');

/** Those about a trained network. @param {Experiment[]} experiments */
export const aboutRuns = (experiments) => experiments.filter(({ subject }) => subject.kind === 'run');

/** @param {Parameter[]} parameters @param {string} format */
export const ofFormat = (parameters, format) => parameters.find((parameter) => parameter.format === format);

/** Whether any number will do, within bounds. @param {Parameter} parameter */
export const isNumeric = ({ type, oneOf, format }) => type !== 'string' && !oneOf && format !== 'run';

/**
 * Why an experiment cannot be about a network.
 *
 * @param {Pick<Experiment, 'subject'>} experiment
 * @param {string} architecture
 * @returns {string|undefined} undefined if it can
 */
export function refusal({ subject }, architecture) {
  if (subject.requires.length === 0 || subject.architectures.includes(architecture)) {
    return undefined;
  }
  return subject.requires.map(({ reason }) => reason).join('; ');
}
