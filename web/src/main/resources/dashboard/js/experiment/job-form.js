import { html, nothing } from 'lit-html';
import { Problem } from '../api/client.js';
import { plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { searchedField } from '../controls/field.js';
import { failure } from '../controls/notices.js';
import { sending } from '../controls/sending.js';
import { expectedWords } from '../cost/cost-words.js';
import { failureWarnings } from '../failure/failures.js';
import { equalJobs } from './equal-jobs.js';
import { experimentForm } from './experiment-form.js';
import { learns } from './experiments.js';

/**
 * @typedef {import('./experiments.js').Experiment} Experiment
 * @typedef {import('../api/types.js').Job} Job
 */

/**
 * A form that queues jobs of a chosen experiment, one by one, and links to them.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {object} page
 * @param {() => void} page.draw
 * @param {string} page.id for tests
 * @param {(jobs: Job[]) => void} page.submitted
 * @param {(experiment: Experiment) => import('./submission.js').Entries} [page.fixed] values that cannot be changed and have no field
 */
export function jobForm(api, { draw, id, submitted, fixed = () => ({}) }) {
  /** @type {Experiment[]} */
  let experiments = [];
  /** @type {Map<string, ReturnType<typeof experimentForm>>} by experiment, once it was chosen */
  const forms = new Map();
  /** @type {ReturnType<typeof experimentForm>|undefined} */
  let form;
  /** The jobs queued by the last submission, until the form is changed. @type {Job[]} */
  let queued = [];
  const edited = () => {
    queued = [];
  };
  /** @type {import('./experiment-fields.js').Choices} */
  const choices = { datasets: [], damaged: [], weights: [], runs: [] };

  /** The equal jobs that the form named when it was submitted. */
  let named = '';
  const ids = (/** @type {import('./experiment-form.js').Equal[]} */ jobs) => jobs.map(({ id }) => id).join();

  /** The equal jobs that the form names: those that were not just queued, which it names otherwise. @param {ReturnType<typeof experimentForm>} shown */
  const others = (shown) => shown.equal().filter(({ id }) => !queued.some((job) => job.id === id));

  const { state, submit } = sending({
    draw,
    async check() {
      named = form ? ids(others(form)) : '';
      queued = [];
      return form?.errors() ?? {};
    },
    async send() {
      if (form && ids(form.equal()) !== named) {
        // The user did not know of them: the form now names them.
        return;
      }
      try {
        for (const request of form?.requests() ?? []) {
          queued = [...queued, await api.submit(request)];
        }
      } finally {
        if (queued.length > 0) {
          submitted(queued);
          form?.checkAgain();
        }
      }
    },
    fieldOf: ({ field }) => (form?.shows(field) ? field : undefined),
  });

  /** @param {Experiment} experiment @param {import('./submission.js').Entries} [entries] */
  function choose(experiment, entries = {}) {
    const run = form?.run() ?? '';
    form = forms.get(experiment.name) ?? experimentForm(api, experiment, { choices, draw, entries, fixed: fixed(experiment), edited });
    if (!forms.has(experiment.name)) {
      forms.set(experiment.name, form);
      if (choices.datasets.length > 0) {
        form.chosen();
      }
    }
    form.chooseRun(run);
    queued = [];
    Object.assign(state, { errors: {}, problem: undefined });
    draw();
  }

  /** @param {ReturnType<typeof experimentForm>} shown */
  function template(shown) {
    const { experiment } = shown;
    const jobs = shown.requests().length;
    const same = others(shown);
    return html`<form class="form" novalidate @submit=${submit} data-testid=${id}>
      ${searchedField({
        name: 'kind',
        label: 'Experiment',
        value: experiment.name,
        options: experiments.map((each) => ({ value: each.name, label: each.label, group: learns(each) ? 'Trains a network' : 'Measures a network' })),
        change: (chosen) => choose(experiments.find(({ name }) => name === chosen) ?? experiment),
      })}
      <p class="hint">${experiment.summary} <a href=${`/docs/experiments/${experiment.name}`}>Method, formula and limits</a></p>
      ${shown.template(state.errors)} ${failureWarnings(shown.warnings())}
      <div class="form-end">
        ${equalJobs(same)} ${shown.expected().length > 0 ? html`<p class="hint" data-testid="expected-time">${expectedWords(shown.expected())}</p>` : nothing} ${state.problem ? failure(state.problem) : nothing}
        ${queued.length > 0
          ? html`<p class="outcome" role="status" data-testid="submitted">Queued as ${queued.map((job, i) => html`${i > 0 ? ', ' : ''}<a href=${jobHref(job.id)} data-job-id=${job.id}>#${job.id}</a>`)}.</p>`
          : nothing}
        <button class="button button-primary" type="submit" ?disabled=${state.busy} data-testid="submit">${jobs > 1 ? `Queue ${plural(jobs, 'job')}` : 'Queue the job'}${same.length > 0 ? (jobs > 1 ? ' anyway' : ' again') : ''}</button>
      </div>
    </form>`;
  }

  return {
    /** Offers experiments, with one preselected. @param {Experiment[]} offered @param {Experiment} [first] @param {import('./submission.js').Entries} [entries] */
    offer(offered, first = offered[0], entries = {}) {
      experiments = offered;
      if (!form && first) {
        choose(first, entries);
      }
    },

    /** Offers choices that were loaded or reloaded. @param {Partial<typeof choices>} loaded */
    choices(loaded) {
      Object.assign(choices, loaded);
      if (loaded.datasets) {
        forms.forEach((each) => each.chosen());
      }
      draw();
    },

    /** The server has answered: that it could not be reached is no longer so. */
    answered() {
      if (state.problem instanceof Problem && state.problem.code === 'unreachable') {
        state.problem = undefined;
        draw();
      }
    },

    /** @param {Job} job whose state has changed */
    jobChanged: (job) => forms.forEach((each) => each.jobChanged(job)),

    /** Undefined until there are experiments. */
    template: () => form && template(form),
  };
}
