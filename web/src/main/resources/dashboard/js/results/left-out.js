import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';
import { runHref } from '../app/routes.js';
import { working } from '../job/words.js';
import { term } from '../terms/term.js';
import { LEFT_OUT, TROUBLES } from './troubles.js';

/**
 * @typedef {import('../api/types.js').Trouble} Trouble
 *
 * Which trainings count as results, besides all others: those that learnt nothing, and the trials of searches.
 * @typedef {{troubled: boolean, trials: boolean}} Counted
 */

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
        ({ run, label, seed, trouble }, i) => html`${i > 0 ? ', ' : ''}<a href=${runHref(run)}>#${run}</a> ${label}, seed ${seed} (${TROUBLES[trouble].text})`,
      )}. ${action}</p>`;

/**
 * A note on the trials of searches, with a control that shows them or leaves them out.
 *
 * @param {number} leftOut how many are left out
 * @param {boolean} counted whether they count instead
 * @param {() => void} toggle
 */
export function trialsNote(leftOut, counted, toggle) {
  const button = (/** @type {string} */ words) => html`<button type="button" class="button button-small" data-testid="count-trials" @click=${toggle}>${words}</button>`;
  return counted
    ? html`<p class="note" data-testid="trials-left-out">Trials of searches count as results here. ${button('Leave them out')}</p>`
    : leftOut === 0
      ? nothing
      : html`<p class="note" data-testid="trials-left-out">${leftOut === 1 ? '1 trial of a search is' : `${count(leftOut)} trials of searches are`} left out, as long as no other training has their settings. ${button(leftOut === 1 ? 'Show it' : 'Show them')}</p>`;
}

/** The mark of a training that went wrong, in lists. @param {Trouble|undefined} trouble */
export const troubleMark = (trouble) =>
  trouble === undefined ? nothing : html`<span class="chip" data-trouble=${trouble} title=${TROUBLES[trouble].text}>${TROUBLES[trouble].mark}</span>`;

/**
 * The notice on a training that went wrong, with the epoch at which it began.
 *
 * @param {Pick<import('../api/types.js').Run, 'trouble'|'troubleSince'|'state'>} run
 * @param {unknown} stop the control that stops it, if it is running
 */
export function troubleNotice({ trouble, troubleSince, state }, stop) {
  if (trouble === undefined) {
    return nothing;
  }
  const { text, advice } = TROUBLES[trouble];
  const what = `${text}${troubleSince === undefined ? '' : `, from epoch ${troubleSince} on`}.`;
  const sentence = state === 'SUCCEEDED' ? `This training learnt nothing: ${what} ${LEFT_OUT}` : `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  return html`<div class="notice notice-bad" role="status" data-testid="trouble">
    <p>${sentence} ${working(state) ? UNLIKELY : ''} ${advice}</p>${working(state) ? stop : nothing}</div>`;
}

/** Why a running training whose loss exploded should be stopped. */
export const UNLIKELY = 'A training hardly ever recovers from this; stopping it frees its device.';

/** The notice that a run is not in any table. @param {string|undefined} unknown the part of it that this version does not know */
export const unknownNotice = (unknown) =>
  unknown === undefined
    ? nothing
    : html`<div class="notice notice-warn" data-testid="unknown"><p>This version has ${unknown}, so the numbers of this job are in no table.</p></div>`;
