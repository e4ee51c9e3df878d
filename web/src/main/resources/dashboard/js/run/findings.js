import { html, nothing } from 'lit-html';
import { panel } from '../controls/heading.js';
import { loading } from '../controls/notices.js';
import { isTraining } from '../experiment/experiments.js';
import { mapValues } from '../picture/map-values.js';
import { otherImagesTable } from '../results/other-images.js';
import { runOutputs } from './run-outputs.js';
import { picturesPanel } from './run-pictures.js';
import { runStatistics } from './run-statistics.js';
import { isMeasured, setWords } from './tab.js';

/**
 * The results of a job other than accuracies: its pictures, unless it is a training; accuracies on selected images; what
 * is computed from its predictions; and the outputs of all experiments about it.
 *
 * @param {import('./tab.js').TabServices} services
 */
export function findings({ api, id, draw, experiments }) {
  const outputs = runOutputs(api, draw);
  const statistics = runStatistics(api, draw);
  const under = mapValues(api, draw);
  /** @type {{described: import('../api/types.js').Experiment[], results: import('../api/types.js').FoundResult[]}|undefined} */
  let found;

  return {
    /** @param {import('./tab.js').JobAndRun} shown */
    async load({ run }) {
      const [described, { results }] = await Promise.all([experiments(), api.results(id).catch(() => ({ results: [] }))]);
      found = { described, results };
      draw();
      await statistics.load(id, isMeasured(run) ? described : []);
    },

    /** @param {import('./tab.js').JobAndRun} shown */
    template: ({ job, run }) => html`${isTraining(run.spec) ? nothing : picturesPanel(job, run, under)}
      ${run.otherImages.length > 0 ? panel('other-images', 'Measured on selected images', otherImagesTable(run.otherImages, { networks: false })) : nothing}
      ${statistics.template(run, setWords(run))}
      ${found ? outputs.template(run, found.results, found.described, under) : loading()}`,
  };
}
