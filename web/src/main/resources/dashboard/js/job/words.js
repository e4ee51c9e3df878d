/** Display names of the states and phases that the server identifies by codes, and which actions a job's state allows. */

import { clock, count, duration, isSoon, ordinal, roughDuration, signed, time } from '../app/format.js';

/** @type {Record<string, string>} */
const STATES = {
  QUEUED: 'Queued',
  RUNNING: 'Running',
  PAUSING: 'Pausing',
  PAUSED: 'Paused',
  INTERRUPTED: 'Interrupted',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
  PRUNED: 'Pruned',
};

/** @type {Record<string, string>} */
const PHASES = {
  preparing: 'Preparing',
  training: 'Training',
  validating: 'Validating',
  testing: 'Testing',
  scrambling: 'Testing on scrambled images',
  explaining: 'Computing heatmaps',
};

/** @type {Record<string, string>} */
const ADVICE = {
  USER_ERROR: 'Running this job again would fail in the same way. Fix what the error names, or submit a new job with different settings.',
  INSUFFICIENT_RESOURCES: 'This job needs more memory than is available. Submit a new job with a smaller batch size, image size or width, or free memory and resume this one.',
  EXTERNAL: 'The cause is outside the job, for example a full disk. Fix that, then resume the job.',
  INTERNAL_ERROR: 'This is probably a bug in Bagnet Lab, not a problem with the job’s settings. See the log for details; resuming may help.',
};

/** A start that was expected so many seconds ago has moved by a time that is not known until it is read again. */
const OVERDUE = 20;

export const ORDER_OF_STATES = ['RUNNING', 'PAUSING', 'INTERRUPTED', 'QUEUED', 'PAUSED', 'SUCCEEDED', 'PRUNED', 'FAILED', 'CANCELLED'];

/** A job's state as it is shown: a trial that its sweep ended, as others were better, was not cancelled. @param {import('../api/types.js').Job} job */
export const shownState = ({ state, pruned }) => (pruned ? 'PRUNED' : state);

/** @param {string} state */
export const stateWord = (state) => STATES[state] ?? state.toLowerCase();

/** What a list names the jobs that the server finds by a state: trials that a search pruned are among the cancelled ones. @param {string} state */
export const foundAs = (state) => (state === 'CANCELLED' ? `${stateWord(state)} or ${stateWord('PRUNED').toLowerCase()}` : stateWord(state));

/** @param {string} phase */
export const phaseWord = (phase) => PHASES[phase] ?? phase;

/** @param {string} family */
export const advice = (family) => ADVICE[family] ?? '';

/** @param {string} state that is stored or shown */
export const ended = (state) => ['SUCCEEDED', 'FAILED', 'CANCELLED', 'PRUNED'].includes(state);

/**
 * The number of jobs per state in words, in the order of the states.
 *
 * @param {import('../api/types.js').SweepCounts} counts
 */
export const countWords = (counts) => statesOf(counts).map(([state, n]) => `${count(n)} ${stateWord(state).toLowerCase()}`).join(', ');

/** The number of jobs by the state that is shown. @param {import('../api/types.js').Job[]} jobs */
export function countsOf(jobs) {
  /** @type {import('../api/types.js').SweepCounts} */
  const counts = {};
  for (const job of jobs) {
    const state = shownState(job);
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

/**
 * The states that at least one job is in.
 *
 * @param {import('../api/types.js').SweepCounts} counts
 * @returns {[state: string, jobs: number][]}
 */
export const statesOf = (counts) =>
  ORDER_OF_STATES.map((state) => /** @type {[string, number]} */ ([state, counts[/** @type {keyof typeof counts} */ (state)] ?? 0])).filter(([, n]) => n > 0);

/** @param {string} state */
export const cancellable = (state) => ['QUEUED', 'RUNNING', 'PAUSING', 'PAUSED', 'INTERRUPTED'].includes(state);

/** @param {string} state */
export const pausable = (state) => ['QUEUED', 'RUNNING', 'INTERRUPTED'].includes(state);

/** @param {string} state */
export const resumable = (state) => ['PAUSED', 'INTERRUPTED', 'FAILED', 'CANCELLED'].includes(state);

/** Whether a job can be deleted. @param {string} state */
export const deletable = (state) => ended(state) || state === 'PAUSED' || state === 'INTERRUPTED';

/** Whether a worker is currently running the job. @param {string} state */
export const working = (state) => state === 'RUNNING' || state === 'PAUSING';

/**
 * What a cancelled job kept, or that it is still stopping.
 *
 * @param {import('../api/types.js').Job} job
 */
export function cancelWords({ state, cancelRequested, checkpoint, pruned }) {
  if (cancelRequested) {
    return 'Cancelling: the worker stops after the current batch';
  }
  if (state !== 'CANCELLED' || pruned || checkpoint === undefined) {
    return '';
  }
  return checkpoint ? 'A checkpoint of the last completed batch is kept' : 'There is no checkpoint';
}

/** A job's priority, unless it is 0. @param {{priority: number}} job */
export const priorityWords = ({ priority }) => (priority === 0 ? '' : `priority ${signed(priority)}`);

/** When a job ended or paused, and how long it ran. @param {Pick<import('../api/types.js').Job, 'endedAt'|'seconds'>} job */
export const endWords = ({ endedAt, seconds }) => [endedAt && time(endedAt), seconds !== undefined && `ran ${duration(seconds)}`].filter(Boolean).join(', ');

/**
 * The place of a waiting job and when it will run, or why that is not known; empty if it has none.
 *
 * @param {Pick<import('../api/types.js').Job, 'position'|'expectedStart'|'expectedEnd'|'behind'>} job
 * @param {string} [lostAt] when the connection was lost, if it was: times that were expected then may have moved
 */
export function placeWords({ position, expectedStart, expectedEnd, behind }, lostAt) {
  if (position === undefined) {
    return '';
  }
  const place = `${ordinal(position)} to start`;
  if (lostAt) {
    return place;
  }
  return expectedStart
    ? `${place}${startWords(expectedStart, expectedEnd)}`
    : behind === undefined ? place : `${place}, at a time that depends on job ${behind}, whose time is not known`;
}

/** Soon, how long until the start and how long the job will run: several jobs may start in one minute. @param {string} start @param {string} [end] */
function startWords(start, end) {
  const seconds = (Date.parse(start) - Date.now()) / 1000;
  if (seconds < -OVERDUE) {
    return '';
  }
  if (!isSoon(seconds)) {
    return `, about ${[...new Set([start, end ?? start].map(clock))].join(' to ')}`;
  }
  return `${seconds < 1 ? ', any moment' : `, in about ${roughDuration(seconds)}`}${end ? `, for about ${roughDuration((Date.parse(end) - Date.parse(start)) / 1000)}` : ''}`;
}

/** Why a job is in its state, unless the state's name already says so. @param {import('../api/types.js').Job} job */
export const reasonWords = ({ reason, causeCode }) => (causeCode === 'paused' ? '' : (reason ?? ''));

/** What happens next to a paused job. @param {import('../api/types.js').Job} job */
export const pauseAdvice = ({ causeCode }) =>
  causeCode === 'rung-reached'
    ? 'It resumes automatically if it ranks among the best of its rung; otherwise it is pruned once all other trials have finished.'
    : 'It keeps its progress and continues from there when resumed.';

/**
 * What a job is waiting for, other than a device.
 *
 * @param {import('../api/types.js').Job} job
 */
export function waitWords({ state, held, waitsFor, resumesAt, sweep }) {
  if (state === 'INTERRUPTED' && resumesAt) {
    return new Date(resumesAt).getTime() > Date.now() ? `resumes automatically ${inWords(resumesAt)}` : 'resumes automatically';
  }
  if (state !== 'QUEUED') {
    return '';
  }
  return held ? `held with sweep ${sweep ?? ''}` : waitsFor === undefined ? '' : `waits for job #${waitsFor}`;
}

/**
 * Why no device starts a job, such as a window that is closed. Empty if one does.
 *
 * @param {import('../api/types.js').Device[]} devices
 */
export function refusalWords(devices) {
  const usable = devices.filter(({ slots }) => slots > 0);
  return usable.every(({ refusal }) => refusal) ? [...new Set(usable.flatMap(({ refusal }) => refusal ?? []))].join(' ') : '';
}

/** @param {string} instant */
const inWords = (instant) => `in ${Math.ceil((new Date(instant).getTime() - Date.now()) / 1000)} s`;
