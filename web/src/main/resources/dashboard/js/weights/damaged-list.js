import { html } from 'lit-html';

/** @typedef {import('../api/types.js').Damaged} Damaged */

/**
 * Weights that cannot be used, with the actions to resolve that.
 *
 * @param {Damaged[]} rows
 * @param {(row: Damaged) => unknown} removal returns the control that removes them
 */
export const damagedList = (rows, removal) =>
  rows.map(
    (row) => html`<div class="notice notice-bad" data-damaged=${row.name}>
      <p><strong>${row.name}</strong> cannot be used. ${row.problem}</p>
      <div class="actions">${removal(row)}</div>
    </div>`,
  );
