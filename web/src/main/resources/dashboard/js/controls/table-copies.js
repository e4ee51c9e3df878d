import { html } from 'lit-html';
import { copyButton, copyStatus, saveButton } from './copying.js';
import { csvOf, latexOf, textOf } from './table-content.js';

/**
 * Buttons that save or copy a table as displayed. The underlying data are in the files from the server.
 *
 * @param {string} id test id of the table, and name of the file
 */
export const tableCopies = (id) => html`<div class="saving">Table as shown: save as
  ${saveButton(`save-${id}-csv`, 'CSV', `${id}.csv`, () => new Blob([csvOf(tableOf(id))], { type: 'text/csv' }))}
  ${saveButton(`save-${id}-tex`, 'LaTeX', `${id}.tex`, () => new Blob([latexOf(tableOf(id))], { type: 'application/x-tex' }))}
  <span class="saving-other">or copy as</span>
  ${copyButton(`copy-${id}-text`, 'Text', 'the table, with tabs', async () => new Blob([textOf(tableOf(id))]))}
  ${copyButton(`copy-${id}-tex`, 'LaTeX', 'a LaTeX table', async () => new Blob([latexOf(tableOf(id))]))}
  ${copyStatus}
</div>`;

/** @param {string} id */
const tableOf = (id) => /** @type {HTMLTableElement} */ (document.querySelector(`table[data-testid="${id}"]`));
