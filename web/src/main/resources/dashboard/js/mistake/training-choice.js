import { html } from 'lit-html';
import { runHref } from '../app/routes.js';
import { inlineCombobox } from '../controls/combobox.js';
import { isTraining } from '../experiment/experiments.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 *
 * A training to choose, with the data set that it was measured on and the side of its images.
 * @typedef {{id: number, title: string, dataset: string, imageSize?: number}} Training
 */

/** The most trainings in the list: a longer list is no help, and other trainings can be reached through links on their own pages. */
const LISTED = 1000;

/**
 * The finished trainings, newest first.
 *
 * @param {typeof import('../api/client.js').api} api
 * @returns {Promise<Training[]>}
 */
export async function trainings(api) {
  const { jobs } = await api.jobs({ kind: 'train', state: 'SUCCEEDED', limit: LISTED });
  return jobs.flatMap(({ id, title, spec }) => (isTraining(spec) ? [{ id, title, dataset: spec.dataset, imageSize: spec.imageSize }] : []));
}

/** The server scales images to at most this side. */
const LARGEST_PICTURE = 512;

/** The side of the images that a run's network was given; undefined if not known. @param {number} id @param {{id: number, imageSize?: number|undefined}[]} known */
export function pictureSide(id, known) {
  const side = known.find((each) => each.id === id)?.imageSize;
  return side && Math.min(LARGEST_PICTURE, side);
}

/** @param {{id: number, title: string}} training without a title if it is not known */
const nameOf = ({ id, title }) => (title ? `#${id} ${title}` : `#${id}`);

/** A training's id and title. @param {number} id @param {Training[]} known */
export const trainingName = (id, known) => nameOf(known.find((each) => each.id === id) ?? { id, title: '' });

/**
 * A choice among trainings.
 *
 * @param {object} choice
 * @param {string} choice.label
 * @param {Training[]} choice.known
 * @param {number} [choice.chosen] an id that is not a known training is shown as a number
 * @param {string} [choice.nothing] label for no choice
 * @param {(run: number) => void} choice.choose
 * @param {string} choice.id for tests
 */
export function trainingSelect({ label, known, chosen, nothing, choose, id }) {
  const listed = chosen === undefined || known.some((each) => each.id === chosen) ? known : [{ id: chosen, title: '', dataset: '' }, ...known];
  return inlineCombobox({
    id,
    label,
    value: chosen === undefined ? '' : String(chosen),
    placeholder: nothing,
    options: listed.map((each) => ({ value: String(each.id), label: nameOf(each) })),
    change: (value) => choose(Number(value)),
  });
}

/**
 * The chosen runs, each with a button that removes it.
 *
 * @param {number[]} runs
 * @param {Training[]} known
 * @param {(run: number) => void} remove
 */
export const runChips = (runs, known, remove) => html`<ul class="run-chips" data-testid="chosen-runs">
  ${runs.map((run) => html`<li data-run=${run}><a href=${runHref(run)}>${trainingName(run, known)}</a>
    <button class="button button-small" type="button" aria-label=${`Leave out run ${run}`} @click=${() => remove(run)}>✕</button></li>`)}
</ul>`;
