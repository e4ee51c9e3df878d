import { ended } from '../job/words.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('./explanations.js').Spec} Spec
 *
 * A job that has drawn an image or is drawing it, and whether its maps have fewer values than requested.
 * @typedef {{job: Job, coarse: boolean}} JobWithMaps
 */

/** The number of newest jobs that are searched. */
const MOST = 1000;

/**
 * Returns the newest jobs of an experiment, which are requested once for all networks.
 *
 * @param {typeof import('../api/client.js').api} api
 */
export function newestJobs(api) {
  /** @type {Map<string, Promise<import('../api/types.js').JobPage>>} by experiment */
  const asked = new Map();
  return (/** @type {string} */ kind) => {
    const answer = asked.get(kind) ?? api.jobs({ kind, limit: MOST });
    asked.set(kind, answer);
    return answer;
  };
}

/**
 * The job that has drawn or is drawing an image for a network, so that no new job has to be requested: the finest, then
 * newest of the network's own jobs, or the training, which draws some of its test images.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {Spec} spec
 * @param {ReturnType<typeof newestJobs>} newest
 * @returns {Promise<JobWithMaps|undefined>} undefined if there is none
 */
export async function jobWithMaps(api, spec, newest = newestJobs(api)) {
  const [{ jobs }, { artifacts }] = await Promise.all([newest(spec.kind), api.run(spec.run)]);
  const [own] = jobs
    .filter((job) => (job.state === 'SUCCEEDED' || !ended(job.state)) && draws(settings(job), spec))
    .sort((a, b) => strideOf(settings(a)) - strideOf(settings(b)));
  if (own) {
    return { job: own, coarse: strideOf(settings(own)) > strideOf(spec) };
  }
  const drawn = artifacts.find(({ kind, facts }) => kind === 'heatmap' && facts.image === spec.image && spec.kind === kind);
  return drawn && { job: await api.job(spec.run), coarse: Number(drawn.facts.stride) > strideOf(spec) };
}

/** @param {Job} job @returns {Record<string, unknown>} */
const settings = ({ spec }) => /** @type {any} */ (spec);

/** The pixels between two values; 1 for maps without a stride. @param {Record<string, unknown>} settings */
const strideOf = ({ stride }) => Number(stride ?? 1);

/** @param {Record<string, unknown>} done @param {Spec} wanted */
const draws = (done, wanted) =>
  done.run === wanted.run &&
  done.image === wanted.image &&
  (done.dataset === undefined || done.dataset === wanted.dataset) &&
  (done.classes === 'all' || (wanted.label !== undefined && done.label === wanted.label));
