import { bytes, count, duration, percent, roughDuration } from '../app/format.js';

/**
 * @typedef {import('../api/types.js').JobCost} JobCost
 * @typedef {import('../api/types.js').CostSum} CostSum
 */

/** What a job cost, as facts by name. @param {JobCost|undefined} cost */
export function costFacts(cost) {
  if (!cost) {
    return {};
  }
  const { deviceSeconds, processorSeconds, peakMemoryBytes, peakDeviceMemoryBytes, joules, utilisation, imagesPerSecond } = cost;
  return {
    deviceTime: duration(deviceSeconds),
    processorTime: processorSeconds === undefined ? undefined : duration(processorSeconds),
    peakMemory: peakMemoryBytes === undefined ? undefined : bytes(peakMemoryBytes),
    peakDeviceMemory: peakDeviceMemoryBytes === undefined ? undefined : bytes(peakDeviceMemoryBytes),
    energy: joules === undefined ? undefined : energy(joules),
    utilisation: utilisation === undefined ? undefined : percent(utilisation, 0),
    speed: imagesPerSecond === undefined ? undefined : `${significant(imagesPerSecond)} images/s`,
  };
}

/** What several jobs cost, as a sentence; empty before any has run. @param {CostSum} cost */
export function costWords({ jobs, deviceSeconds, processorSeconds, joules, jobsWithEnergy }) {
  if (jobs === 0) {
    return '';
  }
  const parts = [
    `${hours(deviceSeconds)} of device time`,
    processorSeconds === undefined ? [] : `${hours(processorSeconds)} of processor time`,
    joules === undefined ? [] : `${energy(joules)}${jobsWithEnergy < jobs ? ` (of ${jobsWithEnergy} of ${jobs} jobs; the others’ energy is unknown)` : ''}`,
  ].flat();
  return `Used ${parts.join(', ')}.`;
}

/** @typedef {{deviceSeconds?: number, judgedBy?: import('../api/types.js').JudgedBy}} ExpectedTime deviceSeconds: absent if no job like it has run */

/**
 * What tells an expected time. It holds for a machine as busy as it was then.
 *
 * @param {Pick<ExpectedTime, 'judgedBy'>[]} times
 * @param {string} earlier the jobs that tell it, unless these have other networks
 */
export const basisWords = (times, earlier) =>
  times.some(({ judgedBy }) => judgedBy === 'OTHER_NETWORKS') ? ' (a rough guess from other networks)' : `, judged by ${earlier}`;

/**
 * About how long jobs that are not queued yet would occupy devices, as a sentence.
 *
 * @param {ExpectedTime[]} each
 */
export function expectedWords(each) {
  const known = each.flatMap(({ deviceSeconds }) => deviceSeconds ?? []);
  if (known.length === 0) {
    return each.length === 1 ? 'No job like it has run yet, so its time is not known.' : 'No job like them has run yet, so their time is not known.';
  }
  const basis = basisWords(each, each.length === 1 ? 'the newest job like it' : 'the newest jobs like them');
  const about = `About ${roughDuration(known.reduce((sum, seconds) => sum + seconds, 0))} of device time${basis}`;
  return known.length === each.length ? `${about}.` : `${about}, for ${count(known.length)} of them; no job like the others has run yet.`;
}

/** @param {number} seconds */
const hours = (seconds) => (seconds < 3600 ? duration(seconds) : `${significant(seconds / 3600)} hours`);

/** @param {number} joules */
function energy(joules) {
  const wattHours = joules / 3600;
  return wattHours < 1000 ? `${significant(wattHours)} Wh` : `${significant(wattHours / 1000)} kWh`;
}

/** Three digits, which is more than such measurements are worth. @param {number} value */
const significant = (value) => String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
