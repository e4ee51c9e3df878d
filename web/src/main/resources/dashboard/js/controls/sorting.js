import { html, nothing } from 'lit-html';

/**
 * How a table is sorted: by a column's name, prefixed with a minus to start with the largest value; empty if by none.
 *
 * @typedef {object} Sorting
 * @property {string} sort
 * @property {(sort: string) => void} order
 */

/** @param {string} sort @param {string} name of a column */
const directionOf = (sort, name) => (sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined);

const MARKS = { ascending: ' ▲', descending: ' ▼' };

/**
 * The heading of a column by which a table can be sorted. Clicking it again reverses the order.
 *
 * @param {{name: string, label: string, kind?: string, largestFirst?: boolean}} column kind: the class of the heading
 * @param {Sorting} sorting
 * @param {unknown} [remark] below the column's name
 */
export function sortHeading({ name, label, kind = '', largestFirst = false }, { sort, order }, remark = nothing) {
  const direction = directionOf(sort, name);
  const next = direction === 'ascending' || (direction === undefined && largestFirst) ? `-${name}` : name;
  return html`<th scope="col" class=${kind} aria-sort=${direction ?? nothing}>
    <button class="sort" type="button" @click=${() => order(next)} data-testid=${`sort-${name}`}>${label}<span aria-hidden="true">${direction ? MARKS[direction] : ''}</span></button>
    ${remark}</th>`;
}

/**
 * Rows in the order of a column's values. Rows without a value come last in both directions, and equal ones keep their
 * order, as all do if the table has no such column.
 *
 * @template Row
 * @param {Row[]} rows
 * @param {{name: string, value: (row: Row) => string|number|undefined}[]} columns
 * @param {string} sort
 */
export function inOrder(rows, columns, sort) {
  const column = columns.find(({ name }) => directionOf(sort, name));
  if (!column) {
    return rows;
  }
  const sign = sort.startsWith('-') ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [column.value(a), column.value(b)];
    return one === undefined || other === undefined ? Number(one === undefined) - Number(other === undefined) : sign * compared(one, other);
  });
}

/** Compares two values of a column: numbers, or words whose numbers count as such. @param {string|number} one @param {string|number} other */
const compared = (one, other) => (typeof one === 'number' && typeof other === 'number' ? Math.sign(one - other) || 0 : String(one).localeCompare(String(other), 'en', { numeric: true }));
