import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';
import { jobHref, runHref } from '../app/routes.js';
import { scroll } from '../controls/scroll.js';
import { commonNote, shared } from './in-common.js';
import { measured } from './measured.js';
import { trained, trainedAlike, trainedDifferently } from './trained.js';
import { fieldWord } from './words.js';

/** @typedef {import('../api/types.js').OtherImages} OtherImages */

/** @type {Record<OtherImages['images'], string>} */
const IMAGES = { test: 'test images of the split', unused: 'unused images of the test folder', all: 'all images' };

/** The images of a data set that were used. @param {OtherImages} row */
const imagesWords = ({ images, subset, dataset, configuration, run }) =>
  [
    IMAGES[images],
    ...(images === 'all' && run !== undefined && configuration.settings.dataset === dataset ? ['including its training images'] : []),
    ...(subset === undefined ? [] : [`at most ${count(subset)} a class`]),
  ].join(', ');

/** The origin of a network. @param {OtherImages} row */
function origin({ configuration: { settings: { dataset }, imported }, run }) {
  if (imported !== undefined) {
    return html`imported weights ${imported}`;
  }
  return html`trained on ${dataset}${run === undefined ? nothing : html`, <a href=${runHref(run)}>#${run}</a>`}`;
}

/** The accuracy on scrambled images, with the report's grid or with several grids. @param {OtherImages} row */
const scrambled = ({ scrambled, byGrid }) => byGrid.length === 0
  ? measured(scrambled)
  : byGrid.map(({ grid, accuracy }) => html`<div data-grid=${grid}><span class="faint">${grid} × ${grid}</span> ${measured(accuracy)}</div>`);

/**
 * Accuracies on images that are not, or not all, of a training's own test images, one row for each job that measured them.
 *
 * @param {OtherImages[]} rows
 * @param {{networks: boolean}} options whether the rows are for several networks on one data set, rather than for one network
 */
export function otherImagesTable(rows, { networks }) {
  const selection = shared(rows, imagesWords);
  const configurations = networks ? rows.map(({ configuration }) => configuration) : [];
  const common = trainedAlike(configurations);
  const differ = trainedDifferently(configurations);
  return html`${commonNote([...(selection === undefined ? [] : [selection]), ...common], 'in-common-images')} ${scroll(
  'Accuracy on selected images',
  html`<table class="table table-plain" data-testid="other-images">
    <thead><tr>
      ${networks
        ? html`<th scope="col">Network</th><th scope="col">Receptive field</th>${differ ? html`<th scope="col">Configuration</th>` : nothing}`
        : html`<th scope="col">Data set</th>`}
      ${selection === undefined ? html`<th scope="col">Selection</th>` : nothing}<th scope="col" class="number">Images</th>
      <th scope="col" class="number">Accuracy</th><th scope="col" class="number">Scrambled</th><th scope="col">Job</th>
    </tr></thead>
    <tbody>${rows.map((row) => html`<tr data-dataset=${row.dataset} data-job=${row.job}>
      ${networks
        ? html`<th scope="row">${row.label} <span class="under">${origin(row)}</span></th>
            <td>${fieldWord(row.receptiveField)}</td>
            ${differ ? html`<td class="configuration">${trained(row.configuration, common)}</td>` : nothing}`
        : html`<th scope="row">${row.dataset}</th>`}
      ${selection === undefined ? html`<td>${imagesWords(row)}</td>` : nothing}
      <td class="number">${row.test ? count(row.test.images) : '–'}</td>
      <td class="number">${measured(row.test)}</td>
      <td class="number">${scrambled(row)}</td>
      <td><a href=${jobHref(row.job)}>#${row.job}</a></td>
    </tr>`)}</tbody>
  </table>`,
  rows.length > 12,
)}
  <p class="note">In percent, each of one run only: its 95 % interval is over the images, not over seeds.</p>`;
}
