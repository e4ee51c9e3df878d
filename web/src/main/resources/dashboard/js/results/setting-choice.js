import { html, nothing } from 'lit-html';
import { Problem } from '../api/client.js';
import { plural } from '../app/format.js';
import { choices } from '../app/choices.js';
import { inlineSelect } from '../controls/field.js';
import { regimeWords, scaleWords } from './words.js';

/**
 * @typedef {import('../api/types.js').ComparedSetting} Setting
 * @typedef {import('../api/types.js').ShownSetting} Shown
 */

const NOT_FOUND = 404;

/** How the networks of a setting were trained. @param {Setting} setting */
const settingWords = (setting) =>
  `${regimeWords(setting)}, ${scaleWords(setting)} (${plural(setting.networks, 'network')})`;

/** The choice of all settings, in the URL of a page and in the select. */
export const ALL_SETTINGS = 'all';

/**
 * Reads a view of a setting: if the run that stands for it was deleted or does not count any more, that of the setting
 * with the most networks. A link to the view keeps working.
 *
 * @template T
 * @param {string} setting the id of a run, or a word
 * @param {(setting: string) => Promise<T>} read
 * @returns {Promise<{found: T, gone?: string}>} gone: the run that no setting has
 */
export async function ofSetting(setting, read) {
  try {
    return { found: await read(setting) };
  } catch (problem) {
    if (!(problem instanceof Problem && problem.status === NOT_FOUND && Number(setting) > 0)) {
      throw problem;
    }
    return { found: await read('most'), gone: setting };
  }
}

/** @param {string|undefined} run that no setting has */
export const goneNote = (run) =>
  run === undefined
    ? nothing
    : html`<p class="note" role="status" data-testid="setting-gone">Run ${run}, whose setting was chosen, is not among these results any more. This is the setting with the most networks.</p>`;

/**
 * A select for the settings on a data set, if there are several.
 *
 * @param {{settings: Setting[], setting?: Setting, otherConfigurations?: number}} view otherConfigurations: how many the
 *     view leaves out, if it can show all settings
 * @param {(setting: string) => void} choose called with the id of a run in the setting, or with the choice of all
 */
export function settingSelect({ settings, setting, otherConfigurations }, choose) {
  /** @type {[string, string][]} */
  const options = settings.map((each) => [String(each.run), settingWords(each)]);
  if (otherConfigurations !== undefined && (otherConfigurations > 0 || !setting)) {
    options.push([ALL_SETTINGS, 'All settings']);
  }
  return options.length > 1
    ? html`<span class="select-long">${inlineSelect('setting', 'Setting', options, setting ? String(setting.run) : ALL_SETTINGS, choose)}</span>`
    : nothing;
}

/**
 * Which of several settings a part of a page shows that all settings are shown on.
 *
 * @param {{settings: Setting[], setting?: Setting}} view
 */
export const settingNote = ({ settings, setting }) =>
  settings.length > 1 && setting ? html`<p class="note" data-testid="shown-setting">Of one setting: ${settingWords(setting)}.</p>` : nothing;

/**
 * A select for data sets.
 *
 * @param {{dataset: string, datasets: string[]}} view
 * @param {(dataset: string) => void} choose
 * @param {string} [id] for tests
 */
export function datasetSelect({ dataset, datasets }, choose, id = 'setting-dataset') {
  const names = datasets.includes(dataset) ? datasets : [dataset, ...datasets];
  return inlineSelect(id, 'Data set', names.map((name) => [name, name]), dataset, choose);
}

/**
 * The choice of a data set for a view that contains all data sets.
 *
 * @param {string} id of the field
 * @param {URLSearchParams} query of the page's URL
 * @param {() => void} draw
 */
export function datasetSwitch(id, query, draw) {
  const [chosen, choose] = choices(query, { dataset: '' }, draw);
  /** @param {import('../api/types.js').MeasuredOn[]} datasets */
  const of = (datasets) => datasets.find(({ dataset }) => dataset === chosen.dataset) ?? datasets[0];
  return {
    /** The chosen data set; undefined if there is none. */
    of,

    /** @param {import('../api/types.js').MeasuredOn[]} datasets */
    template: (datasets) =>
      datasets.length > 1
        ? inlineSelect(id, 'Data set', datasets.map(({ dataset }) => [dataset, dataset]), of(datasets)?.dataset, (dataset) => choose({ dataset }))
        : nothing,
  };
}

/**
 * The choice of a setting for a view that contains all data sets. A setting is chosen on one of them; of the others, the
 * setting with the most networks is shown.
 *
 * @param {URLSearchParams} query of the page's URL
 * @param {() => void} load
 */
export function settingSwitch(query, load) {
  const [chosen, choose] = choices(query, { setting: '' }, load);
  /** The run whose setting was chosen, if it is in none. @type {string|undefined} */
  let gone;
  /** @param {Shown[]} settings @param {import('../api/types.js').MeasuredOn|undefined} on */
  const shown = (settings, on) => settings.find(({ dataset }) => dataset === on?.dataset);
  return {
    /**
     * Reads the view of the chosen setting.
     *
     * @template T
     * @param {(filter: {setting: string}) => Promise<T>} read
     * @returns {Promise<T>}
     */
    async read(read) {
      const answer = await ofSetting(chosen.setting || 'most', (setting) => read({ setting }));
      gone = answer.gone;
      return answer.found;
    },

    /** A run of the setting that is shown on a data set; undefined if all are. @param {Parameters<typeof shown>} of */
    run: (...of) => {
      const setting = shown(...of)?.setting;
      return setting && String(setting.run);
    },

    /** @param {Parameters<typeof shown>} of */
    template: (...of) => {
      const settings = shown(...of);
      return settings ? settingSelect(settings, (setting) => choose({ setting })) : nothing;
    },

    /** What is not shown. @param {Parameters<typeof shown>} of */
    note: (...of) => html`${goneNote(gone)} ${othersNote(shown(...of)?.otherConfigurations ?? 0, () => choose({ setting: ALL_SETTINGS }))}`,
  };
}

/**
 * What a single setting leaves out.
 *
 * @param {number} others number of configurations
 * @param {() => void} showAll
 */
export const othersNote = (others, showAll) =>
  others === 0
    ? nothing
    : html`<p class="note" data-testid="other-configurations">${plural(others, 'configuration')} of other settings or learning rates ${others === 1 ? 'is' : 'are'} not shown.
        <button type="button" class="button button-small" data-testid="all-settings" @click=${showAll}>Show all settings</button></p>`;
