/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('./explanations.js').Spec} Spec
 */

/** The number of newest jobs that are searched. */
const MOST = 1000;

/**
 * The job that has drawn an image for a network, so that no new job has to be requested: the newest of the network's
 * own jobs, or the training, which draws some of its test images.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {Spec} spec
 * @returns {Promise<Job|undefined>} undefined if there is none
 */
export async function jobWithMaps(api, spec) {
  const [{ jobs }, { artifacts }] = await Promise.all([api.jobs({ kind: spec.kind, state: 'SUCCEEDED', limit: MOST }), api.run(spec.run)]);
  const own = jobs.find((job) => draws(/** @type {Record<string, unknown>} */ (job.spec), spec));
  if (own) {
    return own;
  }
  return artifacts.some(({ kind, facts }) => kind === 'heatmap' && facts.image === spec.image) ? api.job(spec.run) : undefined;
}

/** @param {Record<string, unknown>} done @param {Spec} wanted */
const draws = (done, wanted) =>
  done.run === wanted.run &&
  done.image === wanted.image &&
  (done.dataset === undefined || done.dataset === wanted.dataset) &&
  (done.classes === 'all' || (wanted.label !== undefined && done.label === wanted.label));
