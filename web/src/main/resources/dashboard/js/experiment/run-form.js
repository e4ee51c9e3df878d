import { html, nothing } from 'lit-html';
import { jobHref } from '../app/routes.js';
import { heading } from '../controls/heading.js';
import { operatorsOnly } from '../controls/operators-only.js';
import { experimentForm } from './experiment-form.js';
import { aboutRuns, ofFormat, parametersOf, refusal } from './experiments.js';
import { experimentChoice, queueing } from './queueing.js';

/** @typedef {import('./experiments.js').Experiment} Experiment */

/**
 * The form on a training's page that queues a job about its network, such as a heatmap of another test image.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {number} run
 * @param {{draw: () => void}} page
 */
export function runForm(api, run, { draw }) {
  /** @type {Experiment[]} */
  let experiments = [];
  /** @type {Map<string, ReturnType<typeof experimentForm>>} by experiment, once it was chosen */
  const forms = new Map();
  /** @type {ReturnType<typeof experimentForm>|undefined} */
  let form;
  /** @type {import('./experiment-fields.js').Choices} */
  const choices = { datasets: [], damaged: [], weights: [], runs: [] };
  const queue = queueing(api, {
    draw,
    form: () => form,
    submitted(jobs) {
      if (jobs.length === 1) {
        location.hash = jobHref(jobs[0].id);
      }
    },
  });

  /** @param {Experiment} experiment */
  function formOf(experiment) {
    const name = ofFormat(parametersOf(experiment), 'run')?.name ?? '';
    return experimentForm(api, experiment, { draw, choices, fixed: { [name]: String(run) } });
  }

  /** The data sets, for experiments that take another one than the run's. */
  async function loadDatasets() {
    const found = await api.datasets().catch(() => undefined);
    choices.datasets = found?.datasets ?? [];
    choices.damaged = found?.damaged ?? [];
    draw();
  }

  /** @param {Experiment} experiment */
  function choose(experiment) {
    form = forms.get(experiment.name) ?? formOf(experiment);
    forms.set(experiment.name, form);
    queue.clear();
    draw();
  }

  return {
    /**
     * Offers the experiments that can use the network.
     *
     * @param {Experiment[]} described
     * @param {string} architecture
     */
    offer(described, architecture) {
      if (experiments.length === 0) {
        experiments = aboutRuns(described).filter((experiment) => refusal(experiment, architecture) === undefined);
        experiments.slice(0, 1).forEach(choose);
        loadDatasets();
      }
    },

    template: () => form
      ? html`<section class="panel" aria-labelledby="run-form-title"><div class="panel-head">${heading('run-form', 'New job with this network')}</div>
          ${operatorsOnly('queue jobs', html`<form class="form" novalidate @submit=${queue.submit} data-testid="run-form">
            ${experimentChoice(experiments, form.experiment, choose)}
            ${form.template(queue.state.errors)}
            ${queue.template()}
          </form>`)}</section>`
      : nothing,
  };
}
