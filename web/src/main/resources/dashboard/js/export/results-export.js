import { drawnFiles } from '../figure/figure-files.js';
import { zipOf } from './zip.js';

/**
 * @typedef {typeof import('../api/client.js').api} Api
 * @typedef {{dataset: string, published: boolean, setting?: string} & import('../results/left-out.js').Counted} Filter
 *
 * How far an export is: what is done, and how many steps are done of how many, or of none while it waits.
 * @typedef {{doing: string, done: number, total: number}} Step
 */

/**
 * Exports all results on a data set: the figures are drawn here, everything else comes from the server.
 *
 * @param {Api} api
 * @param {Filter} filter
 * @param {'files'|'site'} form
 * @param {(step: Step) => void} progress
 * @param {AbortSignal} signal
 * @returns {Promise<{zip: Blob, files: number}>}
 */
export async function exportResults(api, filter, form, progress, signal) {
  /** @type {Promise<never>} */
  const cancelled = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const drawing = drawnFiles(api, filter, (done, total) => {
    signal.throwIfAborted();
    progress({ doing: 'Drawing figures', done, total });
  });
  const figures = await Promise.race([drawing, cancelled]);
  progress({ doing: 'Waiting for the server', done: 0, total: 0 });
  /** @type {import('./zip.js').ZippedFile[]} */
  const files = [];
  let complete = false;
  for await (const line of api.exportResults({ ...filter, forms: form }, figures, signal)) {
    if (line.problem !== undefined) {
      throw new Error(`Not exported: ${line.problem}`);
    }
    if (line.path !== undefined) {
      files.push({ path: line.path, content: Uint8Array.from(atob(line.content ?? ''), (character) => character.charCodeAt(0)) });
    } else {
      const step = { doing: 'Writing tables', done: line.done ?? 0, total: line.total ?? 0 };
      complete = step.done === step.total;
      progress(step);
    }
  }
  if (!complete) {
    throw new Error('Not exported: the server ended before the export was complete. Try again.');
  }
  return { zip: await zipOf(files), files: files.length };
}
