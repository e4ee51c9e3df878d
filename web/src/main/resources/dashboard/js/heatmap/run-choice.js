import { html } from 'lit-html';
import { inlineCombobox } from '../controls/combobox.js';

/** @typedef {import('./explained-runs.js').ExplainedRun} ExplainedRun */

/** The most runs that fit side by side on a screen. */
export const MOST_RUNS = 4;

/**
 * A choice of up to four runs to compare.
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
    const others = options.filter(({ value: each }) => each === value || !chosen.includes(Number(each)));
    return inlineCombobox({
      id: `run-${i + 1}`,
      label: `Network ${i + 1}`,
      value,
      placeholder: 'add another',
      options: [
        ...(value !== '' && chosen.length > 1 ? [{ value: '', label: 'remove' }] : []),
        ...(value !== '' && !others.some((option) => option.value === value) ? [{ value, label: `run ${value}` }] : []),
        ...others,
      ],
      change(next) {
        const number = Number(next);
        const left = [...chosen];
        left.splice(i, 1, ...(number ? [number] : []));
        choose([...new Set(left)]);
      },
    });
  })}</div>`;
}
