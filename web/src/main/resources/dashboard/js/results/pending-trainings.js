import { html } from 'lit-html';
import { jobHref } from '../app/routes.js';
import { TRAINING, isTraining } from '../experiment/experiments.js';
import { seedWords } from './missing-jobs.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/types.js').MissingJob} MissingJob
 */

/** States of jobs that are running or will run without user action, in the order in which they are reported. */
const STATES = ['RUNNING', 'INTERRUPTED', 'QUEUED'];

/** The most trainings that are loaded. Queued ones are listed in the order in which they will run: later ones will take long to start. */
const MOST = 200;

/**
 * The trainings on a data set that are running or queued, in the order in which they run.
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
 * The first of these trainings that has all of these settings.
 *
 * @param {Job[]} pending
 * @param {Record<string, unknown>} settings
 */
export const trainingWith = (pending, settings) =>
  pending.find(({ spec }) => Object.entries(settings).every(([name, value]) => JSON.stringify(/** @type {any} whatever its experiment */ (spec)[name]) === JSON.stringify(value)));

/**
 * Which of the jobs that a view lacks are running or queued, as trainings of the same settings, and which are not.
 *
 * @param {MissingJob[]} jobs
 * @param {Job[]} pending
 */
export function parted(jobs, pending) {
  const queued = jobs.flatMap((job) => {
    const training = trainingWith(pending, job.spec);
    return training ? [{ job, id: training.id }] : [];
  });
  return { queued, lacking: jobs.filter((job) => !queued.some((each) => each.job === job)) };
}

/**
 * The trainings that are queued already, with links.
 *
 * @param {{job: MissingJob, id: number}[]} queued
 * @param {string} id test id
 */
export const queuedNote = (queued, id) =>
  html`<span class="under" role="status" data-testid=${id}>${seedWords(queued.map(({ job }) => job))} queued or running: ${queued.map(({ id: job }, at) => html`${at > 0 ? ', ' : ''}<a href=${jobHref(job)}>#${job}</a>`)}</span>`;
