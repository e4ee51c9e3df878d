import { nothing } from 'lit-html';
import { jobHref } from '../app/routes.js';
import { panel } from '../controls/heading.js';
import { operatorsOnly } from '../controls/operators-only.js';
import { aboutRuns, ofFormat, parametersOf, refusal } from './experiments.js';
import { jobForm } from './job-form.js';

/**
 * The form on a training's page that queues a job for its network, such as a heatmap of another test image.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {number} run
 * @param {{draw: () => void}} page
 */
export function runForm(api, run, { draw }) {
  let offered = false;
  const form = jobForm(api, {
    draw,
    id: 'run-form',
    fixed: (experiment) => ({ [ofFormat(parametersOf(experiment), 'run')?.name ?? '']: String(run) }),
    submitted(jobs) {
      if (jobs.length === 1) {
        location.hash = jobHref(jobs[0].id);
      }
    },
  });

  return {
    /**
     * Offers the experiments that can use the run's network.
     *
     * @param {import('./experiments.js').Experiment[]} described
     * @param {string} architecture
     */
    offer(described, architecture) {
      form.answered();
      if (!offered) {
        offered = true;
        form.offer(aboutRuns(described).filter((experiment) => refusal(experiment, architecture) === undefined));
        // For experiments that accept a data set other than the run's.
        api.datasets().then(({ datasets, damaged }) => form.choices({ datasets, damaged }), () => undefined);
      }
    },

    template() {
      const fields = form.template();
      return fields ? panel('run-form', 'New job with this network', operatorsOnly('queue jobs', fields)) : nothing;
    },
  };
}
