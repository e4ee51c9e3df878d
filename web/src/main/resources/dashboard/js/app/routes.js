import { TRAINING } from '../experiment/experiments.js';

/**
 * A page of the dashboard, with its parameters.
 *
 * @typedef {{name: string, id?: number, sweep?: string, query: URLSearchParams}} Route
 */

/**
 * Parses the URL fragment: `#/`, `#/receptive-fields`, `#/scrambling`, `#/claims`, `#/analyses`, `#/datasets`, `#/weights`,
 * `#/sweeps`, `#/sweeps/NAME`, `#/queue`, `#/storage`, `#/jobs/12`, each with an optional query.
 *
 * @param {string} hash
 * @returns {Route}
 */
export function parse(hash) {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
  const query = new URLSearchParams(search);
  const job = /^jobs\/(\d+)$/.exec(path);
  if (job) {
    return { name: 'job', id: Number(job[1]), query };
  }
  const sweep = /^sweeps\/([A-Za-z0-9._-]+)$/.exec(path);
  if (sweep) {
    return { name: 'sweep', sweep: sweep[1], query };
  }
  return { name: path === '' ? 'comparison' : path, query };
}

/** @param {number} id */
export const jobHref = (id) => `#/jobs/${id}`;

/** The page of a data set. @param {string} name */
export const datasetHref = (name) => `#/datasets?name=${encodeURIComponent(name)}`;

/** The page with the heatmaps of an image. @param {string} dataset @param {string} path */
export const imageHref = (dataset, path) => `#/images?${new URLSearchParams({ dataset, image: path })}`;

/** @param {string} name */
export const sweepHref = (name) => `#/sweeps/${name}`;

/** The sweep form, prefilled from an existing sweep. @param {string} name */
export const sweepFormHref = (name) => `#/sweeps?like=${encodeURIComponent(name)}`;

/**
 * The job form, prefilled.
 *
 * @param {Record<string, string|number|undefined>} fields by parameter; `kind` names the experiment if it is not a training
 */
export function formHref(fields) {
  const { kind = TRAINING, ...filledIn } = fields;
  const query = new URLSearchParams({ form: String(kind) });
  for (const [name, value] of Object.entries(filledIn)) {
    if (value !== undefined) {
      query.set(name, String(value));
    }
  }
  return `#/queue?${query}`;
}

/**
 * Changes the current URL's query without adding a history entry.
 *
 * @param {Record<string, string|undefined>} changes
 */
export function replaceQuery(changes) {
  const [path, search = ''] = location.hash.split('?');
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  const text = query.toString();
  history.replaceState(null, '', (path || '#/') + (text ? `?${text}` : ''));
}
