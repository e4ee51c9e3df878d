import { html } from 'lit-html';
import { copyButton, copyStatus, saveButton } from '../controls/copying.js';
import { tabbed } from './tabbed.js';

/**
 * Buttons that save or copy all predictions of a selection, not only those whose images are shown.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {number[]} runs whose predictions go side by side
 * @param {import('../api/client.js').PredictionFilter} filter
 */
export function predictionFiles(api, runs, filter) {
  const csv = () => api.predictionsFile(runs[0], filter);
  return html`<div class="saving">Save this list as
    ${saveButton('save-predictions-csv', 'CSV', `predictions-${runs.join('-')}.csv`, csv)}
    <span class="saving-other">or copy it as</span>
    ${copyButton('copy-predictions-text', 'Text', 'the list, with tabs', async () => new Blob([tabbed(await (await csv()).text())]))}
    ${copyStatus}
  </div>`;
}
