import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { acting } from '../controls/acting.js';
import { stateWord } from '../job/words.js';

/**
 * Deletes data sets, after a confirmation that states what will be lost.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, removed: (name: string) => void}} page
 */
export function datasetRemoval(api, { draw, removed }) {
  const actions = acting(draw);

  /** @param {string} name @param {string} text */
  const template = (name, text) =>
    actions.deletion(name, { what: 'data set', text, confirm: 'delete-dataset-confirm' }, () => api.removeDataset(name).then(() => removed(name)));

  return {
    /** Removes a damaged data set. @param {{name: string}} damaged */
    damaged: ({ name }) => template(name, 'Delete what is left of this data set?'),

    /** @param {import('../api/types.js').DatasetDetails} details */
    template({ dataset: { name, images }, uses }) {
      if (uses.unfinishedJobs > 0) {
        return html`<p data-testid="dataset-needed">It cannot be deleted while
          ${uses.unfinished.slice(0, 5).map(({ id, state }, at) => html`${at > 0 ? ', ' : nothing}<a href=${jobHref(id)}>job ${id}</a> (${stateWord(state).toLowerCase()})`)}
          ${uses.unfinishedJobs > 5 ? `and ${uses.unfinishedJobs - 5} more need` : uses.unfinishedJobs === 1 ? 'needs' : 'need'} it. Cancel or delete ${uses.unfinishedJobs === 1 ? 'that job' : 'those jobs'} first.</p>`;
      }
      const users =
        uses.jobs === 0
          ? 'No job has used it.'
          : `${plural(uses.jobs, 'job')} used it${uses.trainings > 0 ? `, ${uses.trainings} of them to train` : ''}: their results stay, but their networks cannot be evaluated or explained on its images any more.`;
      return template(name, `Delete ${plural(images, 'image')} from the server’s disk? ${users}`);
    },
  };
}
