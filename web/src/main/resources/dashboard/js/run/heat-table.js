import { html, nothing } from 'lit-html';
import { scroll } from '../controls/scroll.js';

/** The number of shades of a cell, each with a CSS class. */
const SHADES = 9;

/** The moves of arrow keys, in rows and columns. @type {Record<string, [number, number]>} */
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * Moves among the links of a table with arrow keys; the table has only one tab stop.
 *
 * @param {KeyboardEvent} event
 */
function move(event) {
  const step = STEPS[event.key];
  const link = /** @type {HTMLElement} */ (event.target).closest('a');
  const cell = link?.closest('td');
  if (!step || !link || !cell) {
    return;
  }
  event.preventDefault();
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const { rows } = /** @type {HTMLTableSectionElement} */ (row.parentElement);
  for (let i = row.sectionRowIndex + step[0], j = cell.cellIndex + step[1]; rows[i]?.cells[j]; i += step[0], j += step[1]) {
    const next = rows[i].cells[j].querySelector('a');
    if (next) {
      next.focus();
      return;
    }
  }
}

/**
 * Makes the focused link the table's only tab stop. Until a link is focused, the first one is the tab stop.
 *
 * @param {FocusEvent} event
 */
function stop({ currentTarget, target }) {
  const links = /** @type {HTMLElement} */ (currentTarget).querySelectorAll('a');
  for (const link of links) {
    link.tabIndex = link === target ? 0 : -1;
  }
}

/**
 * When focus leaves the table, makes its first link the tab stop again, even if other cells have links by then.
 *
 * @param {FocusEvent} event
 */
function first({ currentTarget, relatedTarget }) {
  const table = /** @type {HTMLElement} */ (currentTarget);
  if (!table.contains(/** @type {Node|null} */ (relatedTarget))) {
    table.querySelectorAll('a').forEach((link, i) => {
      link.tabIndex = i === 0 ? 0 : -1;
    });
  }
}

/**
 * Numbers by row and column. Larger numbers have darker cells; negative ones have a different hue.
 *
 * @typedef {object} Heat
 * @property {string} label of the table
 * @property {string} rowAxis
 * @property {string} columnAxis
 * @property {string[]} rows
 * @property {string[]} columns
 * @property {(number|null)[][]} values by row, then by column
 * @property {(value: number) => string} write
 * @property {(row: number, column: number) => string|undefined} [describe] describes a cell; by default, by its position and number
 * @property {number} [smallest] the number at which cells have no colour; by default 0
 * @property {number} [largest] the number at which cells are darkest; by default the largest one
 * @property {boolean} [diagonal] whether the diagonal has a different meaning and is marked
 * @property {(row: number, column: number) => string|undefined} [href] the link target of a cell with a number
 * @property {string} [id] for tests
 */

/** @param {Heat} heat */
export function heatTable({ label, rowAxis, columnAxis, rows, columns, values, write, describe, diagonal, smallest = 0, largest: most, href, id }) {
  let linked = false;
  const largest = most ?? Math.max(...values.flat().map((value) => Math.abs(value ?? 0)));
  return scroll(
    label,
    html`<table class="table-heat" data-testid=${id ?? nothing} @keydown=${href ? move : nothing} @focusin=${href ? stop : nothing} @focusout=${href ? first : nothing}>
      <caption class="visually-hidden">${label}</caption>
      <thead>
        <tr><td></td><th scope="colgroup" colspan=${columns.length} class="heat-axis">${columnAxis}</th></tr>
        <tr><th scope="col" class="heat-axis heat-corner">${rowAxis}</th>
          ${columns.map((name) => html`<th scope="col" class="heat-column"><span>${name}</span></th>`)}</tr>
      </thead>
      <tbody>${rows.map(
        (row, i) => html`<tr><th scope="row">${row}</th>
          ${columns.map((column, j) => cell(values[i]?.[j] ?? null, `${row}, ${column}`, i, j))}</tr>`,
      )}</tbody>
    </table>`,
  );

  /** @param {number|null} value @param {string} place @param {number} i @param {number} j */
  function cell(value, place, i, j) {
    const kind = diagonal && i === j ? 'heat-cell heat-diagonal' : 'heat-cell';
    if (value === null) {
      return html`<td class=${kind} title=${describe?.(i, j) ?? place}>–</td>`;
    }
    const words = describe?.(i, j) ?? `${place}: ${write(value)}`;
    const address = href?.(i, j);
    const stop = address && !linked ? 0 : -1;
    linked ||= Boolean(address);
    return html`<td class=${`${kind} ${shade(value - smallest, largest - smallest)}`} title=${words}>${address ? html`<a href=${address} tabindex=${stop} aria-label=${words}>${write(value)}</a>` : write(value)}</td>`;
  }
}

/** @param {number} value @param {number} largest */
function shade(value, largest) {
  const step = largest > 0 ? Math.ceil((Math.abs(value) / largest) * SHADES) : 0;
  return step === 0 ? '' : `heat-${step}${value < 0 ? ' heat-minus' : ''}`;
}
