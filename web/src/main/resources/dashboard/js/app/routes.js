import { TRAINING } from '../experiment/experiments.js';

/**
 * A page of the dashboard, with its parameters.
 *
 * @typedef {{name: string, id?: number, tab?: string, sweep?: string, query: URLSearchParams}} Route
 */

/**
 * Parses the URL fragment: `#/`, `#/receptive-fields`, `#/scrambling`, `#/heatmaps`, `#/over`, `#/claims`, `#/analyses`, `#/runs`, `#/compare`, `#/mistakes`, `#/images`, `#/datasets`, `#/weights`,
 * `#/sweeps`, `#/sweeps/NAME`, `#/queue`, `#/storage`, `#/messages`, `#/audit`, `#/jobs/12`, `#/runs/12`, and with a tab
 * of these, `#/jobs/12/curves`, each with an optional query, whose `section` is the panel to scroll to.
 *
 * @param {string} hash
 * @returns {Route}
 */
export function parse(hash) {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
  const query = new URLSearchParams(search);
  const numbered = /^(job|run)s\/(\d+)(?:\/([a-z]+))?$/.exec(path);
  if (numbered) {
    return { name: numbered[1], id: Number(numbered[2]), tab: numbered[3], query };
  }
  const sweep = /^sweeps\/([A-Za-z0-9._-]+)$/.exec(path);
  if (sweep) {
    return { name: 'sweep', sweep: sweep[1], query };
  }
  return { name: path === '' ? 'comparison' : path, query };
}

/** @param {number} id @param {string} [tab] by default the first */
export const jobHref = (id, tab) => `#/jobs/${id}${tab ? `/${tab}` : ''}`;

/** The run page of a job, rather than its page in the queue. @param {number} id @param {string} [tab] by default the first */
export const runHref = (id, tab) => `#/runs/${id}${tab ? `/${tab}` : ''}`;

/** The list of runs with a tag. @param {string} tag */
export const runsHref = (tag) => href('runs', { tag });

/** The page that compares runs. @param {number[]} runs */
export const compareHref = (runs) => `#/compare?runs=${runs.join(',')}`;

/**
 * The page of a data set.
 *
 * @param {string} name
 * @param {Record<string, string|number|undefined>} [shown] selects which of its images to show
 */
export const datasetHref = (name, shown = {}) => href('datasets', { name, ...shown });

/**
 * The images that a run misclassified.
 *
 * @param {{run?: number, runs?: number[], set?: string, class?: string, predicted?: string}} choice with several runs: the images that all of them misclassified
 */
export function mistakesHref({ run, runs = [], set, ...classes }) {
  const several = runs.length > 1;
  return href('mistakes', { run: several ? undefined : (runs[0] ?? run), runs: several ? runs.join(',') : undefined, set: set === 'test' ? undefined : set, ...classes });
}

/**
 * The page with the predictions of runs for an image.
 *
 * @param {string} dataset
 * @param {string} image path in the data set
 * @param {number[]} [runs]
 */
export const imageHref = (dataset, image, runs = []) => href('images', { dataset, image, runs: runs.join(',') });

/** The heatmaps of several networks for an image. @param {{runs: number[], dataset?: string, image?: string, label?: string}} what */
export const heatmapsHref = ({ runs, ...rest }) => href('heatmaps', { runs: runs.join(','), ...rest });

/** @param {string} page @param {Record<string, string|number|undefined>} query */
function href(page, query) {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
  const text = new URLSearchParams(given).toString();
  return `#/${page}${text && `?${text}`}`;
}

/** Parses comma-separated run ids and ignores anything else. @param {string|null} text */
export const runNumbers = (text) => [...new Set((text ?? '').split(',').filter((number) => /^[1-9]\d{0,9}$/.test(number)).map(Number))];

/** @param {string} name */
export const sweepHref = (name) => `#/sweeps/${name}`;

/** The sweep form, prefilled from an existing sweep. @param {string} name */
export const sweepFormHref = (name) => href('sweeps', { like: name });

/**
 * The job form, prefilled.
 *
 * @param {Record<string, string|number|undefined>} fields by parameter; `kind` names the experiment unless it is a training
 */
export function formHref(fields) {
  const { kind = TRAINING, ...filledIn } = fields;
  const query = new URLSearchParams({ form: String(kind) });
  for (const [name, value] of Object.entries(filledIn)) {
    if (value !== undefined) {
      query.set(name, String(value));
    }
  }
  query.set('section', 'form');
  return `#/queue?${query}`;
}

/** A link to a section of the current page in its current state. @param {string} section */
export const sectionHref = (section) => changed({ section });

/**
 * Changes the current URL's query without adding a history entry.
 *
 * @param {Record<string, string|undefined>} changes
 */
export const replaceQuery = (changes) => history.replaceState(history.state, '', changed(changes));

/** The current URL with another query. @param {Record<string, string|undefined>} changes */
function changed(changes) {
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
  return (path || '#/') + (text ? `?${text}` : '');
}
