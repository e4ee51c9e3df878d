import { html } from 'lit-html';
import { isTraining } from '../experiment/experiments.js';
import { runForm } from '../experiment/run-form.js';
import { findings } from './findings.js';

/**
 * What was measured of a training's network, by itself and by later jobs, and the form that queues further ones.
 *
 * @param {import('./tab.js').TabServices} services
 * @returns {import('./tab.js').Tab}
 */
export function analysesTab(services) {
  const { api, id, draw, experiments } = services;
  const found = findings(services);
  const furtherJobs = runForm(api, id, { draw });

  return {
    name: 'analyses',
    label: 'Analyses',
    has: ({ run }) => isTraining(run.spec) && run.state === 'SUCCEEDED',

    load(shown) {
      const { spec } = shown.run;
      found.load(shown);
      if (isTraining(spec)) {
        experiments().then((all) => { furtherJobs.offer(all, spec.architecture); draw(); });
      }
    },

    template: (shown) => html`${found.template(shown)} ${furtherJobs.template()}`,
  };
}
