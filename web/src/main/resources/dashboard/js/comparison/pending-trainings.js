import { TRAINING, isTraining } from '../experiment/experiments.js';

/** @typedef {import('../api/types.js').Job} Job */

/** Of what runs, or will without being asked; what runs first is named. */
const STATES = ['RUNNING', 'INTERRUPTED', 'QUEUED'];

/** Queued trainings are listed in the order in which they will run: those after these will take long. */
const MOST = 200;

/**
 * The trainings on a data set that are running or queued, those that run first before the others.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {string} dataset
 * @returns {Promise<Job[]>}
 */
export async function pendingTrainings(api, dataset) {
  const pages = await Promise.all(STATES.map((state) => api.jobs({ state, kind: TRAINING, limit: MOST })));
  return pages.flatMap(({ jobs }) => jobs).filter(({ spec, held }) => !held && isTraining(spec) && spec.dataset === dataset);
}

/**
 * The first of them that trains a network.
 *
 * @param {Job[]} pending
 * @param {string} architecture
 */
export const trainingOf = (pending, architecture) => pending.find(({ spec }) => isTraining(spec) && spec.architecture === architecture);
