import { html, nothing } from 'lit-html';
import { bytes, large, plural, time } from '../app/format.js';
import { formHref } from '../app/routes.js';
import { scroll } from '../controls/scroll.js';
import { regimeTag } from '../results/measured.js';
import { term } from '../terms/term.js';

/** @typedef {import('../api/types.js').Weights} Weights */

/**
 * The imported weights.
 *
 * @param {Weights[]} rows
 * @param {object} page
 * @param {(architecture: string) => string} page.label
 * @param {(name: string) => string} page.file returns the URL of the file
 * @param {(row: Weights) => unknown} page.removal returns the control that removes it
 */
export const weightsTable = (rows, { label, file, removal }) => scroll(
  'Imported weights',
  html`<table class="table table-weights" data-testid="weights-table">
    <thead><tr>
      <th scope="col">Weights</th><th scope="col">Network</th><th scope="col" class="number">${term('width')}</th>
      <th scope="col" class="number">Classes</th><th scope="col">${term('regime')}</th><th scope="col">Imported</th>
    </tr></thead>
    <tbody>${rows.map(
      (row) => html`<tr data-weights=${row.name} data-architecture=${row.architecture}>
        <th scope="row">${row.name}
          ${row.source ? html`<span class="under">${row.source}</span>` : nothing}</th>
        <td data-label="Network">${label(row.architecture)}<span class="under">${large(row.parameters)} parameters</span></td>
        <td class="number" data-label="Width">${row.width}</td>
        <td class="number" data-label="Classes">${row.classes}</td>
        <td data-label="Regime">${regimeTag({ regime: row.regime })}</td>
        <td data-label="Imported">${time(row.importedAt)}
          <span class="under">${row.format}, ${bytes(row.size)}</span>
          <span class="under">SHA-256 <code title=${row.checksum} data-checksum=${row.checksum}>${row.checksum.slice(0, 12)}</code></span></td>
      </tr>
      <tr class="row-more">
        <td colspan="6">
          ${row.notes.length > 0
            ? html`<ul class="notes" aria-label=${plural(row.notes.length, 'note')}>${row.notes.map((note) => html`<li>${note}</li>`)}</ul>`
            : nothing}
          <div class="actions">
            <a class="changes button button-small" href=${formHref({ weights: row.name })} data-testid=${`fine-tune-${row.name}`}>Fine-tune</a>
            <a class="button button-small" href=${file(row.name)} download data-testid=${`download-${row.name}`}>Download</a>
            ${removal(row)}
          </div>
        </td>
      </tr>`,
    )}</tbody>
  </table>`,
);
