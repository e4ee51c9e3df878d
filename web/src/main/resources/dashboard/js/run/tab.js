/**
 * The tabs of the page of a job. What a tab needs beside the job and its run is requested only while it is shown.
 *
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/types.js').Run} Run
 * @typedef {{job: Job, run: Run}} JobAndRun
 *
 * What tabs share.
 * @typedef {object} TabServices
 * @property {typeof import('../api/client.js').api} api
 * @property {number} id of the job
 * @property {() => void} draw
 * @property {() => Promise<import('../api/types.js').Experiment[]>} experiments the descriptions of experiments; empty if they cannot be read
 *
 * @typedef {object} Tab
 * @property {string} name in its address
 * @property {string} label
 * @property {(shown: JobAndRun) => boolean} has whether there is something in it for this job
 * @property {(shown: JobAndRun) => void} [load] called when it is opened, and again whenever the job has changed
 * @property {(shown: JobAndRun) => unknown} template
 */

/** Whether predictions were stored, which statistics are computed from. @param {Run} run */
export const isMeasured = (run) => Object.keys(run.results).length > 0 || hasOtherImages(run);

/** Whether the job itself measured images that are not the test images of a split. @param {Run} run */
const hasOtherImages = ({ id, otherImages }) => otherImages.some(({ job }) => job === id);

/** Names of the sets of such images. */
const OTHER_SETS = { test: 'Clean', scrambled: 'Scrambled' };

/** Names of the sets of a run's predictions, if they are not the usual ones. @param {Run} run */
export const setWords = (run) => (hasOtherImages(run) ? OTHER_SETS : undefined);
