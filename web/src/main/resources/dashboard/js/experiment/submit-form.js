import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { loader } from '../app/view.js';
import { failure, loading } from '../controls/notices.js';
import { sending } from '../controls/sending.js';
import { experimentForm } from './experiment-form.js';
import { parametersOf, queueable } from './experiments.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('./experiments.js').Experiment} Experiment
 */

/**
 * The form that queues jobs: one of each experiment that the server describes.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {URLSearchParams} query fills fields in; `form` names the experiment
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
  /** @type {Job[]} */
  let queued = [];
  /** @type {import('./experiment-fields.js').Choices} */
  const choices = { datasets: [], damaged: [], weights: [], runs: [] };

  const { state, submit } = sending({
    draw,
    async check() {
      queued = [];
      return form ? form.errors() : {};
    },
    send,
    fieldOf: ({ field }) => (form?.shows(field) ? field : undefined),
  });

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
      // The list of jobs beside the form says if the server is away; the form keeps what it shows.
      if (data) {
        [{ datasets: choices.datasets, damaged: choices.damaged }, { weights: choices.weights }] = data;
        forms.forEach((each) => each.chosen());
      }
      draw();
    },
  );

  /** The newest finished trainings. */
  const loadRuns = loader(
    () => api.jobs({ state: 'SUCCEEDED', kind: 'train', limit: 1000 }),
    (outcome) => {
      choices.runs = outcome.data?.jobs ?? choices.runs;
      draw();
    },
  );

  /** What the address says of an experiment's parameters. @param {Experiment} experiment */
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
    state.errors = {};
    state.problem = undefined;
    queued = [];
    draw();
  }

  async function send() {
    try {
      for (const request of form?.requests() ?? []) {
        queued = [...queued, await api.submit(request)];
      }
    } finally {
      if (queued.length > 0) {
        submitted();
      }
    }
  }

  const outcome = () => html`<p class="outcome" role="status" data-testid="submitted">Queued as
    ${queued.map((job, i) => html`${i > 0 ? ', ' : ''}<a href=${jobHref(job.id)} data-job-id=${job.id}>#${job.id}</a>`)}.</p>`;

  /** @param {ReturnType<typeof experimentForm>} form */
  function words(form) {
    const n = form.requests().length;
    return n > 1 ? `Queue ${plural(n, 'job')}` : 'Queue the job';
  }

  function load() {
    loadExperiments();
    loadChoices();
    loadRuns();
  }

  load();

  /** @param {ReturnType<typeof experimentForm>} form */
  const content = (form) => html`<fieldset class="segments segments-wide">
      <legend class="visually-hidden">Experiment</legend>
      ${experiments.map((each) => html`<label><input type="radio" name="kind" value=${each.name} .checked=${each.name === form.experiment.name}
        data-testid=${`kind-${each.name}`} @change=${() => choose(each)}><span>${each.label}</span></label>`)}
    </fieldset>
    <p class="hint">${form.experiment.summary}</p>
    ${form.template(state.errors)}
    ${state.problem ? failure(state.problem) : nothing} ${queued.length > 0 ? outcome() : nothing}
    <button class="button button-primary" type="submit" ?disabled=${state.busy} data-testid="submit">${words(form)}</button>`;

  return {
    load,
    loadRuns,
    template: () => html`<form class="form" novalidate @submit=${submit} data-testid="submit-form">
      ${form ? content(form) : unread ? failure(unread, loadExperiments) : loading()}
    </form>`,
  };
}
