import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { choices } from '../app/choices.js';
import { inlineSelect } from '../controls/field.js';
import { regimeWords, scaleWords } from './words.js';

/** @typedef {import('../api/types.js').ComparedSetting} Setting */

/** How the networks of a setting were trained. @param {Setting} setting */
export const settingWords = (setting) =>
  `${regimeWords(setting)}, ${scaleWords(setting)} (${plural(setting.networks, 'network')})`;

/**
 * A choice among the settings on a data set, if there are several.
 *
 * @param {{settings: Setting[], setting?: Setting}} view
 * @param {(run: number) => void} choose by a run of it
 */
export const settingSelect = ({ settings, setting }, choose) =>
  settings.length > 1
    ? html`<span class="select-long">${inlineSelect('setting', 'Setting', settings.map((each) => [each.run, settingWords(each)]), setting?.run, (run) => choose(Number(run)))}</span>`
    : nothing;

/**
 * A choice among data sets.
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
 * Chooses among the data sets of a view that has all of them.
 *
 * @param {string} id of the field
 * @param {URLSearchParams} query of the page
 * @param {() => void} draw
 */
export function datasetSwitch(id, query, draw) {
  const [chosen, choose] = choices(query, { dataset: '' }, draw);
  /** @param {import('../api/types.js').MeasuredOn[]} datasets */
  const of = (datasets) => datasets.find(({ dataset }) => dataset === chosen.dataset) ?? datasets[0];
  return {
    /** The chosen one; undefined: there is none. */
    of,

    /** @param {import('../api/types.js').MeasuredOn[]} datasets */
    template: (datasets) =>
      datasets.length > 1
        ? inlineSelect(id, 'Data set', datasets.map(({ dataset }) => [dataset, dataset]), of(datasets)?.dataset, (dataset) => choose({ dataset }))
        : nothing,
  };
}
