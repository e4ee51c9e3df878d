/**
 * A place in the dashboard.
 *
 * @typedef {{name: string, id?: number, sweep?: string, query: URLSearchParams}} Route
 */

/**
 * Reads the address's part after `#`: `#/`, `#/receptive-fields`, `#/scrambling`, `#/weights`,
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

/** @param {string} name */
export const sweepHref = (name) => `#/sweeps/${name}`;

/** The form of a sweep, filled in like an existing one. @param {string} name */
export const sweepFormHref = (name) => `#/sweeps?like=${encodeURIComponent(name)}`;

/**
 * The queue's form, filled in.
 *
 * @param {Record<string, string|number|undefined>} fields
 */
export function formHref(fields) {
  const query = new URLSearchParams({ form: 'train' });
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) {
      query.set(name, String(value));
    }
  }
  if (fields.kind !== undefined) {
    query.set('form', String(fields.kind));
    query.delete('kind');
  }
  return `#/queue?${query}`;
}

/**
 * Changes the query of the present address without a new entry in the history.
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
