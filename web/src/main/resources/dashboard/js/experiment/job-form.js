import { html } from 'lit-html';
import { experimentForm } from './experiment-form.js';
import { experimentChoice, queueing } from './queueing.js';

/** @typedef {import('./experiments.js').Experiment} Experiment */

/**
 * A form that queues jobs of one among several experiments.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {object} page
 * @param {() => void} page.draw
 * @param {string} page.id for tests
 * @param {(jobs: import('../api/types.js').Job[]) => void} page.submitted
 * @param {(experiment: Experiment) => import('./submission.js').Entries} [page.fixed] values without a field
 */
export function jobForm(api, { draw, id, submitted, fixed = () => ({}) }) {
  /** @type {Experiment[]} */
  let experiments = [];
  /** @type {Map<string, ReturnType<typeof experimentForm>>} by experiment, once it was chosen */
  const forms = new Map();
  /** @type {ReturnType<typeof experimentForm>|undefined} */
  let form;
  /** @type {import('./experiment-fields.js').Choices} */
  const choices = { datasets: [], damaged: [], weights: [], runs: [] };
  const queue = queueing(api, { draw, form: () => form, submitted });

  /** @param {Experiment} experiment @param {import('./submission.js').Entries} [entries] */
  function choose(experiment, entries = {}) {
    const run = form?.run() ?? '';
    form = forms.get(experiment.name) ?? experimentForm(api, experiment, { choices, draw, entries, fixed: fixed(experiment) });
    if (!forms.has(experiment.name)) {
      forms.set(experiment.name, form);
      if (choices.datasets.length > 0) {
        form.chosen();
      }
    }
    form.chooseRun(run);
    queue.clear();
    draw();
  }

  return {
    /** Offers experiments, and one of them first. @param {Experiment[]} offered @param {Experiment} [first] @param {import('./submission.js').Entries} [entries] */
    offer(offered, first = offered[0], entries = {}) {
      experiments = offered;
      if (!form && first) {
        choose(first, entries);
      }
    },

    /** Offers what has been loaded, or loaded again. @param {Partial<typeof choices>} loaded */
    choices(loaded) {
      Object.assign(choices, loaded);
      if (loaded.datasets) {
        forms.forEach((each) => each.chosen());
      }
      draw();
    },

    /** Undefined until there are experiments. */
    template: () => form && html`<form class="form" novalidate @submit=${queue.submit} data-testid=${id}>
      ${experimentChoice(experiments, form.experiment, choose)} ${form.template(queue.state.errors)} ${queue.template()}
    </form>`,
  };
}
