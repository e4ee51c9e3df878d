import { html } from 'lit-html';
import { copyButton, copyStatus, saveButton } from './copying.js';

/**
 * Buttons that save or copy a table as displayed. The underlying data are in the files from the server.
 *
 * @param {string} id test id of the table, and name of the file
 */
export const tableCopies = (id) => html`<div class="saving">Table as shown: save as
  ${saveButton(`save-${id}-csv`, 'CSV', `${id}.csv`, () => new Blob([`${rowsOf(id).map(({ texts }) => texts.map(quoted).join(',')).join('\n')}\n`], { type: 'text/csv' }))}
  <span class="saving-other">or copy as</span>
  ${copyButton(`copy-${id}-text`, 'Text', 'the table, with tabs', async () => new Blob([`${rowsOf(id).map(({ texts }) => texts.join('\t')).join('\n')}\n`]))}
  ${copyButton(`copy-${id}-tex`, 'LaTeX', 'a LaTeX table', async () => new Blob([latex(rowsOf(id))]))}
  ${copyStatus}
</div>`;

/**
 * A row: whether it is a header row, its texts, and which of them are numbers. @typedef {{head: boolean, texts:
 * string[], numbers: boolean[]}} Row
 */

/**
 * The texts of a table's cells, each on one line. A cell that spans rows is repeated in each; one that spans columns is
 * in the first.
 *
 * @param {string} id
 * @returns {Row[]}
 */
function rowsOf(id) {
  const table = /** @type {HTMLTableElement} */ (document.querySelector(`table[data-testid="${id}"]`));
  const shown = [...table.rows].filter((row) => !row.querySelector('form'));
  /** @type {Row[]} */
  const rows = shown.map((row) => ({ head: row.parentElement === table.tHead, texts: [], numbers: [] }));
  shown.forEach((row, i) => {
    for (const cell of row.cells) {
      let place = 0;
      while (rows[i].texts[place] !== undefined) {
        place++;
      }
      for (const { texts, numbers } of rows.slice(i, i + cell.rowSpan)) {
        for (let across = 0; across < cell.colSpan; across++) {
          texts[place + across] = across === 0 ? words(cell) : '';
          numbers[place + across] = cell.matches('.number, .heat-cell');
        }
      }
    }
  });
  // Columns without text, such as check boxes, are left out.
  const columns = [...Array(Math.max(...rows.map(({ texts }) => texts.length))).keys()].filter((place) => rows.some(({ texts }) => texts[place]));
  return rows.map(({ head, texts, numbers }) => ({ head, texts: columns.map((place) => texts[place] ?? ''), numbers: columns.map((place) => numbers[place] ?? false) }));
}

/** The text of a cell, without its buttons. @param {HTMLTableCellElement} cell */
function words(cell) {
  const copy = /** @type {HTMLElement} */ (cell.cloneNode(true));
  copy.querySelectorAll('button:not(.term, .sort, .tag), .button, .visually-hidden, [aria-hidden]').forEach((element) => element.remove());
  // The lines of a cell are separate elements, possibly without white space between them.
  copy.querySelectorAll('.under, .range, .spread, div').forEach((element) => element.prepend(' '));
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** @param {string} text */
const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @type {Record<string, string>} */
const ESCAPES = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '−': '$-$', '±': '$\\pm$', '–': '--' };

/** @param {string} text */
const escaped = (text) => text.replace(/[\\~^−±–&%$#_{}]/g, (character) => ESCAPES[character] ?? `\\${character}`);

/** Uses booktabs, as the server's tables do. @param {Row[]} rows */
function latex(rows) {
  const lines = (/** @type {boolean} */ head) => rows.filter((row) => row.head === head).map(({ texts }) => `${texts.map(escaped).join(' & ')} \\\\`);
  const alignment = rows[0].texts.map((_, place) => (rows.some(({ head, numbers }) => !head && numbers[place]) ? 'r' : 'l')).join('');
  return ['% needs \\usepackage{booktabs}', `\\begin{tabular}{${alignment}}`, '\\toprule', ...lines(true), '\\midrule', ...lines(false), '\\bottomrule', '\\end{tabular}', ''].join('\n');
}
