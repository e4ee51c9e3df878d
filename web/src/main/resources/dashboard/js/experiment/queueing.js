import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { failure } from '../controls/notices.js';
import { segments } from '../controls/segments.js';
import { sending } from '../controls/sending.js';

/**
 * Queues the jobs that a form describes, one after the other, and links to them.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {object} page
 * @param {() => void} page.draw
 * @param {() => ReturnType<typeof import('./experiment-form.js').experimentForm>|undefined} page.form the one that is shown
 * @param {(jobs: import('../api/types.js').Job[]) => void} page.submitted
 */
export function queueing(api, { draw, form, submitted }) {
  /** @type {import('../api/types.js').Job[]} */
  let queued = [];

  const { state, submit } = sending({
    draw,
    async check() {
      queued = [];
      return form()?.errors() ?? {};
    },
    async send() {
      try {
        for (const request of form()?.requests() ?? []) {
          queued = [...queued, await api.submit(request)];
        }
      } finally {
        if (queued.length > 0) {
          submitted(queued);
        }
      }
    },
    fieldOf: ({ field }) => (form()?.shows(field) ? field : undefined),
  });

  function words() {
    const n = form()?.requests().length ?? 0;
    return n > 1 ? `Queue ${plural(n, 'job')}` : 'Queue the job';
  }

  const outcome = () => html`<p class="outcome" role="status" data-testid="submitted">Queued as
    ${queued.map((job, i) => html`${i > 0 ? ', ' : ''}<a href=${jobHref(job.id)} data-job-id=${job.id}>#${job.id}</a>`)}.</p>`;

  return {
    state,
    submit,

    /** Forgets the last attempt, as another form is shown. */
    clear() {
      queued = [];
      state.errors = {};
      state.problem = undefined;
    },

    /** The button, below the outcome of the last attempt. */
    template: () => html`${state.problem ? failure(state.problem) : nothing} ${queued.length > 0 ? outcome() : nothing}
      <button class="button button-primary" type="submit" ?disabled=${state.busy} data-testid="submit">${words()}</button>`,
  };
}

/**
 * The choice among experiments, above the form of the chosen one.
 *
 * @param {import('./experiments.js').Experiment[]} experiments
 * @param {import('./experiments.js').Experiment} chosen
 * @param {(experiment: import('./experiments.js').Experiment) => void} choose
 */
export const experimentChoice = (experiments, chosen, choose) => html`${segments({
    id: 'kind',
    legend: 'Experiment',
    options: experiments.map(({ name, label }) => [name, label]),
    chosen: chosen.name,
    choose: (chosenName) => choose(experiments.find(({ name }) => name === chosenName) ?? chosen),
    wide: true,
  })}
  <p class="hint">${chosen.summary} <a href=${`/docs/experiments/${chosen.name}`}>Method, formula and limits</a></p>`;
