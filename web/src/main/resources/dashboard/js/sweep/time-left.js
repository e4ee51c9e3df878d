import { working } from '../job/words.js';

/** @typedef {import('../api/types.js').Job} Job */

/** Jobs that run, or will without being asked. */
const OPEN = ['RUNNING', 'PAUSING', 'INTERRUPTED', 'QUEUED'];

/**
 * How long a sweep's jobs will take: those that run by what they say themselves, the others as long as jobs of their
 * kind and network took or will take, as many at once as now.
 *
 * @param {Job[]} jobs
 * @param {number} now in milliseconds
 * @returns {number|undefined} seconds; undefined: nothing is left, or a job is unlike any whose duration is known
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

/** What a running job says is left; undefined: it cannot say yet. @param {Job} job */
const ownEstimate = ({ progress }) => (progress?.secondsLeft !== undefined && progress.secondsLeft >= 0 ? progress.secondsLeft : undefined);

/** Seconds from a job's start. @param {Job} job @param {number} until in milliseconds */
const since = ({ startedAt }, until) => (startedAt ? Math.max(0, (until - Date.parse(startedAt)) / 1000) : 0);

/**
 * The mean duration of jobs of the same kind and network; without one, of the same kind.
 *
 * @param {Job[]} jobs
 * @param {number} now
 * @returns {(job: Job) => number|undefined} in seconds
 */
function expectation(jobs, now) {
  /** @type {Map<string, {sum: number, n: number}>} */
  const known = new Map();
  for (const job of jobs) {
    const seconds = duration(job, now);
    if (seconds !== undefined) {
      for (const key of keys(job)) {
        const { sum, n } = known.get(key) ?? { sum: 0, n: 0 };
        known.set(key, { sum: sum + seconds, n: n + 1 });
      }
    }
  }
  return (job) => {
    const found = keys(job).map((key) => known.get(key)).find((mean) => mean !== undefined);
    return found && found.sum / found.n;
  };
}

/** Of a job that succeeded, or that says when it will have. @param {Job} job @param {number} now */
function duration(job, now) {
  if (job.state === 'SUCCEEDED' && job.startedAt && job.endedAt) {
    return since(job, Date.parse(job.endedAt));
  }
  const left = working(job.state) ? ownEstimate(job) : undefined;
  return left === undefined ? undefined : since(job, now) + left;
}

/** The narrower first. @param {Job} job */
const keys = ({ spec }) => [`${spec.kind} ${'architecture' in spec ? spec.architecture : ''}`, spec.kind];
