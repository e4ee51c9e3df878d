import { html, nothing } from 'lit-html';
import { choices } from '../app/choices.js';
import { loaded } from '../app/loaded.js';
import { formHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { inlineSelect } from '../controls/field.js';
import { panel, title } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { missingJobs } from '../results/missing-jobs.js';
import { datasetSelect } from '../results/setting-choice.js';
import { nameOrTerm } from '../terms/term.js';
import { analysisPanel } from './analysis-panel.js';

/**
 * @typedef {import('../api/types.js').Analysis} Analysis
 * @typedef {import('../api/types.js').Experiment} Experiment
 */

/**
 * The results of experiments on networks, aggregated over seeds: one experiment at a time, rendered from its
 * description alone.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  /** @type {Experiment[]} */
  let experiments = [];
  const [chosen, choose] = choices(route.query, { experiment: '', dataset: '' }, () => view.restart());
  const page = openPage(root, 'Analyses', () => html`${title('What do the networks do with an image?',
      'Analyses of trained networks, joined over seeds. Each is one experiment, with its source.')}
    ${experiments.length === 0
      ? nothing
      : html`<div class="filters">${inlineSelect('analysis', 'Analysis', experiments.map(({ name, label }) => [name, label]), chosen.experiment || experiments[0].name, (experiment) => choose({ experiment }))}</div>`}
    ${view.template(content)}`);
  const missing = missingJobs(api, page.draw);
  const view = loaded(page, {
    async read() {
      experiments = (await api.experiments()).experiments.filter(({ analysed }) => analysed);
      // If the URL names an experiment that does not exist, the server rejects it.
      return api.analysis(chosen.experiment || experiments[0].name, { dataset: chosen.dataset });
    },
    question: () => JSON.stringify(chosen),
    live,
    pause: 1000,
  });

  /** @param {Analysis} analysis */
  function content(analysis) {
    const experiment = /** @type {Experiment} */ (experiments.find(({ name }) => name === analysis.experiment));
    const queue = missing.button(analysis.missing, { id: 'queue-analysis', verb: analysis.outputs.length > 0 ? 'Run it on the other networks' : 'Run it on all networks', about: `${experiment.label} on ${analysis.dataset}`, small: analysis.outputs.length > 0 });
    return html`${panel('analysis', html`${experiment.label}, on ${nameOrTerm(analysis.dataset)}`, html`<p class="note">${experiment.summary} Method: ${experiment.source.work}, ${experiment.source.section}.
        <a href=${`/docs/experiments/${experiment.name}`}>Method, formula and limits</a></p>
      ${analysis.outputs.length === 0
        ? empty({
            title: `No results of ${experiment.label} on ${analysis.dataset} yet`,
            text: 'Queue it for a run, or for all runs of a sweep under “After each training”.',
            actions: html`${queue} <a class="changes button" href=${formHref({ kind: experiment.name })}>Choose a run</a>`,
          })
        : queue}`, { beside: html`<div class="filters">${datasetSelect(analysis, (dataset) => choose({ experiment: chosen.experiment || experiment.name, dataset }))}</div>` })}
    ${analysis.outputs.map((found) => analysisPanel(api, experiment, found, analysis.dataset, view.failed))}`;
  }

  return page;
}
