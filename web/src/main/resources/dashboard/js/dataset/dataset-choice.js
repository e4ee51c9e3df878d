import { html } from 'lit-html';

/** @typedef {import('../api/types.js').Damaged} Damaged */

/** @param {import('../api/types.js').Dataset[]} datasets */
export const datasetOptions = (datasets) => datasets.map(({ name, builtIn }) => ({ value: name, label: builtIn ? `${name} (built in)` : name }));

/**
 * A hint below a field: what cannot be chosen, and why.
 *
 * @param {Damaged[]} rows
 */
export const damagedHint = (rows) =>
  rows.length > 0 ? rows.map(({ problem }) => html`<span data-testid="damaged-dataset">${problem}</span> `) : undefined;
