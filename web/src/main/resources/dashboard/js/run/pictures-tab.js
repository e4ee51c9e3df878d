import { html, nothing } from 'lit-html';
import { panel } from '../controls/heading.js';
import { isTraining } from '../experiment/experiments.js';
import { trainingImages } from '../experiment/training-images.js';
import { mapValues } from '../picture/map-values.js';
import { picturesPanel } from './run-pictures.js';

/**
 * The images that a training learnt, and heatmaps of its network.
 *
 * @param {import('./tab.js').TabServices} services
 * @returns {import('./tab.js').Tab}
 */
export function picturesTab({ api, id, draw }) {
  const under = mapValues(api, draw);
  /** Whether there is no picture of the training images, as their data set is gone. */
  let withoutImages = false;

  /** A picture that fails to load does not report the cause: only a second request tells whether there is none. */
  async function findImages() {
    if (await fetch(api.jobImages(id)).then(({ status }) => status === 404, () => false)) {
      withoutImages = true;
      draw();
    }
  }

  return {
    name: 'pictures',
    label: 'Pictures',
    has: ({ job }) => isTraining(job.spec),

    template: ({ job, run }) => html`${picturesPanel(job, run, under)}
      ${withoutImages ? nothing : panel('training-images', 'Training images', trainingImages(api.jobImages(id), findImages))}`,
  };
}
