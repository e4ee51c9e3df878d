import { html, nothing } from 'lit-html';
import { count, plural, roughDuration } from '../app/format.js';
import { checking } from '../controls/checking.js';
import { choiceField, including, textField } from '../controls/field.js';
import { failure } from '../controls/notices.js';
import { sending } from '../controls/sending.js';
import { basisWords } from '../cost/cost-words.js';
import { damagedHint, datasetOptions } from '../dataset/dataset-choice.js';
import { optionsOf } from '../experiment/experiment-fields.js';
import { isNumeric, TRAINING } from '../experiment/experiments.js';
import { failureWarnings } from '../failure/failures.js';
import { blank, definitionOf, entriesOf, fieldOf, isFilledIn, rowErrors, same, settingsOf } from './sweep-definition.js';
import { binding, labelOf, networkFields, queueFields, searchFields, settingFields, thenFields } from './sweep-fields.js';

/**
 * @typedef {import('./sweep-definition.js').SweepEntries} SweepEntries
 * @typedef {import('../api/types.js').Preset} Preset
 * @typedef {import('../api/types.js').SubmittedSweep} SubmittedSweep
 *
 * The available choices.
 * @typedef {object} Offered
 * @property {import('./sweep-definition.js').Settings} settings
 * @property {Preset[]} presets
 * @property {import('../api/types.js').ArchitectureChoice[]} architectures
 * @property {import('../api/types.js').Dataset[]} datasets
 * @property {import('../api/types.js').Damaged[]} damaged
 *
 * @typedef {object} Filled
 * @property {SweepEntries} entries
 * @property {string} from the preset that the form was filled in from, or empty
 * @property {boolean} named whether the user has entered the name
 * @property {boolean} tried whether the form was submitted once: until then missing values are not errors
 * @property {Set<string>} opened the folds that had an error
 * @property {import('../api/types.js').SweepCheck} [answer] the server's validation of the entries
 * @property {Record<string, unknown>} usual the settings of a training, as the server fills them in
 */

/** Messages for required fields that are empty. @type {Record<string, string>} */
const MISSING = { name: 'Enter a name.', architecture: 'Choose at least one network.', dataset: 'Choose the data set.' };

/** @param {SweepEntries} entries @param {string} [from] @returns {Filled} */
const filledWith = (entries, from = '') => ({ entries, from, named: false, tried: false, opened: new Set(), usual: {} });

/**
 * The form that queues a sweep: from scratch, from a preset, or prefilled from another sweep.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, submitted: (sweep: SubmittedSweep) => void, started: (preset: string) => void}} page
 */
export function sweepForm(api, { draw, submitted, started }) {
  /** @type {Offered} */
  let offered = { settings: settingsOf([]), presets: [], architectures: [], datasets: [], damaged: [] };
  let form = filledWith(blank(offered.settings));
  /** Why the choices could not be loaded. @type {unknown} */
  let unread;
  /** Called once the choices are loaded. @type {(() => void)|undefined} */
  let later;
  let choices = readChoices();

  /** The initial entries of a form, with the built-in data set. */
  const scratch = () => blank(offered.settings, offered.datasets.find(({ builtIn }) => builtIn)?.name);

  async function readChoices() {
    try {
      const [{ presets }, architectures, datasets, { experiments }] = await Promise.all([api.presets(), api.architectures(), api.datasets(), api.experiments()]);
      const first = offered.settings.fields.length === 0;
      const settings = settingsOf(experiments);
      // The form has no fields for trainings that follow trainings and for cases: such presets are for the command line.
      offered = { settings, presets: presets.filter(({ definition }) => entriesOf(settings, definition)), ...architectures, ...datasets };
      if (first) {
        form.entries.text = { ...scratch().text, ...form.entries.text };
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
    async () => {
      const asked = definition();
      // Without the defaults, only the hints of empty fields are missing.
      const defaults = api.check(TRAINING, asked.base ?? {}).catch(() => ({ values: {} }));
      const [answer, { values }] = await Promise.all([api.checkSweep(asked), defaults]);
      // With several starting weights, say, trainings may differ in their defaults.
      return { answer, usual: form.entries.settings.some(({ name }) => name.trim() in (asked.grid ?? {})) ? {} : values };
    },
    (latest) => {
      Object.assign(form, latest);
      draw();
    },
  );

  const definition = () => definitionOf(offered.settings, form.entries);
  const preset = () => offered.presets.find(({ name }) => name === form.from);

  /** The server's errors for values, by field. */
  function problems() {
    const { entries, answer, tried } = form;
    const found = (answer?.problems ?? []).map(({ field, detail }) => ({ field: fieldOf(field, entries) ?? 'sweep', words: detail.replace(/^In \w+: /, '') }));
    return Object.fromEntries(found.flatMap(({ field, words }) => (isFilledIn(field, entries) ? [[field, words]] : tried ? [[field, MISSING[field] ?? words]] : [])));
  }

  const { state, submit } = sending({
    draw,
    async check() {
      form.tried = true;
      await check.now();
      const errors = { ...problems(), ...rowErrors(offered.settings, form.entries) };
      const chosen = preset()?.definition;
      return chosen && definition().name === chosen.name && !same(definition(), chosen)
        ? { ...errors, name: `The settings differ from the preset ${form.from}: enter another name for this sweep.` }
        : errors;
    },
    send: async () => submitted(await api.submitSweep(request())),
    fieldOf: ({ code, field }) => (code === 'sweep-taken' ? 'name' : field && fieldOf(field, form.entries)),
  });

  /** @param {SweepEntries} filled @param {string} [source] the preset that it comes from */
  function fill(filled, source = '') {
    form = filledWith(filled, source);
    state.errors = {};
    state.problem = undefined;
    check.now();
    draw();
  }

  /** @param {string} name of a preset; empty to start from scratch */
  async function start(name) {
    // Does not wait if the choices are only being reloaded: entries that the user makes meanwhile must not be replaced.
    if (name && offered.presets.length === 0) {
      await choices;
      if (unread) {
        later = () => start(name);
        return;
      }
    }
    const chosen = offered.presets.find((each) => each.name === name);
    fill((chosen && entriesOf(offered.settings, chosen.definition)) ?? scratch(), chosen ? name : '');
    started(form.from);
  }

  /** @param {string} field @param {() => void} change */
  function edit(field, change) {
    change();
    const { entries, from, answer } = form;
    delete form.usual[field];
    form.named ||= field === 'name';
    if (field === 'dataset' && !form.named && from) {
      // A preset on another data set is a different sweep and gets its own name.
      const { dataset } = entries.text;
      entries.text.name = dataset === '' || dataset === preset()?.definition.base?.dataset ? from : `${from}-${dataset}`;
    }
    // Rows may have moved, and errors of a row or of the whole sweep may have concerned this field.
    const others = Object.entries(state.errors).filter(([name]) => name !== field && name !== 'sweep' && !name.includes('-'));
    state.errors = field.includes('-') ? {} : Object.fromEntries(others);
    if (answer) {
      form.answer = { ...answer, problems: answer.problems.filter((problem) => fieldOf(problem.field, entries) !== field) };
    }
    check.soon();
    draw();
  }

  /** The request. If nothing else was changed, it is the preset itself, so that submitting it again finds the same sweep. */
  function request() {
    const asked = definition();
    const chosen = preset()?.definition;
    const { dataset } = form.entries.text;
    return chosen && same(asked, { ...chosen, name: asked.name, base: { ...chosen.base, dataset } })
      ? { preset: form.from, ...(asked.name !== chosen.name && { name: asked.name }), ...(dataset !== chosen.base?.dataset && { dataset }) }
      : asked;
  }

  /** About how long the trainings take. @param {import('../api/types.js').SweepCheck} answer */
  function timeWords({ trainings, timed, deviceSeconds, judgedBy }) {
    const { halving, medianStopping, again } = form.entries;
    if (timed === 0) {
      return 'No training like these has run yet, so their time is not known.';
    }
    const time = `${halving || medianStopping ? 'at most ' : ''}about ${roughDuration(deviceSeconds)} of device time${basisWords([{ judgedBy }], 'the newest like them')}${again ? '' : ', if none exists yet'}`;
    return timed === trainings ? `Trainings take ${time}.` : `${count(timed)} of the trainings take ${time}; none like the others has run yet.`;
  }

  function jobsWords() {
    const { entries, answer } = form;
    if (!answer) {
      return '';
    }
    const label = (/** @type {string} */ field) => labelOf({ ...offered, entries }, field);
    const wrong = Object.keys(problems()).filter((field) => isFilledIn(field, entries));
    if (wrong.length > 0) {
      return `${plural(wrong.length, 'field is', 'fields are')} invalid: ${wrong.map(label).join(', ')}.`;
    }
    const missing = entries.random ? entries.ranges.map((_, i) => `range-${i}`).filter((field) => !isFilledIn(field, entries)) : [];
    if (missing.length > 0) {
      return `Enter From and To of ${missing.map(label).join(', ')} to see the number of jobs.`;
    }
    const { trainings, about } = answer;
    if (trainings === 0) {
      return `Choose networks${form.entries.text.dataset === '' ? ' and a data set' : ''} to see the number of jobs.`;
    }
    const parts = about > 0 ? `: ${plural(trainings, 'training')} and ${plural(about, 'job')} on the trained ${trainings === 1 ? 'network' : 'networks'}` : '';
    return [`${plural(trainings + about, 'job')}${parts}.`, timeWords(answer), entries.again ? '' : 'Existing jobs are not run again.'].filter(Boolean).join(' ');
  }

  /**
   * The data sets to choose from, including no data set if a row below sets them or none is chosen yet.
   *
   * @param {import('../experiment/experiments.js').Parameter} parameter
   */
  function datasetChoices(parameter) {
    const { dataset } = form.entries.text;
    const below = form.entries.settings.some(({ name }) => name.trim() === 'dataset');
    const none = below || dataset === '' ? [{ value: '', label: below ? 'set in the row below' : 'Choose a data set' }] : [];
    return including([...none, ...datasetOptions(offered.datasets, parameter)], dataset);
  }

  /** @param {(name: string) => import('../controls/field.js').Field} bound @param {import('../experiment/experiments.js').Parameter} parameter */
  function chosenField(bound, parameter) {
    const { name, format, description, otherwise } = parameter;
    if (format === 'dataset') {
      return choiceField({ ...bound(name), options: datasetChoices(parameter), hint: damagedHint(offered.damaged) });
    }
    const chosen = form.entries.text[name];
    const usual = chosen === '' ? form.usual[name] : undefined;
    return choiceField({ ...bound(name), options: including([{ value: '', label: `default: ${usual ?? otherwise}` }, ...optionsOf(parameter)], chosen), hint: description });
  }

  /** @param {import('./sweep-fields.js').SweepFormState} shown */
  function head(shown) {
    const bound = binding(shown);
    const { from } = form;
    return html`<div class="fields fields-choices">
      ${choiceField({
        name: 'from',
        label: 'Start from',
        value: from,
        options: including([{ value: '', label: 'an empty form' }, ...offered.presets.map(({ name }) => ({ value: name, label: `preset ${name}` }))], from),
        hint: preset()?.description ?? 'A preset fills the form in.',
        change: start,
      })}
      ${textField({ ...bound('name'), mode: 'text', hint: 'Letters, digits, dots, dashes, underscores.' })}
      ${offered.settings.fields.filter((field) => field.essential && !isNumeric(field)).map((field) => chosenField(bound, field))}
    </div>`;
  }

  function template() {
    const { problem, busy } = state;
    const errors = { ...problems(), ...state.errors };
    const shown = { ...offered, entries: form.entries, errors, opened: form.opened, edit };
    return html`<form class="form" novalidate @submit=${submit} data-testid="sweep-form">
      ${unread ? failure(unread, loadChoices) : nothing}
      ${head(shown)} ${networkFields(shown)} ${settingFields(shown, (parameter) => chosenField(binding(shown), parameter))}
      ${searchFields(shown)} ${thenFields(shown)} ${queueFields(shown)}
      ${failureWarnings(form.answer?.warnings ?? [])}
      <div class="form-end">
        ${errors.sweep ? html`<p class="error" role="alert" data-testid="error-sweep">${errors.sweep}</p>` : nothing}
        ${problem ? failure(problem) : nothing}
        <p class="note" role="status" data-testid="sweep-jobs">${jobsWords()}</p>
        <button class="button button-primary" type="submit" ?disabled=${busy} data-testid="submit-sweep">Queue the sweep</button>
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
      fill((definition && entriesOf(offered.settings, definition)) ?? scratch());
      form.entries.text.name = '';
    } catch (cause) {
      state.problem = cause;
    }
    draw();
  }

  return { template, start, like, loadChoices };
}
