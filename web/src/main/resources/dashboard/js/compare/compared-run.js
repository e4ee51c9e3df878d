import { html } from 'lit-html';
import { runHref } from '../app/routes.js';
import { runName } from '../run-list/run-columns.js';

/**
 * A compared run: its row in the list of runs, all of its results, and its scores by class if it stored predictions.
 *
 * @typedef {object} Compared
 * @property {import('../api/types.js').ListedRun} row
 * @property {import('../api/types.js').Run} run
 * @property {import('../api/types.js').Statistic} [classes]
 */

/** The most runs that are compared side by side. */
export const MOST_COMPARED = 8;

/** @param {Compared} compared */
export const nameOf = ({ row }) => runName(row);

/** @param {Compared} compared */
export const link = (compared) => html`<a class="run-link" href=${runHref(compared.row.id)}>${nameOf(compared)}</a>`;
