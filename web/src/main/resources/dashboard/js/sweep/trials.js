/**
 * By which settings a person tells a sweep's trainings from each other.
 *
 * @typedef {import('../api/types.js').Job} Job
 */

/** Settings with the word before their value. @type {[name: string, word: string][]} */
const SETTINGS = [
  ['architecture', ''], ['dataset', ''], ['recipe', ''], ['imageSize', 'size'], ['width', 'width'], ['epochs', 'epochs'],
  ['batchSize', 'batch size'], ['learningRate', 'learning rate'], ['seed', 'seed'], ['heatmapStride', 'heatmap stride'],
];

/** What a job's title says. */
const IN_TITLES = ['architecture', 'dataset', 'imageSize', 'width', 'seed'];

/**
 * Words for the settings in which these trainings differ.
 *
 * @param {Job[]} jobs
 * @param {boolean} beside whether they stand beside the job's title, which says some
 * @returns {(job: Job) => string}
 */
export function trialWords(jobs, beside) {
  const trainings = jobs.filter(({ spec }) => spec.kind === 'train');
  const differing = SETTINGS.filter(([name]) => !(beside && IN_TITLES.includes(name)) && new Set(trainings.map((job) => setting(job, name))).size > 1);
  return (job) => (job.spec.kind === 'train' ? differing.map(([name, word]) => `${word} ${setting(job, name)}`.trim()).join(', ') : '');
}

/** @param {Job} job @param {string} name @returns {unknown} */
const setting = ({ spec }, name) => /** @type {any} */ (spec)[name];
