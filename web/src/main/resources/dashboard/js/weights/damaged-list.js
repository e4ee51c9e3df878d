import { html } from 'lit-html';

/** @typedef {import('../api/types.js').Damaged} Damaged */

/**
 * Weights that cannot be used, with what to do about it.
 *
 * @param {Damaged[]} rows
 * @param {(row: Damaged) => unknown} removal what removes it
 */
export const damagedList = (rows, removal) =>
  rows.map(
    (row) => html`<div class="notice notice-bad" data-damaged=${row.name}>
      <p><strong>${row.name}</strong> cannot be used. ${row.problem}</p>
      <div class="actions">${removal(row)}</div>
    </div>`,
  );
