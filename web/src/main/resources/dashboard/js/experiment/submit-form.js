import { html } from 'lit-html';
import { loader } from '../app/view.js';
import { failure, loading } from '../controls/notices.js';
import { experimentForm } from './experiment-form.js';
import { parametersOf, queueable, TRAINING } from './experiments.js';
import { experimentChoice, queueing } from './queueing.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('./experiments.js').Experiment} Experiment
 */

/**
 * The form that queues jobs of any experiment that the server describes.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {URLSearchParams} query prefills fields; `form` names the experiment
 * @param {{draw: () => void, submitted: () => void}} page
 */
export function submitForm(api, query, { draw, submitted }) {
  /** @type {Experiment[]} */
  let experiments = [];
  /** Why there is no form. @type {unknown} */
  let unread;
  /** @type {Map<string, ReturnType<typeof experimentForm>>} by experiment, once it was chosen */
  const forms = new Map();
  /** @type {ReturnType<typeof experimentForm>|undefined} */
  let form;
  /** @type {import('./experiment-fields.js').Choices} */
  const choices = { datasets: [], damaged: [], weights: [], runs: [] };

  const queue = queueing(api, { draw, form: () => form, submitted });

  const loadExperiments = loader(
    () => api.experiments(),
    ({ data, error }) => {
      unread = data ? undefined : error;
      if (data) {
        experiments = queueable(data.experiments);
      }
      if (!form && experiments.length > 0) {
        const [first] = experiments;
        const named = experiments.find(({ name }) => name === query.get('form')) ?? first;
        form = formOf(named, filledIn(named));
      }
      draw();
    },
  );

  const loadChoices = loader(
    () => Promise.all([api.datasets(), api.weights()]),
    ({ data }) => {
      // The list of jobs beside the form reports an unreachable server; the form keeps its state.
      if (data) {
        [{ datasets: choices.datasets, damaged: choices.damaged }, { weights: choices.weights }] = data;
        forms.forEach((each) => each.chosen());
      }
      draw();
    },
  );

  /** The newest finished trainings. */
  const loadRuns = loader(
    () => api.jobs({ state: 'SUCCEEDED', kind: TRAINING, limit: 1000 }),
    (outcome) => {
      choices.runs = outcome.data?.jobs ?? choices.runs;
      draw();
    },
  );

  /** Values for an experiment's parameters from the URL. @param {Experiment} experiment */
  const filledIn = (experiment) =>
    Object.fromEntries(parametersOf(experiment).flatMap(({ name }) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])));

  /** @param {Experiment} experiment @param {import('./submission.js').Entries} [entries] */
  function formOf(experiment, entries = {}) {
    const found = forms.get(experiment.name) ?? experimentForm(api, experiment, { choices, draw, entries });
    if (!forms.has(experiment.name)) {
      forms.set(experiment.name, found);
      if (choices.datasets.length > 0) {
        found.chosen();
      }
    }
    return found;
  }

  /** @param {Experiment} experiment */
  function choose(experiment) {
    const run = form?.run() ?? '';
    form = formOf(experiment);
    form.chooseRun(run);
    queue.clear();
    draw();
  }

  function load() {
    loadExperiments();
    loadChoices();
    loadRuns();
  }

  load();

  /** @param {ReturnType<typeof experimentForm>} form */
  const content = (form) => html`${experimentChoice(experiments, form.experiment, choose)} ${form.template(queue.state.errors)} ${queue.template()}`;

  return {
    load,
    loadRuns,
    template: () => html`<form class="form" novalidate @submit=${queue.submit} data-testid="submit-form">
      ${form ? content(form) : unread ? failure(unread, loadExperiments) : loading()}
    </form>`,
  };
}
