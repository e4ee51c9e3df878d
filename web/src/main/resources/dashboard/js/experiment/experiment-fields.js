import { html, nothing } from 'lit-html';
import { count, plural } from '../app/format.js';
import { choiceField, including, searchedField, textField } from '../controls/field.js';
import { fold } from '../controls/fold.js';
import { damagedHint, datasetOptions } from '../dataset/dataset-choice.js';
import { fileName } from '../picture/picture.js';
import { isNumeric, ofFormat, refusal } from './experiments.js';

/**
 * @typedef {import('./experiments.js').Experiment} Experiment
 * @typedef {import('./experiments.js').Parameter} Parameter
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/client.js').TestImages} TestImages
 *
 * The items that the server offers as choices.
 * @typedef {object} Choices
 * @property {import('../api/types.js').Dataset[]} datasets
 * @property {import('../api/types.js').Damaged[]} damaged data sets that cannot be used
 * @property {import('../api/types.js').Weights[]} weights
 * @property {Job[]} runs finished training jobs
 *
 * @typedef {object} FieldsState
 * @property {Experiment} experiment
 * @property {Parameter[]} parameters
 * @property {Choices} choices
 * @property {TestImages} [testImages] the test images of the chosen run
 * @property {string} imageClass the class whose images are offered
 * @property {string} [runDataset] the data set of the chosen run, if it is known
 * @property {import('./submission.js').FieldErrors} errors
 * @property {(name: string) => string} text a field's current value
 * @property {(name: string) => boolean} changed whether a value is not the default
 * @property {Set<string>} opened the folds that had an error
 * @property {(name: string) => string} otherwise the default, if it is known
 * @property {(name: string, value: string) => void} change
 * @property {(name: string) => void} chooseClass
 */

/**
 * The choices that come with a parameter.
 *
 * @param {Parameter} parameter
 */
export const optionsOf = ({ oneOf = [] }) => oneOf.map((choice) => ({ value: String(choice.const), label: choice.title, group: choice.group }));

/** Controls by format; other parameters get one by type. @type {Record<string, (parameter: Parameter, state: FieldsState) => unknown>} */
const CONTROLS = { architecture, dataset, weights, 'imported-network': importedNetwork, run, 'starting-run': startingRun, image, class: classChoice, seed };

/**
 * A field for each parameter: those that matter most at once, the others folded by group.
 *
 * @param {Parameter[]} shown
 * @param {FieldsState} state
 */
export function experimentFields(shown, state) {
  const others = shown.filter((each) => !each.essential);
  const groups = [...new Set(others.map(({ group }) => group))];
  return html`${fields(shown.filter((each) => each.essential), state)}
    ${groups.map((group) => folded(groups.length > 1 ? group : 'More settings', others.filter((each) => each.group === group), state))}`;
}

/** @param {string} words @param {Parameter[]} shown @param {FieldsState} state */
const folded = (words, shown, state) => fold(words, {
  changed: shown.filter(({ name }) => state.changed(name)).length,
  wrong: shown.some(({ name }) => state.errors[name] !== undefined),
  opened: state.opened,
}, fields(shown, state));

/** Fields of one section, number fields side by side. @param {Parameter[]} shown @param {FieldsState} state */
const fields = (shown, state) => html`<div class="fields-form">
  ${shown.map((parameter) => html`<div class=${isNumeric(parameter) ? nothing : 'field-whole'}>
    ${(CONTROLS[parameter.format ?? ''] ?? plain)(parameter, state)}</div>`)}
</div>`;

/** @param {Parameter} parameter @param {FieldsState} state @returns {import('../controls/field.js').Field} */
const bound = ({ name, title, unit }, { text, errors, change }) => ({
  name, label: title, unit, value: text(name), error: errors[name], change: (value) => change(name, value),
});

/** A parameter's description and, if its field is empty, its default. @param {Parameter} parameter @param {FieldsState} state */
function hintOf({ name, description, otherwise, required }, state) {
  const empty = !required && otherwise && state.text(name) === '' && state.otherwise(name) === '';
  return empty ? `${description} Default: ${otherwise}.` : description;
}

/**
 * The empty option, with which the server uses the default.
 *
 * @param {Parameter} parameter
 * @param {FieldsState} state
 * @param {string} [none]
 */
function emptyOption({ name, required, otherwise }, state, none = 'Choose one') {
  if (!required) {
    return [{ value: '', label: `default: ${otherwise}` }];
  }
  return state.text(name) === '' ? [{ value: '', label: none }] : [];
}

/**
 * A select with the given options and the empty option.
 *
 * @param {Parameter} parameter
 * @param {FieldsState} state
 * @param {import('../controls/field.js').Option[]} options
 * @param {{hint?: unknown, none?: string}} [words] hint: replaces the description; none: the label of the empty option
 */
function choice(parameter, state, options, words = {}) {
  const field = bound(parameter, state);
  const { hint, none } = { hint: parameter.description, ...words };
  return choiceField({ ...field, options: including([...emptyOption(parameter, state, none), ...options], field.value), hint });
}

/** @param {Parameter} parameter @param {FieldsState} state @param {string} [mode] @param {string} [hint] */
const text = (parameter, state, mode = 'text', hint = hintOf(parameter, state)) =>
  textField({ ...bound(parameter, state), mode, placeholder: state.otherwise(parameter.name), hint });

/** @param {Parameter} parameter @param {FieldsState} state */
const plain = (parameter, state) => parameter.oneOf
  ? choice(parameter, state, optionsOf(parameter))
  : text(parameter, state, parameter.type === 'integer' ? 'numeric' : parameter.type === 'number' ? 'decimal' : 'text');

/** @param {Parameter} parameter @param {FieldsState} state */
function seed(parameter, state) {
  return text(parameter, state, 'text', `${parameter.description} A list such as 1, 2, 5-7 queues one job per value.`);
}

/** @param {Parameter} parameter @param {FieldsState} state */
function architecture(parameter, state) {
  const networks = optionsOf(parameter).map(({ value, label, group }) => {
    const reason = refusal(state.experiment, value);
    return { value, group, label: reason ? `${label}: ${reason}` : label, disabled: reason !== undefined };
  });
  return choice(parameter, state, networks, { none: 'Choose a network' });
}

/** @param {Parameter} parameter @param {FieldsState} state */
function dataset(parameter, state) {
  const { datasets, damaged } = state.choices;
  // An imported network has no data set of its own to default to.
  const imported = ofFormat(state.parameters, 'imported-network');
  const required = parameter.required || (imported !== undefined && state.text(imported.name) !== '');
  return choice({ ...parameter, required }, state, datasetOptions(datasets, parameter), { none: 'Choose a data set', hint: damagedHint(damaged) });
}

/** @param {Parameter} parameter @param {FieldsState} state */
function weights(parameter, state) {
  const network = ofFormat(state.parameters, 'architecture');
  const sets = ofFormat(state.parameters, 'dataset');
  const wanted = network ? state.text(network.name) : '';
  const usable = state.choices.weights.filter((each) => wanted === '' || each.architecture === wanted);
  const chosen = usable.find(({ name }) => name === state.text(parameter.name));
  const classes = state.choices.datasets.find(({ name }) => name === (sets && state.text(sets.name)))?.classes.length ?? 0;
  return choice(parameter, state, usable.map(({ name, regime }) => ({ value: name, label: `${name} (${regime})` })), {
    none: 'Choose weights',
    hint: chosen
      ? headWords(chosen.classes, classes)
      : usable.length === 0
        ? html`No weights are imported for this network. <a href="#/weights">Import weights</a>`
        : undefined,
  });
}

/** Imported weights whose network is used unchanged. @param {Parameter} parameter @param {FieldsState} state */
function importedNetwork(parameter, state) {
  const options = state.choices.weights.map(({ name, architecture, classes, regime }) => {
    const reason = refusal(state.experiment, architecture);
    return { value: name, label: `${name} (${regime}, ${plural(classes, 'class', 'classes')})${reason ? `: ${reason}` : ''}`, disabled: reason !== undefined };
  });
  const chosen = state.choices.weights.find(({ name }) => name === state.text(parameter.name));
  return choice(parameter, state, options, {
    hint: chosen
      ? `Its ${plural(chosen.classes, 'output')} must be the classes of the data set, in the order of their sorted names unless the file names them.`
      : parameter.description,
  });
}

/** @param {number} own classes of the weights @param {number} wanted classes of the data set, 0 if unknown */
function headWords(own, wanted) {
  if (wanted === 0 || own === wanted) {
    return `Trained for ${plural(own, 'class', 'classes')}.`;
  }
  return `The head for ${plural(own, 'class', 'classes')} is replaced by a new one for ${count(wanted)}.`;
}

/** Finished trainings; unsuitable ones stay in the list, disabled, with the reason. @param {Parameter} parameter @param {FieldsState} state */
function run(parameter, state) {
  const field = bound(parameter, state);
  const runs = state.choices.runs.map(({ id, title, spec }) => {
    const reason = 'architecture' in spec ? refusal(state.experiment, spec.architecture) : undefined;
    return { value: String(id), label: `#${id} ${title}${reason ? `: ${reason}` : ''}`, disabled: reason !== undefined };
  });
  const usable = runs.some(({ disabled }) => !disabled);
  return searchedField({
    ...field,
    options: including([...noRun(parameter, field.value, usable), ...runs], field.value),
    hint: usable ? parameter.description : missingRun(state.experiment, runs.length > 0),
  });
}

/** Finished trainings of the chosen network, whose training a new one can continue. @param {Parameter} parameter @param {FieldsState} state */
function startingRun(parameter, state) {
  const field = bound(parameter, state);
  const network = ofFormat(state.parameters, 'architecture');
  const wanted = network ? state.text(network.name) : '';
  const runs = state.choices.runs.filter(({ spec }) => wanted === '' || ('architecture' in spec && spec.architecture === wanted));
  return searchedField({
    ...field,
    options: including([...emptyOption(parameter, state), ...runs.map(({ id, title }) => ({ value: String(id), label: `#${id} ${title}` }))], field.value),
    hint: parameter.description,
  });
}

/**
 * The option of no run. It stays available after a run was chosen if an imported network can be chosen instead.
 *
 * @param {Parameter} parameter
 * @param {string} chosen
 * @param {boolean} usable
 */
const noRun = ({ required }, chosen, usable) =>
  chosen === '' || !required ? [{ value: '', label: usable ? 'Choose a run' : 'No finished run yet' }] : [];

/** @param {Experiment} experiment @param {boolean} others whether there are unsuitable runs */
const missingRun = ({ subject }, others) =>
  others ? `No finished run is suitable. Reason: the network ${subject.requires.map(({ reason }) => reason).join('; ')}.` : 'Train a network first.';

/** @param {Parameter} parameter @param {FieldsState} state */
function image(parameter, state) {
  const field = bound(parameter, state);
  const { testImages, imageClass } = state;
  if (!testImages || (field.value !== '' && imageClass === '')) {
    return text(parameter, state);
  }
  const shown = testImages.images.filter((each) => each.class === imageClass);
  const right = shown.filter((each) => each.predicted === each.class).length;
  return html`<div class="fields-form">
    ${choiceField({
      name: 'imageClass',
      label: 'Class of the test image',
      value: imageClass,
      change: state.chooseClass,
      options: [{ value: '', label: 'any class' }, ...testImages.classes.map((name) => ({ value: name, label: name }))],
    })}
    ${choiceField({
      ...field,
      options: shown.length > 0 ? shown.map(imageOption) : emptyOption(parameter, state, 'Choose a class'),
      hint: shown.length > 0 ? `The network classifies ${right} of ${plural(shown.length, 'image')} correctly.` : undefined,
    })}</div>`;
}

/** @param {import('../api/client.js').TestImage} image */
function imageOption({ path, class: actual, predicted }) {
  return { value: path, label: predicted === actual ? `✓ ${fileName(path)}` : `✕ ${fileName(path)}, predicted ${predicted}` };
}

/** @param {Parameter} parameter @param {FieldsState} state */
function classChoice(parameter, state) {
  const sets = ofFormat(state.parameters, 'dataset');
  const data = (sets && state.text(sets.name)) || state.runDataset;
  const classes = state.testImages?.classes ?? state.choices.datasets.find(({ name }) => name === data)?.classes;
  if (!classes) {
    return text(parameter, state);
  }
  return choice(parameter, state, classes.map((name) => ({ value: name, label: name })), { none: 'Choose a class' });
}
