import { html } from 'lit-html';
import { saveFile } from '../app/save-file.js';
import { copyButton, copyStatus, told } from './copying.js';

/**
 * Buttons that save or copy a table as it is shown: what the server's files do not have, because the page has made it.
 *
 * @param {string} id test id of the table, and name of the file
 */
export const tableCopies = (id) => html`<div class="saving">Save this table as
  <button type="button" class="button button-small" data-testid=${`save-${id}-csv`}
    @click=${(/** @type {Event} */ event) => told(event, 'Not saved', async () => {
      saveFile(`${id}.csv`, new Blob([rowsOf(id).map((row) => row.map(quoted).join(',')).join('\n') + '\n'], { type: 'text/csv' }));
      return '';
    })}>CSV</button>
  <span class="saving-other">or copy it as</span>
  ${copyButton(`copy-${id}-text`, 'Text', 'the table, with tabs', async () => new Blob([`${rowsOf(id).map((row) => row.join('\t')).join('\n')}\n`]))}
  ${copyButton(`copy-${id}-tex`, 'LaTeX', 'a LaTeX table', async () => new Blob([latex(rowsOf(id))]))}
  ${copyStatus}
</div>`;

/** The texts of a table's cells, each on one line. @param {string} id @returns {string[][]} */
function rowsOf(id) {
  const table = /** @type {HTMLTableElement} */ (document.querySelector(`table[data-testid="${id}"]`));
  return [...table.rows].map((row) => [...row.cells].map(words));
}

/** What is read in a cell, without its buttons. @param {HTMLTableCellElement} cell */
function words(cell) {
  const copy = /** @type {HTMLElement} */ (cell.cloneNode(true));
  copy.querySelectorAll('button:not(.term), .visually-hidden').forEach((element) => element.remove());
  // Lines of a cell are elements of their own, between which there may be no space.
  copy.querySelectorAll('.under, .range').forEach((element) => element.prepend(' '));
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** @param {string} text */
const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @type {Record<string, string>} */
const ESCAPES = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '−': '$-$', '±': '$\\pm$', '–': '--' };

/** @param {string} text */
const escaped = (text) => text.replace(/[\\~^−±–&%$#_{}]/g, (character) => ESCAPES[character] ?? `\\${character}`);

/** With booktabs, as the server's tables. @param {string[][]} rows the head first */
function latex([head, ...rows]) {
  const line = (/** @type {string[]} */ row) => `${row.map(escaped).join(' & ')} \\\\`;
  return ['% needs \\usepackage{booktabs}', `\\begin{tabular}{l${'r'.repeat(head.length - 1)}}`, '\\toprule', line(head), '\\midrule', ...rows.map(line), '\\bottomrule', '\\end{tabular}', ''].join('\n');
}
