import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { checkField, choiceField, including, textField } from '../controls/field.js';
import { fold } from '../controls/fold.js';
import { isNumeric } from '../experiment/experiments.js';
import { blank, followerField, followerParameters, learns } from './sweep-definition.js';

/**
 * @typedef {import('./sweep-definition.js').SweepEntries} SweepEntries
 * @typedef {import('../experiment/experiments.js').Parameter} Parameter
 *
 * @typedef {object} SweepFormState
 * @property {import('./sweep-definition.js').Settings} settings
 * @property {SweepEntries} entries
 * @property {import('../experiment/submission.js').FieldErrors} errors
 * @property {Set<string>} opened the folds that had an error
 * @property {import('../api/types.js').ArchitectureChoice[]} architectures
 * @property {(field: string, change: () => void) => void} edit changes the entries, and clears the error of the field
 */

/** The labels of the fields that are no parameters. @type {Record<string, string>} */
const LABELS = {
  name: 'Name',
  architecture: 'Networks',
  sweep: 'the sweep as a whole',
  'random.sampler': 'Sampler',
  'random.trials': 'Trials',
  'random.seed': 'Search seed',
  'random.startup': 'Results before the first proposal',
  'halving.firstEpochs': 'Epochs until the first rung',
  'halving.factor': 'Reduction factor',
  'medianStopping.afterEpochs': 'Epochs before a trial may stop',
  'medianStopping.afterTrials': 'Complete trials before others may stop',
  priority: 'Priority',
  stopAfterFailures: 'Hold after failures',
  budget: 'Budget',
};

/** The label of a field, or of what a row sets. @param {Pick<SweepFormState, 'settings'|'entries'>} state @param {string} field */
export function labelOf({ settings: { all, followers }, entries }, field) {
  const [, rows, i] = /^(range|setting)-(\d+)$/.exec(field) ?? [];
  const name = rows === undefined ? field : entries[rows === 'range' ? 'ranges' : 'settings'][Number(i)].name.trim();
  const parameter = all.find((each) => each.name === name)
    ?? followers.flatMap((follower) => followerParameters(follower).filter((each) => followerField(follower, each.name) === name))[0];
  return LABELS[name] ?? parameter?.title ?? name;
}

/** @param {SweepFormState} state @returns {(name: string) => import('../controls/field.js').Field} */
export const binding = (state) => (name) => ({
  name,
  label: labelOf(state, name),
  value: state.entries.text[name],
  error: state.errors[name],
  change: (value) => state.edit(name, () => { state.entries.text[name] = value; }),
});

/** @param {SweepFormState} state */
export function networkFields({ entries, errors, architectures, edit }) {
  /** @param {string} name @param {boolean} on */
  const choose = (name, on) =>
    edit('architecture', () => {
      const chosen = [...entries.architectures.filter((other) => other !== name), ...(on ? [name] : [])];
      entries.architectures = architectures.map((choice) => choice.name).filter((each) => chosen.includes(each));
    });
  return html`<fieldset class=${errors.architecture ? 'group field-bad' : 'group'} aria-describedby=${errors.architecture ? 'error-architecture' : nothing}>
    <legend>${LABELS.architecture}</legend>
    ${[...new Set(architectures.map(({ family }) => family))].map((heading) => html`<div class="network-family" role="group" aria-label=${heading}>
      <p class="hint">${heading}</p>
      <div class="checks">${architectures.filter(({ family }) => family === heading).map(({ name, label }) =>
        checkField({ id: `architecture-${name}`, label, checked: entries.architectures.includes(name), invalid: errors.architecture !== undefined, change: (on) => choose(name, on) }))}</div>
    </div>`)}
    ${wrong(errors, 'architecture')}
  </fieldset>`;
}

/**
 * The settings of the trainings: those that matter most at once, the others folded by group.
 *
 * @param {SweepFormState} state
 * @param {(parameter: Parameter) => unknown} choice the field of a setting with a choice of values
 */
export function settingFields(state, choice) {
  const { entries, settings } = state;
  const others = settings.fields.filter(({ essential }) => !essential);
  return html`<fieldset class="group">
    <legend>Settings</legend>
    <p class="hint">Empty fields use the default. Several values, such as 0.25, 0.5, form a grid: every combination is run.</p>
    ${fieldsOf(settings.fields.filter((field) => field.essential && isNumeric(field)), state, choice)}
  </fieldset>
  ${[...new Set(others.map(({ group }) => group))].map((group) => {
    const shown = others.filter((each) => each.group === group);
    return folded(group, state, shown.filter(({ name }) => entries.text[name] !== '').length, shown.map(({ name }) => name), fieldsOf(shown, state, choice));
  })}
  ${folded('Other settings', state, entries.settings.length, ['setting'], html`
    ${entries.settings.map((_, i) => settingRow(state, i))}
    <datalist id="other-settings">${settings.others.map((name) => html`<option value=${name}></option>`)}</datalist>
    <button class="button button-small" type="button" data-testid="add-setting"
      @click=${() => state.edit('', () => { entries.settings.push({ name: settings.others.find((name) => !entries.settings.some((row) => row.name === name)) ?? '', values: '' }); })}>Add a setting</button>`)}`;
}

/** @param {Parameter[]} shown @param {SweepFormState} state @param {(parameter: Parameter) => unknown} choice */
const fieldsOf = (shown, state, choice) => html`<div class="fields">${shown.map((parameter) => {
  const { name, unit, format, otherwise } = parameter;
  return isNumeric(parameter)
    ? textField({ ...binding(state)(name), mode: 'text', unit, hint: [format === 'seed' ? 'One or several, such as 1, 2, 5-7.' : '', otherwise && `Default: ${otherwise}.`].filter(Boolean).join(' ') || undefined })
    : choice(parameter);
})}</div>`;

/**
 * A folded part of the form.
 *
 * @param {string} words
 * @param {SweepFormState} state
 * @param {number} changed how many of its fields are not at their defaults
 * @param {string[]} fields the names of its fields, or how they begin before a dot or a dash
 * @param {unknown} content
 */
const folded = (words, { errors, opened }, changed, fields, content) =>
  fold(words, { changed, opened, wrong: Object.keys(errors).some((name) => fields.includes(name.replace(/[-.].*/, ''))) }, content);

/** The ways to try other values than those of a grid, and to stop trials early. @param {SweepFormState} state */
export function searchFields(state) {
  const { random, halving, medianStopping } = state.entries;
  return folded('Search and early stopping', state, [random, halving, medianStopping].filter(Boolean).length, ['random', 'range', 'halving', 'medianStopping'],
    html`${randomFields(state)} ${halvingFields(state)} ${medianFields(state)}`);
}

/** @param {SweepFormState} state @param {number} i */
function settingRow({ entries, errors, edit }, i) {
  const setting = entries.settings[i];
  const field = `setting-${i}`;
  return html`<div class=${errors[field] ? 'entry-row field-bad' : 'entry-row'} role="group" aria-label=${`Another setting, ${i + 1}`}>
    ${rowField({ id: `${field}-name`, label: 'Setting', value: setting.name, list: 'other-settings', error: errors[field] && `error-${field}`,
      change: (name) => edit(field, () => { setting.name = name; }) })}
    ${rowField({ id: `${field}-values`, label: 'Values', value: setting.values, wide: true, error: errors[field] && `error-${field}`,
      change: (values) => edit(field, () => { setting.values = values; }) })}
    ${removal('setting', setting.name, () => edit(field, () => { entries.settings.splice(i, 1); }))}
    ${wrong(errors, field)}
  </div>`;
}

const SAMPLERS = [
  { value: 'random', label: 'random' },
  { value: 'tpe', label: 'tpe: later trials follow the results' },
];

/** @param {SweepFormState} state */
function randomFields(state) {
  const bound = binding(state);
  const { entries, edit } = state;
  return optional('random', 'Search', entries.random, 'Each trial draws values of its own from the ranges below, and runs with every combination of the other settings.', (on) =>
    edit('random', () => {
      entries.random = on;
      if (on && entries.ranges.length === 0) {
        addRange(state);
      }
    }), () => html`<div class="fields">
      ${choiceField({ ...bound('random.sampler'), options: SAMPLERS })}
      ${textField({ ...bound('random.trials'), mode: 'numeric' })}
      ${textField({ ...bound('random.seed'), mode: 'numeric' })}
      ${learns(entries) ? textField({ ...bound('random.startup'), mode: 'numeric' }) : nothing}
    </div>
    ${entries.ranges.map((_, i) => rangeRow(state, i))}
    <button class="button button-small" type="button" data-testid="add-range"
      @click=${() => edit('', () => { addRange(state); })}>Add a sampled setting</button>`);
}

/** Adds a row for a setting that the random search does not draw yet. @param {SweepFormState} state */
function addRange({ entries: { ranges }, settings: { drawn, fields } }) {
  const name = drawn.find((each) => !ranges.some((row) => row.name === each)) ?? drawn[0] ?? '';
  ranges.push({ name, from: '', to: '', log: fields.some((field) => field.name === name && field.type === 'number') });
}

/** @param {SweepFormState} state @param {number} i */
function rangeRow({ entries, errors, edit, settings }, i) {
  const range = entries.ranges[i];
  const field = `range-${i}`;
  const error = errors[field] && `error-${field}`;
  const names = including(settings.drawn.map((name) => ({ value: name, label: labelOf({ settings, entries }, name) })), range.name);
  return html`<div class=${error ? 'entry-row field-bad' : 'entry-row'} role="group" aria-label=${`Sampled setting, ${i + 1}`}>
    <div class="field"><label for=${`${field}-name`}>Setting</label>
      <select id=${`${field}-name`} data-testid=${`${field}-name`} aria-invalid=${error ? 'true' : nothing} aria-describedby=${error || nothing}
        @change=${(/** @type {any} */ event) => edit(field, () => { range.name = event.target.value; })}>
        ${names.map(({ value, label }) => html`<option value=${value} .selected=${value === range.name}>${label}</option>`)}</select></div>
    ${rowField({ id: `${field}-from`, label: 'From', value: range.from, error, change: (from) => edit(field, () => { range.from = from; }) })}
    ${rowField({ id: `${field}-to`, label: 'To', value: range.to, error, change: (to) => edit(field, () => { range.to = to; }) })}
    ${checkField({ id: `${field}-log`, label: 'log scale', checked: range.log, change: (log) => edit(field, () => { range.log = log; }) })}
    ${removal('draw', range.name, () => edit(field, () => { entries.ranges.splice(i, 1); }))}
    ${wrong(errors, field)}
  </div>`;
}

/** @param {SweepFormState} state */
const halvingFields = (state) => stoppingFields(state, 'halving', 'Successive halving', 'All trials start. Each pauses after a few epochs, at a rung; only those with the best validation accuracy there continue.', ['firstEpochs', 'factor']);

/** @param {SweepFormState} state */
const medianFields = (state) => stoppingFields(state, 'medianStopping', 'Median stopping', 'A trial stops when its best validation accuracy is below the median of what complete trials had on average up to that epoch.', ['afterEpochs', 'afterTrials']);

/**
 * A way to stop trials, which can be switched on.
 *
 * @param {SweepFormState} state
 * @param {'halving'|'medianStopping'} section
 * @param {string} title
 * @param {string} hint
 * @param {string[]} numbers
 */
function stoppingFields(state, section, title, hint, numbers) {
  const bound = binding(state);
  const { entries, edit } = state;
  return optional(section, title, entries[section], hint, (on) =>
    edit(section, () => { entries[section] = on; }), () => html`<div class="fields">
      ${numbers.map((name) => textField({ ...bound(`${section}.${name}`), mode: 'numeric' }))}
    </div>`);
}

/** The experiments on a trained network. @param {SweepFormState} state */
export const thenFields = (state) => folded('After each training', state, state.entries.then.length, ['then'],
  html`<div class="group">${state.settings.followers.map((follower) => followerFields(follower, state))}</div>`);

/** @param {import('../experiment/experiments.js').Experiment} follower @param {SweepFormState} state */
function followerFields(follower, state) {
  const bound = binding(state);
  const { entries, edit } = state;
  const { name, label, summary, subject } = follower;
  const on = entries.then.includes(name);
  const restricted = subject.requires.length > 0 ? ', if the network supports it' : '';
  return html`${checkField({ id: `then-${name}`, label: `${label}${restricted}`, checked: on,
      change: (chosen) => edit(`then.${name}`, () => { entries.then = [...entries.then.filter((each) => each !== name), ...(chosen ? [name] : [])]; }) })}
    ${on
      ? html`<p class="hint">${summary} Lists of values queue one job per combination.</p>
        <div class="fields">${followerParameters(follower).map((parameter) =>
          textField({ ...bound(followerField(follower, parameter.name)), mode: 'text', unit: parameter.unit,
            hint: html`${parameter.oneOf ? `One of ${parameter.oneOf.map((choice) => choice.const).join(', ')}. ` : nothing}${parameter.otherwise ? `Default: ${parameter.otherwise}.` : nothing}` }))}</div>`
      : nothing}`;
}

/** @param {SweepFormState} state */
export function queueFields(state) {
  const bound = binding(state);
  const { entries, edit, settings } = state;
  const usual = blank(settings).text;
  const numbers = ['priority', 'stopAfterFailures', 'budget'];
  const changed = numbers.filter((name) => entries.text[name].trim() !== usual[name]).length + Number(entries.again);
  return folded('Queue', state, changed, [...numbers, 'again'], html`<div class="group">
    <div class="fields">
      ${textField({ ...bound('priority'), mode: 'text', hint: 'Higher values run first.' })}
      ${textField({ ...bound('stopAfterFailures'), mode: 'numeric', hint: 'Number of consecutive failures; 0 means never.' })}
      ${textField({ ...bound('budget'), mode: 'decimal', hint: 'Device hours after which no further job starts; empty for no limit.' })}
    </div>
    ${checkField({ id: 'again', label: 'Rerun existing jobs', checked: entries.again, change: (on) => edit('again', () => { entries.again = on; }) })}
  </div>`);
}

/**
 * Fields that appear once their check box is checked.
 *
 * @param {string} id
 * @param {string} legend
 * @param {boolean} on
 * @param {string} hint
 * @param {(on: boolean) => void} change
 * @param {() => unknown} fields
 */
const optional = (id, legend, on, hint, change, fields) => html`<fieldset class="group">
  <legend>${checkField({ id, label: legend, checked: on, change })}</legend>
  <p class="hint">${hint}</p>
  ${on ? fields() : nothing}
</fieldset>`;

/**
 * @param {{id: string, label: string, value: string, error?: string, list?: string, wide?: boolean, change: (value: string) => void}} field
 */
const rowField = ({ id, label, value, error, list, wide, change }) => html`<div class=${wide ? 'field field-wide' : 'field'}>
  <label for=${id}>${label}</label>
  <input id=${id} type="text" autocomplete="off" spellcheck="false" list=${list ?? nothing} .value=${live(value)} data-testid=${id}
    aria-invalid=${error ? 'true' : nothing} aria-describedby=${error || nothing}
    @input=${(/** @type {any} */ event) => change(event.target.value)}>
</div>`;

/** @param {string} what @param {string} name @param {() => void} remove */
const removal = (what, name, remove) =>
  html`<button class="button button-small" type="button" @click=${remove} aria-label=${`Remove the ${what} ${name}`}>Remove</button>`;

/** @param {import('../experiment/submission.js').FieldErrors} errors @param {string} field */
const wrong = (errors, field) =>
  errors[field] ? html`<p class="error" id=${`error-${field}`} data-testid=${`error-${field}`}>${errors[field]}</p>` : nothing;
