import { html } from 'lit-html';

/** @typedef {import('../api/types.js').Damaged} Damaged */

/**
 * The data sets to choose from. Those that lack what a parameter requires stay in the list, disabled, with the reason.
 *
 * @param {import('../api/types.js').Dataset[]} datasets
 * @param {Pick<import('../experiment/experiments.js').Parameter, 'learnt'>} parameter
 */
export const datasetOptions = (datasets, { learnt }) =>
  datasets.map(({ name, builtIn, train }) => {
    const disabled = learnt === true && train === 0;
    return { value: name, label: `${name}${builtIn ? ' (built in)' : ''}${disabled ? ': only test images' : ''}`, disabled };
  });

/**
 * A hint below a field on items that cannot be chosen, and why.
 *
 * @param {Damaged[]} rows
 */
export const damagedHint = (rows) =>
  rows.length > 0 ? rows.map(({ problem }) => html`<span data-testid="damaged-dataset">${problem}</span> `) : undefined;
