import { html, nothing } from 'lit-html';
import { runHref } from '../app/routes.js';
import { term } from '../terms/term.js';

/** @typedef {import('../api/types.js').Trouble} Trouble */

/** Why a training does not count as a result. @type {Record<Trouble, string>} */
const TROUBLES = { diverged: 'the loss exploded', chance: 'the accuracy is at chance' };

/**
 * A note on the trainings that a view excludes.
 *
 * @param {import('../api/types.js').LeftOut[]} runs
 * @param {unknown} [action] a control to change that
 */
export const leftOutNote = (runs, action = nothing) =>
  runs.length === 0
    ? nothing
    : html`<p class="note" data-testid="left-out">${term('trouble', 'Trainings that learnt nothing')} are left out: ${runs.map(
        ({ run, label, seed, trouble }, i) => html`${i > 0 ? ', ' : ''}<a href=${runHref(run)}>#${run}</a> ${label}, seed ${seed} (${TROUBLES[trouble]})`,
      )}. ${action}</p>`;

/** The notice on a run that learnt nothing. @param {Trouble|undefined} trouble */
export const troubleNotice = (trouble) =>
  trouble === undefined
    ? nothing
    : html`<div class="notice notice-bad" data-testid="trouble">
        <p>This training learnt nothing: ${TROUBLES[trouble]}. It is in no mean and no test. ${trouble === 'diverged' ? 'Try a lower learning rate.' : 'Try more epochs, another learning rate or another seed.'}</p></div>`;

/** The notice that a run is not in any table. @param {string|undefined} unknown the part of it that this version does not know */
export const unknownNotice = (unknown) =>
  unknown === undefined
    ? nothing
    : html`<div class="notice notice-warn" data-testid="unknown"><p>This version has ${unknown}, so the numbers of this job are in no table.</p></div>`;
