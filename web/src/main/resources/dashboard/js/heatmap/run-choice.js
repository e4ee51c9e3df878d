import { html, nothing } from 'lit-html';
import { optionList } from '../controls/field.js';

/** @typedef {import('./explained-runs.js').ExplainedRun} ExplainedRun */

/** Side by side on a screen. */
export const MOST_RUNS = 4;

/**
 * Up to four runs to compare.
 *
 * @param {ExplainedRun[]} runs
 * @param {number[]} chosen
 * @param {(chosen: number[]) => void} choose
 */
export function runChoice(runs, chosen, choose) {
  const options = runs.map(({ run, group, label, words, local }) => ({ value: String(run), label: `${label} ${words}${local ? '' : ' (Grad-CAM)'}`, group }));
  const places = Math.min(MOST_RUNS, chosen.length + 1);
  return html`<div class="filters heatmap-filters" role="group" aria-label="Networks">${Array.from({ length: places }, (_, i) => {
    const value = chosen[i] === undefined ? '' : String(chosen[i]);
    const removable = value !== '' && chosen.length > 1;
    return html`<label class="inline-field">Network ${i + 1}
      <select data-testid=${`run-${i + 1}`} @change=${(/** @type {any} */ event) => {
        const number = Number(event.target.value);
        const others = [...chosen];
        others.splice(i, 1, ...(number ? [number] : []));
        choose([...new Set(others)]);
      }}>
        ${value === '' || removable ? html`<option value="" .selected=${value === ''}>${value === '' ? 'add another' : 'remove'}</option>` : nothing}
        ${value !== '' && !options.some((option) => option.value === value) ? html`<option value=${value} .selected=${true}>run ${value}</option>` : nothing}
        ${optionList(options, value)}
      </select></label>`;
  })}</div>`;
}
