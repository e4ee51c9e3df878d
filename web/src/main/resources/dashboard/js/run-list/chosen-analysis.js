import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { inlineSelect } from '../controls/field.js';
import { aboutRuns, ofFormat, parametersOf } from '../experiment/experiments.js';
import { missingJobs } from '../results/missing-jobs.js';

/** @typedef {import('../experiment/experiments.js').Experiment} Experiment */

/** Whether an analysis of a run needs no choice but the run. @param {Experiment} experiment */
const ofAnyRun = (experiment) => ofFormat(parametersOf(experiment), 'run') !== undefined && parametersOf(experiment).every(({ required, format }) => !required || format === 'run');

/**
 * Queues one analysis, with its default settings, for all chosen runs.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw
 */
export function chosenAnalysis(api, draw) {
  const missing = missingJobs(api, draw);
  /** @type {Experiment[]|undefined} undefined until they are asked for */
  let offered;
  let name = '';

  function offer() {
    offered = [];
    api.experiments().then(({ experiments }) => {
      offered = aboutRuns(experiments).filter(ofAnyRun);
      draw();
    }, () => {
      // The next drawing asks again.
      offered = undefined;
    });
  }

  /** @param {string} chosen */
  function choose(chosen) {
    name = chosen;
    draw();
  }

  return {
    /** @param {number[]} runs */
    template(runs) {
      if (offered === undefined) {
        offer();
      }
      const experiment = offered?.find((each) => each.name === name);
      const run = experiment && ofFormat(parametersOf(experiment), 'run');
      const jobs = run ? /** @type {import('../api/types.js').MissingJob[]} */ (/** @type {unknown} */ (runs.map((id) => ({ spec: { kind: name, [run.name]: id } })))) : [];
      return !offered || offered.length === 0
        ? nothing
        : html`<span class="inline-field changes">${inlineSelect('chosen-analysis', 'Analysis', [['', 'none'], ...offered.map((each) => /** @type {[string, string]} */ ([each.name, each.label]))], name, choose)}
            ${missing.button(jobs, { id: 'chosen-analyse', verb: `Queue for ${plural(runs.length, 'run')}` })}</span>`;
    },
  };
}
