import { html, nothing } from 'lit-html';
import { panel } from '../controls/heading.js';
import { loading } from '../controls/notices.js';
import { costFacts } from '../cost/cost-words.js';
import { isTraining, parametersOf } from '../experiment/experiments.js';
import { timeline } from '../job/timeline.js';
import { findings } from './findings.js';
import { networkFacts, provenanceFacts, runFacts, runResults, runSettings } from './run-facts.js';
import { repeatedImages } from './repeated-images.js';

/**
 * The first tab: what a job reached, with which settings, and what computed it. A job that is no training has all of its
 * results here.
 *
 * @param {import('./tab.js').TabServices} services
 * @returns {import('./tab.js').Tab}
 */
export function settingsTab(services) {
  const { api, id, draw, experiments } = services;
  const found = findings(services);
  /** @type {import('../api/types.js').Experiment[]|undefined} */
  let described;
  /** @type {import('../api/types.js').Transition[]} */
  let transitions = [];
  /** @type {import('../api/types.js').RepeatedImages|undefined} */
  let repeated;
  /** @type {import('../api/types.js').Responses['GET /architectures']['architectures']} */
  let architectures = [];

  const labelOf = (/** @type {string} */ architecture) => architectures.find(({ name }) => name === architecture)?.label ?? architecture;

  return {
    name: 'settings',
    label: 'Settings',
    has: () => true,

    load(shown) {
      experiments().then((all) => { described = all; draw(); });
      api.timeline(id).then((latest) => { ({ transitions } = latest); draw(); }, () => undefined);
      if (architectures.length === 0) {
        api.architectures().then((all) => { ({ architectures } = all); draw(); }, () => undefined);
      }
      if (!isTraining(shown.run.spec)) {
        found.load(shown);
      } else if (!repeated) {
        // A split does not change. The data set may have been removed in the meantime; that is not an error.
        api.repeatedImages(id).then((latest) => { repeated = latest; draw(); }, () => undefined);
      }
    },

    template(shown) {
      const { job, run } = shown;
      const { spec } = run;
      const experiment = described?.find(({ name }) => name === spec.kind);
      const network = 'architecture' in spec ? architectures.find(({ name }) => name === spec.architecture) : undefined;
      return html`${runResults(run.results)}
        ${isTraining(spec) ? (repeated ? repeatedImages(repeated, spec.dataset) : nothing) : found.template(shown)}
        <div class="columns">
          <div>
            ${panel('facts', 'Settings', described ? runSettings(job, run, experiment ? parametersOf(experiment) : [], labelOf) : loading(), { testId: 'facts' })}
            ${network ? panel('network', 'Network', runFacts(networkFacts(network, run)), { testId: 'network' }) : nothing}
          </div>
          <div>
            ${panel('timeline', 'Timeline', timeline(transitions))}
            ${run.provenance || run.cost ? panel('provenance', 'Cost and provenance', runFacts({ ...costFacts(run.cost), ...(run.provenance && provenanceFacts(run.provenance)) }), { testId: 'provenance' }) : nothing}
          </div>
        </div>`;
    },
  };
}
