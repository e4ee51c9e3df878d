import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { checking } from '../controls/checking.js';
import { choiceField, including, textField } from '../controls/field.js';
import { failure } from '../controls/notices.js';
import { sending } from '../controls/sending.js';
import { damagedHint, datasetOptions } from '../dataset/dataset-choice.js';
import { optionsOf } from '../experiment/experiment-fields.js';
import { isNumeric } from '../experiment/experiments.js';
import { blank, definitionOf, entriesOf, fieldOf, isFilledIn, rowErrors, same, settingsOf } from './sweep-definition.js';
import { binding, halvingFields, networkFields, queueFields, randomFields, settingFields, thenFields } from './sweep-fields.js';

/**
 * @typedef {import('./sweep-definition.js').SweepEntries} SweepEntries
 * @typedef {import('../api/types.js').Preset} Preset
 * @typedef {import('../api/types.js').SubmittedSweep} SubmittedSweep
 */

/** What is said of fields that are empty, whose place says what they are for. @type {Record<string, string>} */
const MISSING = { name: 'Enter a name.', architecture: 'Choose at least one network.', dataset: 'Choose the data set.' };

/**
 * The form that queues a sweep: from scratch, from a preset, or prefilled from another sweep.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, submitted: (sweep: SubmittedSweep) => void, started: (preset: string) => void}} page
 */
export function sweepForm(api, { draw, submitted, started }) {
  let settings = settingsOf([]);
  let entries = blank(settings);
  /** The preset that the form was filled in from. */
  let from = '';
  let named = false;
  /** @type {Preset[]} */
  let presets = [];
  /** @type {import('../api/types.js').ArchitectureChoice[]} */
  let architectures = [];
  /** @type {import('../api/types.js').Dataset[]} */
  let datasets = [];
  /** @type {import('../api/types.js').Damaged[]} */
  let damaged = [];

  /** What the server says of the entries. @type {import('../api/types.js').SweepCheck|undefined} */
  let answer;
  /** Whether the form was submitted once: until then missing values are not errors. */
  let tried = false;

  /** Why there is nothing to choose from. @type {unknown} */
  let unread;
  /** What to do once the choices are loaded. @type {(() => void)|undefined} */
  let later;
  let choices = readChoices();

  /** The entries that a form starts with: those for the built-in data set. */
  function scratch() {
    return blank(settings, datasets.find(({ builtIn }) => builtIn)?.name);
  }

  async function readChoices() {
    try {
      const [offered, networks, sets, { experiments }] = await Promise.all([api.presets(), api.architectures(), api.datasets(), api.experiments()]);
      ({ presets } = offered);
      ({ architectures } = networks);
      ({ datasets, damaged } = sets);
      const before = settings.fields.length;
      settings = settingsOf(experiments);
      if (before === 0) {
        entries.text = { ...scratch().text, ...entries.text };
        check.now();
      }
      unread = undefined;
    } catch (cause) {
      unread = cause;
    }
    draw();
  }

  async function loadChoices() {
    choices = readChoices();
    await choices;
    if (!unread) {
      later?.();
      later = undefined;
    }
  }

  const check = checking(
    () => api.checkSweep(definitionOf(settings, entries)),
    (latest) => {
      answer = latest;
      draw();
    },
  );

  /** The server's errors of values, by field. */
  function problems() {
    const found = (answer?.problems ?? []).map(({ field, detail }) => ({ field: fieldOf(field, entries) ?? 'sweep', words: detail.replace(/^In \w+: /, '') }));
    return Object.fromEntries(found.flatMap(({ field, words }) => (isFilledIn(field, entries) ? [[field, words]] : tried ? [[field, MISSING[field] ?? words]] : [])));
  }

  const { state, submit } = sending({
    draw,
    async check() {
      tried = true;
      await check.now();
      const errors = { ...problems(), ...rowErrors(settings, entries) };
      const chosen = preset()?.definition;
      const definition = definitionOf(settings, entries);
      return chosen && definition.name === chosen.name && !same(definition, chosen)
        ? { ...errors, name: `The settings differ from the preset ${from}: enter another name for this sweep.` }
        : errors;
    },
    send: async () => submitted(await api.submitSweep(request())),
    fieldOf: ({ code, field }) => (code === 'sweep-taken' ? 'name' : field && fieldOf(field, entries)),
  });

  const preset = () => presets.find(({ name }) => name === from);

  /** @param {SweepEntries} filled @param {string} [source] the preset that it is of */
  function fill(filled, source = '') {
    entries = filled;
    from = source;
    named = false;
    tried = false;
    answer = undefined;
    state.errors = {};
    state.problem = undefined;
    check.now();
    draw();
  }

  /** @param {string} name of a preset; empty: from scratch */
  async function start(name) {
    // Not if they are only being read again: what the user enters meanwhile must not be replaced.
    if (name && presets.length === 0) {
      await choices;
      if (unread) {
        later = () => start(name);
        return;
      }
    }
    const chosen = presets.find((each) => each.name === name);
    fill((chosen && entriesOf(settings, chosen.definition)) ?? scratch(), chosen ? name : '');
    started(from);
  }

  /** @param {string} field @param {() => void} change */
  function edit(field, change) {
    change();
    named ||= field === 'name';
    if (field === 'dataset' && !named && from) {
      // A preset on another data set is another sweep.
      const { dataset } = entries.text;
      entries.text.name = dataset === '' || dataset === preset()?.definition.base?.dataset ? from : `${from}-${dataset}`;
    }
    // Rows may have moved, and an error of a row, or of the whole sweep, may have concerned this field.
    const others = Object.entries(state.errors).filter(([name]) => name !== field && name !== 'sweep' && !name.includes('-'));
    state.errors = field.includes('-') ? {} : Object.fromEntries(others);
    if (answer) {
      answer = { ...answer, problems: answer.problems.filter((problem) => fieldOf(problem.field, entries) !== field) };
    }
    check.soon();
    draw();
  }

  /** The request: the preset itself if nothing else was changed, so that submitting it again finds the same sweep. */
  function request() {
    const definition = definitionOf(settings, entries);
    const chosen = preset();
    if (!chosen) {
      return definition;
    }
    const { dataset } = entries.text;
    const { base } = chosen.definition;
    const unchanged = same(definition, { ...chosen.definition, name: definition.name, base: { ...base, dataset } });
    return unchanged
      ? { preset: from, ...(definition.name !== chosen.definition.name && { name: definition.name }), ...(dataset !== base?.dataset && { dataset }) }
      : definition;
  }

  function jobsWords() {
    if (!answer) {
      return '';
    }
    const wrong = Object.keys(problems()).filter((field) => isFilledIn(field, entries)).length;
    if (wrong > 0) {
      return `${plural(wrong, 'field has', 'fields have')} values that are not possible.`;
    }
    const { trainings, about } = answer;
    if (trainings === 0) {
      return 'Choose networks and a data set to see the number of jobs.';
    }
    const parts = about > 0 ? `: ${plural(trainings, 'training')} and ${plural(about, 'job')} on the trained ${trainings === 1 ? 'network' : 'networks'}` : '';
    return `${plural(trainings + about, 'job')}${parts}.${entries.again ? '' : ' Existing jobs are not run again.'}`;
  }

  /**
   * The data sets to choose from; no choice is also one, where a row below sets them or none is chosen yet.
   *
   * @param {import('../experiment/experiments.js').Parameter} parameter
   */
  function datasetChoices(parameter) {
    const { dataset } = entries.text;
    const below = entries.settings.some(({ name }) => name.trim() === 'dataset');
    const none = below || dataset === '' ? [{ value: '', label: below ? 'set in the row below' : 'Choose a data set' }] : [];
    return including([...none, ...datasetOptions(datasets, parameter)], dataset);
  }

  /** @param {(name: string, label: string) => import('../controls/field.js').Field} bound @param {import('../experiment/experiments.js').Parameter} parameter */
  function chosenField(bound, parameter) {
    const { name, title, format, description, otherwise } = parameter;
    if (format === 'dataset') {
      return choiceField({ ...bound(name, title), options: datasetChoices(parameter), hint: damagedHint(damaged) });
    }
    const options = [{ value: '', label: `default: ${otherwise}` }, ...optionsOf(parameter)];
    return choiceField({ ...bound(name, title), options: including(options, entries.text[name]), hint: description });
  }

  /** @param {import('./sweep-fields.js').SweepFormState} form */
  function head(form) {
    const bound = binding(form);
    return html`<div class="fields">
      ${choiceField({
        name: 'from',
        label: 'Start from',
        value: from,
        options: including([{ value: '', label: 'an empty form' }, ...presets.map(({ name }) => ({ value: name, label: `preset ${name}` }))], from),
        hint: preset()?.description ?? 'A preset fills the form in.',
        change: start,
      })}
      ${textField({ ...bound('name', 'Name'), mode: 'text', hint: 'Letters, digits, dots, dashes, underscores.' })}
      ${settings.fields.filter((field) => !isNumeric(field)).map((field) => chosenField(bound, field))}
    </div>`;
  }

  function template() {
    const { problem, busy } = state;
    const errors = { ...problems(), ...state.errors };
    const form = { settings, entries, errors, architectures, edit };
    return html`<form class="form" novalidate @submit=${submit} data-testid="sweep-form">
      ${unread ? failure(unread, loadChoices) : nothing}
      ${head(form)} ${networkFields(form)} ${settingFields(form)}
      <div class="columns form-columns">${randomFields(form)} ${halvingFields(form)} ${thenFields(form)} ${queueFields(form)}</div>
      ${errors.sweep ? html`<p class="error" role="alert" data-testid="error-sweep">${errors.sweep}</p>` : nothing}
      ${problem ? failure(problem) : nothing}
      <div class="actions">
        <button class="button button-primary" type="submit" ?disabled=${busy} data-testid="submit-sweep">Queue the sweep</button>
        <p class="note" role="status" data-testid="sweep-jobs">${jobsWords()}</p>
      </div>
    </form>`;
  }

  /** Fills in the definition of another sweep, without its name. @param {string} name */
  async function like(name) {
    await choices;
    if (unread) {
      later = () => like(name);
      return;
    }
    try {
      const { definition } = await api.sweep(name);
      fill((definition && entriesOf(settings, definition)) ?? scratch());
      entries.text.name = '';
    } catch (cause) {
      state.problem = cause;
    }
    draw();
  }

  return { template, start, like, loadChoices };
}
