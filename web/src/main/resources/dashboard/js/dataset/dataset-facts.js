import { html, nothing } from 'lit-html';
import { count, plural, time } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { scroll } from '../controls/scroll.js';
import { stateChip } from '../job/state-chip.js';

/**
 * @typedef {import('../api/types.js').DatasetDetails} DatasetDetails
 */

/** @param {number} low @param {number} high */
const span = (low, high) => (low === high ? `${low}` : `${low} to ${high}`);

/** @param {DatasetDetails['sizes']} sizes */
function sizeWords(sizes) {
  if (!sizes) {
    return 'generated at any size';
  }
  const [first] = sizes.common;
  return sizes.different === 1
    ? `all ${first.width} × ${first.height} pixels`
    : `${span(sizes.minWidth, sizes.maxWidth)} pixels wide, ${span(sizes.minHeight, sizes.maxHeight)} high; most often ${sizes.common
        .map(({ width, height, images }) => `${width} × ${height} (${plural(images, 'image')})`)
        .join(', ')}`;
}

/** @param {DatasetDetails} details */
function colourWords({ sizes, dataset }) {
  return !sizes ? undefined : sizes.gray === 0 ? 'all in colour' : sizes.gray === dataset.images ? 'all gray' : `${count(sizes.gray)} gray, ${count(dataset.images - sizes.gray)} in colour`;
}

/** @param {DatasetDetails['split']} split */
const splitWords = (split) =>
  !split
    ? 'none: a class has too few images'
    : split.train === 0
      ? `${plural(split.test, 'image')} to test; nothing to train on`
      : `${count(split.train)} training, ${count(split.validation)} validation and ${count(split.test)} test images`;

/**
 * The origin and contents of a data set.
 *
 * @param {DatasetDetails} details
 */
export function datasetFacts(details) {
  const { dataset, sizes, split } = details;
  /** @type {[string, unknown][]} */
  const rows = [
    ['Source', dataset.description],
    ['Imported', dataset.importedAt && time(dataset.importedAt)],
    ['Images', `${count(dataset.images)}: ${count(dataset.train)} in the training folder, ${count(dataset.test)} in the test folder`],
    ['Sizes', sizeWords(sizes)],
    ['Colours', colourWords(details)],
    ['Split of a training', splitWords(split)],
    ['Checksum', html`<code class="checksum">${dataset.checksum}</code>`],
  ];
  return html`<dl class="facts" data-testid="dataset-facts">${rows
    .filter(([, value]) => value)
    .map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/**
 * The number of images per class.
 *
 * @param {DatasetDetails} details
 * @param {string} chosen class whose images are shown
 * @param {(name: string) => void} choose
 */
export const classTable = ({ classes }, chosen, choose) => scroll(
  'Classes',
  html`<table class="table table-plain" data-testid="dataset-classes">
    <thead><tr><th scope="col">Class</th><th scope="col" class="number">Training</th><th scope="col" class="number">Test</th></tr></thead>
    <tbody>${classes.map(
      ({ name, train, test }) => html`<tr>
        <th scope="row"><button class="link" type="button" aria-pressed=${name === chosen} @click=${() => choose(name)}>${name}</button></th>
        <td class="number">${count(train)}</td><td class="number">${count(test)}</td></tr>`,
    )}</tbody>
  </table>`,
  classes.length > 15,
);

/**
 * The jobs that read a data set.
 *
 * @param {DatasetDetails['uses']} uses
 */
export function datasetUses({ jobs, trainings, unfinished, newest }) {
  const shown = [...unfinished, ...newest];
  return jobs === 0
    ? html`<p data-testid="dataset-uses">No job uses it yet.</p>`
    : html`<p data-testid="dataset-uses">${plural(jobs, 'job')}, ${plural(trainings, 'training')} among them.${jobs > shown.length ? ` The ${shown.length} newest:` : nothing}</p>
        <ul class="uses">${shown.map(({ id, title, state }) => html`<li>${stateChip(state)} <a href=${jobHref(id)}>${id}: ${title}</a></li>`)}</ul>`;
}
