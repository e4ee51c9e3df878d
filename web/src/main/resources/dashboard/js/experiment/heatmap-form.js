import { html, nothing } from 'lit-html';
import { jobHref } from '../app/routes.js';
import { failure } from '../controls/notices.js';
import { sending } from '../controls/sending.js';
import { experimentForm } from './experiment-form.js';
import { ofFormat, parametersOf, refusal } from './experiments.js';

/**
 * The form on a run's page that queues a heatmap of any of its test images.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {number} run
 * @param {{draw: () => void}} page
 */
export function heatmapForm(api, run, { draw }) {
  /** @type {ReturnType<typeof experimentForm>|undefined} */
  let form;
  let asked = false;
  const { state, submit } = sending({
    draw,
    check: async () => (form ? form.errors() : {}),
    async send() {
      const [request] = form?.requests() ?? [];
      const job = await api.submit(request);
      location.hash = jobHref(job.id);
    },
    fieldOf: ({ field }) => (form?.shows(field) ? field : undefined),
  });

  return {
    /**
     * Draws the form, if the network can draw heatmaps.
     *
     * @param {import('./experiments.js').Experiment|undefined} experiment the heatmap, as it is described
     * @param {string} architecture
     */
    load(experiment, architecture) {
      if (!asked && experiment && refusal(experiment, architecture) === undefined) {
        asked = true;
        const runName = ofFormat(parametersOf(experiment), 'run')?.name ?? '';
        form = experimentForm(api, experiment, { draw, choices: { datasets: [], damaged: [], weights: [], runs: [] }, fixed: { [runName]: String(run) } });
      }
    },

    template: () => form
      ? html`<section class="panel" aria-labelledby="explain-title"><div class="panel-head"><h2 id="explain-title">Explain another image</h2></div>
          <form class="form" novalidate @submit=${submit} data-testid="heatmap-form">
            ${form.template(state.errors)}
            ${state.problem ? failure(state.problem) : nothing}
            <div class="actions"><button class="button button-primary" type="submit" ?disabled=${state.busy} data-testid="draw-heatmap">Draw the heatmap</button></div>
          </form></section>`
      : nothing,
  };
}
