import { html } from 'lit-html';
import { saveFile } from '../app/save-file.js';

/** @type {[label: string, extension: string][]} */
const FORMS = [
  ['CSV', 'csv'],
  ['JSON', 'json'],
  ['LaTeX', 'tex'],
];

/**
 * Buttons that save the complete data of a view; its tables show only a part.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {import('../api/client.js').ViewName} view
 * @param {import('../api/client.js').ViewFilter} filter
 * @param {(error: unknown) => void} failed
 */
export const viewDownloads = (api, view, filter, failed) => html`<div class="saving">All data: save as
  ${FORMS.map(([label, extension]) => html`<button type="button" class="button button-small" data-testid=${`save-${view}-${extension}`}
    @click=${() => api.viewFile(view, extension, filter).then((file) => saveFile(`${view}.${extension}`, file)).catch(failed)}>${label}</button>`)}
</div>`;
