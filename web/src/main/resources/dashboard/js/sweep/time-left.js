import { roughDuration } from '../app/format.js';
import { working } from '../job/words.js';

/** @typedef {import('../api/types.js').Job} Job */

/**
 * The time that a sweep will still take, in words. There is no estimate for a successive halving, as it is not known in
 * advance which trials are promoted.
 *
 * @param {Pick<import('../api/types.js').SweepWithJobs, 'hold'|'halving'|'endedAt'|'jobs'>} sweep
 * @param {number|undefined} left in seconds, as computed below
 */
export function leftWords({ hold, halving, endedAt, jobs }, left) {
  if (endedAt || hold || halving) {
    return '';
  }
  return left !== undefined ? `about ${roughDuration(left)} left` : jobs.some(({ state }) => working(state)) ? 'estimating the time left' : '';
}

/** States of jobs that are running or will run without user action. */
const OPEN = ['RUNNING', 'PAUSING', 'INTERRUPTED', 'QUEUED'];

/**
 * The time that a sweep's jobs will still take. For running jobs it is their own estimate. For other jobs it is the
 * duration of jobs of the same kind and network. As many jobs are assumed to run at once as now.
 *
 * @param {Job[]} jobs
 * @param {number} now in milliseconds
 * @returns {number|undefined} seconds; undefined if nothing is left, or if a job is unlike any job of known duration
 */
export function secondsLeft(jobs, now) {
  const open = jobs.filter(({ state }) => OPEN.includes(state));
  const expected = expectation(jobs, now);
  const left = open.map((job) => ofJob(job, expected(job), now));
  if (left.length === 0 || left.some((seconds) => seconds === undefined)) {
    return undefined;
  }
  const known = /** @type {number[]} */ (left);
  const atOnce = Math.max(1, open.filter(({ state }) => working(state)).length);
  return Math.max(known.reduce((sum, seconds) => sum + seconds, 0) / atOnce, known.reduce((most, seconds) => Math.max(most, seconds), 0));
}

/** @param {Job} job @param {number|undefined} expected duration in seconds @param {number} now */
function ofJob(job, expected, now) {
  if (!working(job.state)) {
    return expected;
  }
  return ownEstimate(job) ?? (expected === undefined ? undefined : Math.max(0, expected - since(job, now)));
}

/** A running job's own estimate of its remaining time; undefined if it has none yet. @param {Job} job */
const ownEstimate = ({ progress }) => (progress?.secondsLeft !== undefined && progress.secondsLeft >= 0 ? progress.secondsLeft : undefined);

/** Seconds from a job's start. @param {Job} job @param {number} until in milliseconds */
const since = ({ startedAt }, until) => (startedAt ? Math.max(0, (until - Date.parse(startedAt)) / 1000) : 0);

/**
 * The longest duration of jobs of the same kind, network and size. If there is none, the mean over jobs of the same kind.
 *
 * @param {Job[]} jobs
 * @param {number} now
 * @returns {(job: Job) => number|undefined} in seconds
 */
function expectation(jobs, now) {
  /** @type {Map<string, number>} */
  const longest = new Map();
  /** @type {Map<string, number[]>} */
  const ofKind = new Map();
  for (const job of jobs) {
    const seconds = duration(job, now);
    if (seconds !== undefined) {
      longest.set(likeness(job), Math.max(seconds, longest.get(likeness(job)) ?? 0));
      ofKind.set(job.spec.kind, [...(ofKind.get(job.spec.kind) ?? []), seconds]);
    }
  }
  return (job) => longest.get(likeness(job)) ?? mean(ofKind.get(job.spec.kind) ?? []);
}

/** @param {number[]} numbers @returns {number|undefined} */
const mean = (numbers) => (numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0) / numbers.length);

/** The duration of a job that succeeded, or that estimates when it will. @param {Job} job @param {number} now */
function duration(job, now) {
  if (job.state === 'SUCCEEDED' && job.seconds !== undefined) {
    return job.seconds;
  }
  const left = working(job.state) ? ownEstimate(job) : undefined;
  return left === undefined ? undefined : since(job, now) + left;
}

/** A key that is equal for jobs of about the same duration. @param {Job} job */
function likeness({ spec }) {
  const { kind, architecture, imageSize, width, epochs, trainImages } = /** @type {Record<string, unknown>} */ (spec);
  return JSON.stringify([kind, architecture, imageSize, width, epochs, trainImages]);
}
