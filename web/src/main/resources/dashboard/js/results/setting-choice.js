import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
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
    ? html`<label class="inline-field">Setting
        <select class="select-long" data-testid="setting" @change=${(/** @type {any} */ event) => choose(Number(event.target.value))}>
          ${settings.map((each) => html`<option value=${each.run} .selected=${each.run === setting?.run}>${settingWords(each)}</option>`)}
        </select></label>`
    : nothing;

/**
 * A choice among data sets.
 *
 * @param {{dataset: string, datasets: string[]}} view
 * @param {(dataset: string) => void} choose
 */
export function datasetSelect({ dataset, datasets }, choose) {
  const names = datasets.includes(dataset) ? datasets : [dataset, ...datasets];
  return html`<label class="inline-field">Data set
    <select data-testid="setting-dataset" @change=${(/** @type {any} */ event) => choose(event.target.value)}>
      ${names.map((name) => html`<option value=${name} .selected=${name === dataset}>${name}</option>`)}
    </select></label>`;
}
