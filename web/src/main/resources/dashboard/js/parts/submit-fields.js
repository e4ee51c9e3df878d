import { html } from 'lit-html';
import { count, plural } from '../format.js';
import { damagedHint } from './damaged.js';
import { choiceField, including, textField } from './field.js';
import { heatmapFields, STRIDES } from './heatmap-fields.js';

/**
 * @typedef {import('../submission.js').Kind} Kind
 * @typedef {import('../types.js').Job} Job
 *
 * What the server offers to choose from.
 * @typedef {object} Choices
 * @property {import('../types.js').ArchitectureChoice[]} architectures
 * @property {import('../types.js').Dataset[]} datasets
 * @property {import('../types.js').Damaged[]} damaged data sets that cannot be used
 * @property {import('../types.js').Weights[]} weights
 * @property {Job[]} runs finished training jobs
 * @property {import('../api.js').SeenImages} [seen] the test images of the chosen run
 *
 * @typedef {object} FormState
 * @property {import('../submission.js').Entries} entries
 * @property {import('../submission.js').FieldErrors} errors
 * @property {Choices} choices
 * @property {(name: string, value: string) => void} change
 */

export const RECIPE_OPTIONS = [
  { value: 'quick', label: 'quick: small images from scratch' },
  { value: 'sgd', label: 'sgd: as quick, SGD with momentum' },
  { value: 'report', label: 'report: as published, for pretrained weights' },
];

/** @param {import('../types.js').Dataset[]} datasets */
export const datasetOptions = (datasets) => datasets.map(({ name, builtIn }) => ({ value: name, label: builtIn ? `${name} (built in)` : name }));

/** @param {Kind} kind @param {FormState} state */
export function fieldsOf(kind, state) {
  const bound = (/** @type {string} */ name, /** @type {string} */ label) => ({
    name,
    label,
    value: state.entries[name],
    error: state.errors[name],
    change: (/** @type {string} */ value) => state.change(name, value),
  });
  return { train, evaluate, heatmap }[kind](bound, state);
}

/** @typedef {(name: string, label: string) => import('./field.js').Field} Bound */

/** @param {Bound} bound @param {FormState} state */
function train(bound, { entries, choices }) {
  const architectures = choices.architectures.map(({ name, label }) => ({ value: name, label }));
  return html`
    ${choiceField({ ...bound('architecture', 'Architecture'), options: including(architectures, entries.architecture) })}
    ${weightsField(bound, entries, choices)}
    ${choiceField({ ...bound('dataset', 'Data set'), options: including(datasetOptions(choices.datasets), entries.dataset), hint: damagedHint(choices.damaged) })}
    <div class="field-pair">
      ${textField({ ...bound('imageSize', 'Image size'), unit: 'px', mode: 'numeric' })}
      ${textField({ ...bound('width', 'Width'), unit: '×', ...(entries.weights && { fixed: true, hint: 'that of the weights' }) })}
    </div>
    ${choiceField({ ...bound('recipe', 'Recipe'), options: RECIPE_OPTIONS })}
    <div class="field-pair">
      ${textField({ ...bound('epochs', 'Epochs'), mode: 'numeric' })}
      ${textField({ ...bound('batchSize', 'Batch size'), mode: 'numeric' })}
    </div>
    <div class="field-pair">
      ${textField(bound('learningRate', 'Learning rate'))}
      ${textField({ ...bound('seed', 'Seeds'), mode: 'text', hint: '1, 2, 5-7: one job each' })}
    </div>
    ${choiceField({ ...bound('heatmapStride', 'Heatmap stride'), options: STRIDES })}`;
}

/** @param {Bound} bound @param {import('../submission.js').Entries} entries @param {Choices} choices */
function weightsField(bound, entries, { weights, datasets }) {
  const usable = weights.filter(({ architecture }) => architecture === entries.architecture);
  const chosen = usable.find(({ name }) => name === entries.weights);
  const classes = datasets.find(({ name }) => name === entries.dataset)?.classes.length ?? 0;
  const options = [
    { value: '', label: 'none: from scratch' },
    ...usable.map(({ name, regime }) => ({ value: name, label: `${name} (${regime})` })),
  ];
  return choiceField({
    ...bound('weights', 'Starting weights'),
    options: including(options, entries.weights),
    hint: chosen
      ? headWords(chosen.classes, classes)
      : usable.length === 0
        ? html`None are imported for this network. <a href="#/weights">Weights</a>`
        : undefined,
  });
}

/** @param {number} own classes of the weights @param {number} wanted classes of the data set, 0 if unknown */
function headWords(own, wanted) {
  if (wanted === 0 || own === wanted) {
    return `Trained for ${plural(own, 'class', 'classes')}.`;
  }
  return `Their head for ${plural(own, 'class', 'classes')} is replaced by a new one for ${count(wanted)}.`;
}

/** @param {Bound} bound @param {Choices} choices @param {boolean} local whether only BagNets will do @param {string} value */
function runField(bound, { runs }, local, value) {
  const usable = runs.filter(({ spec }) => !local || (spec.kind === 'train' && spec.architecture.startsWith('bagnet')));
  const options = [
    { value: '', label: usable.length > 0 ? 'Choose a run' : 'No finished run yet' },
    ...usable.map(({ id, title }) => ({ value: String(id), label: `#${id} ${title}` })),
  ];
  return choiceField({
    ...bound('run', 'Training run'),
    options: including(options, value),
    hint: usable.length > 0 ? undefined : `Train ${local ? 'a BagNet' : 'a network'} first.`,
  });
}

/** @param {Bound} bound @param {FormState} state */
const evaluate = (bound, { choices, entries }) => html`
  ${runField(bound, choices, false, entries.run)}
  ${textField({ ...bound('scrambleSeed', 'Seed of the scrambling'), mode: 'numeric', hint: 'Another seed puts the tiles in another order.' })}`;

/** @param {Bound} bound @param {FormState} state */
function heatmap(bound, { choices, entries }) {
  const run = choices.runs.find(({ id }) => String(id) === entries.run);
  const dataset = run?.spec.kind === 'train' ? run.spec.dataset : undefined;
  const classes = choices.datasets.find(({ name }) => name === dataset)?.classes ?? [];
  return html`${runField(bound, choices, true, entries.run)} ${heatmapFields(bound, entries, choices.seen, classes)}`;
}
