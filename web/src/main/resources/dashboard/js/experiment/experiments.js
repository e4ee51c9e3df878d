/**
 * The experiments as described by the server. Forms, lists of settings and panels are built from these descriptions.
 *
 * @typedef {import('../api/types.js').Experiment} Experiment
 * @typedef {string|number} Value
 *
 * The part of a parameter's JSON Schema that forms use.
 * @typedef {object} ParameterSchema
 * @property {'string'|'integer'|'number'} type
 * @property {string} title
 * @property {string} description
 * @property {string} [format] what its values identify: architecture, dataset, weights, imported-network, run, starting-run, image, class, seed; or
 *   imported-size, the size of images, which only an imported network has
 * @property {{const: Value, title: string, group?: string}[]} [oneOf]
 * @property {boolean} [learnt] for a data set: whether networks are trained on it, so that test images alone are not enough
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [multipleOf]
 * @property {string} [unit]
 * @property {string} group the section of a form that it belongs to
 * @property {boolean} [essential] whether it is one of the few settings that are not folded
 * @property {'identity'|'replicate'|'incidental'} role what it means if two jobs differ in this parameter
 * @property {string} [otherwise] the default, in words
 *
 * @typedef {ParameterSchema & {name: string, required: boolean}} Parameter
 */

/**
 * The parameters in the order of the form.
 *
 * @param {Pick<Experiment, 'parameters'>} experiment
 * @returns {Parameter[]}
 */
export function parametersOf({ parameters }) {
  const { properties, required = [] } = /** @type {{properties: Record<string, ParameterSchema>, required?: string[]}} */ (parameters);
  return Object.entries(properties).map(([name, schema]) => ({ ...schema, name, required: required.includes(name) }));
}

/**
 * Name of the experiment that trains networks. Features that only trainings have (learning curves, trials of a sweep,
 * networks for other jobs) cannot be derived from a description.
 */
export const TRAINING = 'train';

/**
 * @param {import('../api/types.js').JobSpec} spec
 * @returns {spec is import('../api/types.js').TrainSpec}
 */
export const isTraining = (spec) => spec.kind === TRAINING;

/** The parameters of a training. @param {Experiment[]} experiments @returns {Parameter[]} empty if there is no description of trainings */
export function trainingParameters(experiments) {
  const training = experiments.find(({ name }) => name === TRAINING);
  return training ? parametersOf(training) : [];
}

/** Experiments that run as jobs; the others are computed from stored predictions. @param {Experiment[]} experiments */
export const queueable = (experiments) => experiments.filter(({ subject }) => subject.kind !== 'predictions');

/** Whether an experiment learns from a data set. @param {Experiment} experiment */
export const learns = ({ subject }) => subject.kind === 'dataset';

/** Experiments on a trained network. @param {Experiment[]} experiments */
export const aboutRuns = (experiments) => experiments.filter(({ subject }) => subject.kind === 'run' || subject.kind === 'network');

/** Formats of the parameters that choose an imported network instead of a run's. */
export const OF_IMPORTED = ['imported-network', 'imported-size'];

/** @param {Parameter[]} parameters @param {string} format */
export const ofFormat = (parameters, format) => parameters.find((parameter) => parameter.format === format);

/** Whether the parameter takes any number within its bounds. @param {Parameter} parameter */
export const isNumeric = ({ type, oneOf, format }) => type !== 'string' && !oneOf && format !== 'run' && format !== 'starting-run';

/**
 * Why an experiment cannot use a network.
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
