import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { choices } from '../app/choices.js';
import { inlineSelect } from '../controls/field.js';
import { regimeWords, scaleWords } from './words.js';

/** @typedef {import('../api/types.js').ComparedSetting} Setting */

/** How the networks of a setting were trained. @param {Setting} setting */
const settingWords = (setting) =>
  `${regimeWords(setting)}, ${scaleWords(setting)} (${plural(setting.networks, 'network')})`;

/**
 * A select for the settings on a data set, if there are several.
 *
 * @param {{settings: Setting[], setting?: Setting}} view
 * @param {(run: number) => void} choose called with the id of a run in the setting
 */
export const settingSelect = ({ settings, setting }, choose) =>
  settings.length > 1
    ? html`<span class="select-long">${inlineSelect('setting', 'Setting', settings.map((each) => [each.run, settingWords(each)]), setting?.run, (run) => choose(Number(run)))}</span>`
    : nothing;

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
