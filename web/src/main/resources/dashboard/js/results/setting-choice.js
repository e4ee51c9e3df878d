import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { choices } from '../app/choices.js';
import { inlineSelect } from '../controls/field.js';
import { regimeWords, scaleWords } from './words.js';

/** @typedef {import('../api/types.js').ComparedSetting} Setting */

/** How the networks of a setting were trained. @param {Setting} setting */
const settingWords = (setting) =>
  `${regimeWords(setting)}, ${scaleWords(setting)} (${plural(setting.networks, 'network')})`;

/** The choice of all settings, in the URL of a page and in the select. */
export const ALL_SETTINGS = 'all';

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
