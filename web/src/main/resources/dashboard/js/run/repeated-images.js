import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';
import { datasetHref } from '../app/routes.js';

/**
 * A note that a run is evaluated on images that it has seen in training; nothing if it is not.
 *
 * @param {import('../api/types.js').RepeatedImages} repeated
 * @param {string} dataset
 */
export function repeatedImages({ validation, test }, dataset) {
  const notes = [
    test.repeated > 0 && `${count(test.repeated)} of its ${count(test.images)} test images ${have(test)} a duplicate among the training or validation images`,
    validation.repeated > 0 &&
      `${count(validation.repeated)} of its ${count(validation.images)} validation images ${have(validation)} a duplicate among the training images`,
  ].filter(Boolean);
  return notes.length === 0
    ? nothing
    : html`<p class="note repeated-images" data-testid="repeated-images">${notes.join('; ')}. <a href=${datasetHref(dataset)}>Show them</a></p>`;
}

/** @param {import('../api/types.js').Repeated} part */
const have = ({ repeated }) => (repeated === 1 ? 'has' : 'have');
