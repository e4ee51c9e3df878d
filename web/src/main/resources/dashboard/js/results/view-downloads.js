import { html } from 'lit-html';
import { saveFile } from '../app/save-file.js';
import { copyButton, copyStatus } from '../controls/copying.js';
import { tabbed } from './tabbed.js';

/** @type {[label: string, extension: string][]} */
const FORMS = [
  ['CSV', 'csv'],
  ['JSON', 'json'],
  ['LaTeX', 'tex'],
];

/**
 * Buttons that save a view's numbers, or copy them.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {import('../api/client.js').ViewName} view
 * @param {import('../api/client.js').ViewFilter} filter
 * @param {(error: unknown) => void} failed
 */
export const viewDownloads = (api, view, filter, failed) => html`<div class="saving">Save numbers as
  ${FORMS.map(([label, extension]) => html`<button type="button" class="button button-small" data-testid=${`save-${view}-${extension}`}
    @click=${() => api.viewFile(view, extension, filter).then((file) => saveFile(`${view}.${extension}`, file)).catch(failed)}>${label}</button>`)}
  <span class="saving-other">or copy them as</span>
  ${copyButton(`copy-${view}-text`, 'Text', 'the numbers, with tabs', async () => new Blob([tabbed(await (await api.viewFile(view, 'csv', filter)).text())]))}
  ${copyButton(`copy-${view}-tex`, 'LaTeX', 'a LaTeX table', () => api.viewFile(view, 'tex', filter))}
  ${copyStatus}
</div>`;
