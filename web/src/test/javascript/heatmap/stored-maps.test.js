import { equal, partial } from '../testing.js';
import { jobWithMaps } from './stored-maps.js';

const WANTED = { kind: 'heatmap', run: 3, image: 'a.png', stride: 1, classes: 'all' };

/** @param {Record<string, unknown>} spec */
const job = (id, state, spec) => ({ id, state, spec: { ...WANTED, ...spec } });

/** @param {object[]} jobs @param {object[]} [artifacts] of the training */
const found = (jobs, artifacts = []) => jobWithMaps(partial({
  jobs: async () => ({ jobs }),
  run: async () => ({ artifacts }),
  job: async (id) => ({ id }),
}), WANTED);

export async function theFinestMapsAreFound() {
  const { job: finest, coarse } = partial(await found([job(7, 'SUCCEEDED', { stride: 8 }), job(6, 'RUNNING', {}), job(5, 'SUCCEEDED', {})]));
  equal([finest.id, coarse], [6, false]);
  const other = partial(await found([job(7, 'SUCCEEDED', { stride: 8 })]));
  equal([other.job.id, other.coarse], [7, true]);
}

export async function mapsOfOtherImagesAndFailedJobsAreNotFound() {
  equal(await found([job(7, 'FAILED', {}), job(6, 'CANCELLED', {}), job(5, 'SUCCEEDED', { image: 'b.png' }), job(4, 'SUCCEEDED', { classes: 'one', label: 'Dark' })]), undefined);
}

export async function theMapsOfATrainingAreFound() {
  const training = partial(await found([], [{ kind: 'heatmap', facts: { image: 'a.png', stride: '8' } }]));
  equal([training.job.id, training.coarse], [3, true]);
}
