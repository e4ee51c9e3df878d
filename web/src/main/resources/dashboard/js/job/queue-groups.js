import { ended, working } from './words.js';

/** @typedef {import('../api/types.js').Job} Job */

/** The groups of the queue's list, in its order; a job belongs to the first that takes it. @type {[id: string, words: string, takes: (job: Job) => boolean][]} */
const GROUPS = [
  ['running', 'Running', ({ state }) => working(state)],
  ['next', 'Next', ({ state, position, interactive }) => state === 'QUEUED' && (position !== undefined || interactive === true)],
  ['on-hold', 'Held, paused or waiting for another job', ({ state }) => !ended(state)],
  ['ended', 'Ended', () => true],
];

/**
 * A page of jobs in the order of their execution, by group; groups without jobs are left out.
 *
 * @param {Job[]} jobs
 */
export function queueGroups(jobs) {
  /** @param {Job} job */
  const groupOf = (job) => GROUPS.findIndex(([, , takes]) => takes(job));
  return GROUPS.map(([id, words], at) => ({ id, words, jobs: jobs.filter((job) => groupOf(job) === at) })).filter((group) => group.jobs.length > 0);
}

/** The jobs that have a place in the queue. @param {Job[]} jobs */
export const placed = (jobs) => jobs.filter(({ state, position }) => state === 'QUEUED' && position !== undefined);

/**
 * How many of the other queued jobs are in the first rows of those that run next. Interactive jobs are rows, too, but
 * have no place in the queue.
 *
 * @param {Job[]} jobs of the page
 * @param {number} rows
 * @param {number[]} ids of the jobs to move
 */
export const aheadOfRow = (jobs, rows, ids) =>
  placed((queueGroups(jobs).find(({ id }) => id === 'next')?.jobs ?? []).slice(0, rows)).filter(({ id }) => !ids.includes(id)).length;

/**
 * Where jobs go if so many of the other queued jobs are to run before them.
 *
 * @param {Job[]} queue in its order
 * @param {number[]} ids of the jobs to move
 * @param {number} ahead
 * @returns {{before: number}|{after: number}|undefined} undefined if they stay where they are
 */
export function target(queue, ids, ahead) {
  const others = queue.filter(({ id }) => !ids.includes(id));
  const moved = queue.filter(({ id }) => ids.includes(id));
  const k = Math.max(0, Math.min(others.length, ahead));
  const order = [...others.slice(0, k), ...moved, ...others.slice(k)];
  if (others.length === 0 || order.every(({ id }, i) => id === queue[i].id)) {
    return undefined;
  }
  return k < others.length ? { before: others[k].id } : { after: others[k - 1].id };
}

/** How many of the other queued jobs run before the first of these. @param {Job[]} queue @param {number[]} ids */
export const aheadOf = (queue, ids) => Math.max(0, queue.findIndex(({ id }) => ids.includes(id)));
