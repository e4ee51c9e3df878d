import { count, duration } from '../app/format.js';
import { bar } from '../controls/bar.js';
import { isTraining } from '../experiment/experiments.js';
import { phaseWord } from './words.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/types.js').Progress} Progress
 */

/** The stages of a training's progress bar; the training stage, which includes validation, takes by far the longest. */
const STAGES = [
  { phases: ['preparing', 'training', 'validating'], from: 0, to: 0.82 },
  { phases: ['testing'], from: 0.82, to: 0.88 },
  { phases: ['scrambling'], from: 0.88, to: 0.94 },
  { phases: ['explaining'], from: 0.94, to: 1 },
];

/** @param {Progress} progress */
const partDone = ({ done, total }) => (total > 0 ? Math.min(1, done / total) : 0);

/**
 * The completed fraction of a job, in [0, 1].
 *
 * @param {Job} job
 */
export function fraction({ spec, progress }) {
  if (!progress || progress.phase === 'preparing') {
    return 0;
  }
  if (!isTraining(spec)) {
    return partDone(progress);
  }
  const stage = STAGES.find(({ phases }) => phases.includes(progress.phase)) ?? STAGES[0];
  const { epoch, epochs } = progress;
  // Validation is the last tenth of an epoch.
  const within = progress.phase === 'validating' ? 0.9 + 0.1 * partDone(progress) : 0.9 * partDone(progress);
  const part = epochs > 0 && epoch > 0 ? (epoch - 1 + within) / epochs : partDone(progress);
  return stage.from + (stage.to - stage.from) * part;
}

/**
 * A job's progress in one line.
 *
 * @param {Progress|undefined} progress
 * @param {boolean} [brief]
 */
export const progressWords = (progress, brief = false) => progressParts(progress, brief).join(' · ');

/**
 * A job's progress in parts; the remaining time is last.
 *
 * @param {Progress|undefined} progress
 * @param {boolean} [brief]
 * @returns {string[]}
 */
export function progressParts(progress, brief = false) {
  if (!progress) {
    return ['Starting the worker'];
  }
  const words = [];
  if (progress.epoch > 0) {
    words.push(`Epoch ${progress.epoch} of ${progress.epochs}`);
  }
  if (progress.phase !== 'training' && !(brief && progress.epoch > 0)) {
    words.push(phaseWord(progress.phase));
  }
  if (!brief && progress.phase === 'explaining') {
    return [...words, partWords(progress)];
  }
  if (!brief && progress.total > 0) {
    // Only trainings count batches; measuring jobs count images.
    words.push(`${progress.phase === 'training' ? 'batch' : 'image'} ${count(progress.done)} of ${count(progress.total)}`);
  }
  if (!brief && (progress.imagesPerSecond ?? 0) > 0) {
    words.push(`${Math.round(progress.imagesPerSecond ?? 0)} images/s`);
  }
  return [...words, ...timeLeft(progress, brief)];
}

/** Progress of heatmaps, which are computed in parts. @param {Progress} progress */
export const partWords = (progress) => [`part ${progress.done} of ${progress.total}`, ...timeLeft(progress)].join(' · ');

/** @param {Progress} progress @param {boolean} [brief] */
const timeLeft = ({ secondsLeft, phase }, brief = false) =>
  secondsLeft !== undefined && secondsLeft >= 0 ? [Math.round(secondsLeft) === 0 ? 'almost done' : `${duration(secondsLeft)} left`] : phase === 'preparing' || brief ? [] : ['estimating the time left'];

/** @param {Job} job */
export const progressBar = (job) =>
  bar(fraction(job), progressWords(job.progress), { marks: isTraining(job.spec) ? STAGES.slice(1).map(({ from }) => from) : [] });
