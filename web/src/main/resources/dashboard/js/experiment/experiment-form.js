import { html, nothing } from 'lit-html';
import { checking } from '../controls/checking.js';
import { experimentFields } from './experiment-fields.js';
import { isTraining, learns, OF_IMPORTED, ofFormat, parametersOf } from './experiments.js';
import { requests, seedErrors } from './submission.js';
import { trainingImages } from './training-images.js';

/**
 * @typedef {import('./submission.js').Entries} Entries
 * @typedef {import('./submission.js').FieldErrors} FieldErrors
 * @typedef {import('../api/types.js').Check['equal'][number]} Equal
 */

/**
 * The fields of an experiment, built from its description. The server fills in defaults and validates.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {import('./experiments.js').Experiment} experiment
 * @param {object} form
 * @param {import('./experiment-fields.js').Choices} form.choices
 * @param {() => void} form.draw
 * @param {Entries} [form.entries] prefilled values
 * @param {Entries} [form.fixed] values that cannot be changed and have no field
 * @param {() => void} [form.edited] called when the user has changed a value
 */
export function experimentForm(api, experiment, { choices, draw, entries = {}, fixed = {}, edited = () => {} }) {
  const parameters = parametersOf(experiment);
  const names = Object.fromEntries(['architecture', 'weights', 'dataset', 'run', 'starting-run', 'imported-network', 'image'].map((format) => [format, ofFormat(parameters, format)?.name ?? '']));
  /** @type {Record<string, unknown>} by parameter, as the server has filled them in */
  let values = {};
  /** @type {FieldErrors} */
  let problems = {};
  /** @type {string[]} */
  let warnings = [];
  /** The names of the parameters that are not at their defaults. @type {Set<string>} */
  let changed = new Set();
  /** The folds that had an error. @type {Set<string>} */
  const opened = new Set();
  /** The jobs that do the same as those of this form. @type {Equal[]} */
  let equal = [];
  /** How long each job would take, as far as known; none while a value is invalid. @type {import('../cost/cost-words.js').ExpectedTime[]} */
  let expected = [];
  /** Whether the form was submitted once: until then missing values are not errors. */
  let tried = false;
  /** @type {import('../api/client.js').TestImages|undefined} */
  let testImages;
  let imagesOf = '';
  let imageClass = '';
  /** The URL of the picture of training images for the last valid values; empty without a data set. */
  let picture = '';

  const all = () => ({ ...entries, ...fixed });
  const asText = (/** @type {string} */ name) => (values[name] === undefined ? '' : String(values[name]));
  const text = (/** @type {string} */ name) => entries[name] ?? fixed[name] ?? asText(name);
  /**
   * The network is either a run's or an imported one: once one kind is chosen, the fields for the other are hidden.
   *
   * @param {import('./experiments.js').Parameter} parameter
   */
  const applies = ({ name, format = '' }) =>
    !(name in fixed) && !(OF_IMPORTED.includes(format) && text(names.run) !== '') && !(format === 'run' && (entries[names['imported-network']] ?? '') !== '');
  const shown = () => parameters.filter(applies);
  const chosenWeights = () => choices.weights.find(({ name }) => name === entries[names.weights]);

  const check = checking(
    async () => {
      const asked = requests(experiment, all()).map(({ kind, ...request }) => request);
      const answers = await Promise.all(asked.map((request) => api.check(experiment.name, request)));
      return { request: asked[0], ...answers[0], equal: answers.flatMap((answer) => answer.equal),
        expected: answers.some((answer) => answer.problems.length > 0) ? [] : answers.map(({ deviceSeconds, judgedBy }) => ({ deviceSeconds, judgedBy })) };
    },
    ({ request, ...answer }) => {
      changed = new Set(answer.changed);
      ({ equal, expected } = answer);
      values = /** @type {Record<string, unknown>} */ (answer.values);
      problems = Object.fromEntries(answer.problems.map(({ field, detail }) => [field, detail]));
      warnings = answer.warnings;
      if (names.dataset in problems) {
        picture = '';
      } else if (learns(experiment) && !Object.keys(problems).some((name) => name in request)) {
        picture = api.requestedImages(experiment.name, request);
      }
      draw();
    },
  );

  /** Loads the test images of the chosen run, if the experiment takes one and no other data set is chosen. */
  async function loadImages() {
    const run = names.image && (entries[names.dataset] ?? '') === '' ? text(names.run) : '';
    if (imagesOf === run) {
      return;
    }
    imagesOf = run;
    testImages = undefined;
    // Without test images, the image path is a text field.
    const found = run ? await api.testImages(Number(run)).catch(() => undefined) : undefined;
    if (imagesOf === run) {
      testImages = found;
      imageClass = classOf(text(names.image));
      draw();
    }
  }

  const classOf = (/** @type {string} */ image) => testImages?.images.find(({ path }) => path === image)?.class ?? '';

  /** The training whose network the chosen one continues. */
  function startingSpec() {
    const spec = choices.runs.find(({ id }) => String(id) === entries[names['starting-run']])?.spec;
    return spec && isTraining(spec) ? spec : undefined;
  }

  /** Keeps the chosen network consistent with the chosen weights or the chosen run. */
  function agree() {
    const start = chosenWeights() ?? startingSpec();
    if (start && names.architecture && !(names.architecture in entries)) {
      entries[names.architecture] = start.architecture;
    }
  }

  /** @param {string} name @param {string} value */
  function change(name, value) {
    if (value === '' && parameters.find((parameter) => parameter.name === name)?.oneOf) {
      delete entries[name];
    } else {
      entries[name] = value;
    }
    if (name === names.architecture && chosenWeights() && chosenWeights()?.architecture !== value) {
      delete entries[names.weights];
    }
    if (name === names.architecture && startingSpec() && startingSpec()?.architecture !== value) {
      delete entries[names['starting-run']];
    }
    if (name === names.run || (name === names.dataset && names.image)) {
      delete entries[names.image];
    }
    imageClass = name === names.image ? classOf(value) : imageClass;
    delete problems[name];
    agree();
    edited();
    draw();
    check.soon();
    loadImages();
  }

  /** @param {string} name of the class whose first image to choose */
  function chooseClass(name) {
    const first = testImages?.images.find((image) => image.class === name)?.path;
    if (first === undefined) {
      delete entries[names.image];
    } else {
      entries[names.image] = first;
    }
    imageClass = name;
    delete problems[names.image];
    edited();
    draw();
    check.soon();
  }

  const wrong = () => Object.fromEntries(
    Object.entries({ ...problems, ...seedErrors(parameters, entries) }).filter(([name]) => tried || (entries[name] ?? '') !== ''));

  function runDataset() {
    const run = choices.runs.find(({ id }) => String(id) === text(names.run));
    return run && 'dataset' in run.spec ? run.spec.dataset : undefined;
  }

  check.now();
  loadImages();

  return {
    experiment,
    change,

    /** The chosen run, if the experiment takes one. */
    run: () => (names.run ? text(names.run) : ''),

    /** @param {string} run */
    chooseRun(run) {
      if (names.run && !(names.run in fixed) && run !== '' && text(names.run) !== run) {
        change(names.run, run);
      }
    },

    /** Applies choices that were loaded or reloaded. */
    chosen() {
      const builtIn = choices.datasets.find((dataset) => dataset.builtIn);
      if (names.dataset && builtIn && !(names.dataset in entries) && ofFormat(parameters, 'dataset')?.required) {
        entries[names.dataset] = builtIn.name;
      }
      agree();
      check.now();
    },

    requests: () => requests(experiment, all()),

    /** About values with which most jobs failed before. */
    warnings: () => warnings,

    /** The jobs that do the same, the newest first. */
    equal: () => equal,

    /** How long each job would take, in seconds, as far as known; none while a value is invalid. */
    expected: () => expected,

    /** Follows the state of an equal job. @param {Equal} job */
    jobChanged(job) {
      equal = equal.map((each) => (each.id === job.id ? { id: job.id, state: job.state } : each));
    },

    /** Asks the server again, as jobs may have been queued. */
    checkAgain: check.now,

    /** Validates everything before it is sent. @returns {Promise<FieldErrors>} */
    async errors() {
      tried = true;
      await check.now();
      return wrong();
    },

    /** Whether the form has this field. @param {string|undefined} field */
    shows: (field) => shown().some(({ name }) => name === field),

    /** @param {FieldErrors} errors of the last submission */
    template: (errors) => html`${experimentFields(shown(), {
      experiment, parameters, choices, testImages, imageClass, runDataset: runDataset(), text, otherwise: asText, change, chooseClass,
      changed: (name) => changed.has(name), opened,
      errors: { ...errors, ...wrong() },
    })}
    ${picture ? trainingImages(picture, () => { picture = ''; draw(); }) : nothing}`,
  };
}
