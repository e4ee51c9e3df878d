import { html, nothing } from 'lit-html';

/** What more rows have in common is folded. */
const LISTED = 8;

/**
 * A column of a table, with what a row has in it, in words.
 *
 * @template Row
 * @typedef {{label: string, words: (row: Row) => string}} Column
 */

/**
 * What all rows have in common in a column, which then need not be shown; undefined if they differ or there is only one.
 *
 * @template Row
 * @param {Row[]} rows
 * @param {(row: Row) => string} words
 */
export const shared = (rows, words) => (rows.length > 1 && new Set(rows.map(words)).size === 1 ? words(rows[0]) : undefined);

/**
 * The columns in which the rows of a table differ, and in words what they have in common in the others.
 *
 * @template Row
 * @template {Column<Row>} C
 * @param {Row[]} rows
 * @param {C[]} columns
 * @returns {{shown: C[], common: string[]}}
 */
export function split(rows, columns) {
  const common = columns.map((column) => shared(rows, column.words));
  return {
    shown: columns.filter((_, i) => common[i] === undefined),
    common: columns.flatMap(({ label }, i) => (common[i] === undefined ? [] : [`${label} ${common[i]}`])),
  };
}

/**
 * What all rows of a table have, instead of a column for each, directly above the table.
 *
 * @param {string[]} common
 * @param {string} [id] for tests
 * @param {boolean} [saved] whether the table's files have it, too
 */
export const commonNote = (common, id = 'in-common', saved = true) => common.length === 0
  ? nothing
  : common.length <= LISTED
    ? html`<p class="note" data-testid=${id} data-common=${saved ? common.join(', ') : nothing}>All have: ${common.join(', ')}</p>`
    : html`<details class="run-common" data-common=${saved ? common.join(', ') : nothing}><summary data-testid=${id}>All have: ${common.slice(0, LISTED).join(', ')} and ${common.length - LISTED} more</summary>
        ${common.slice(LISTED).join(', ')}</details>`;
