import { html, nothing } from 'lit-html';
import { formHref, replaceQuery } from '../app/routes.js';
import { drawing, loader, throttled } from '../app/view.js';
import { heading } from '../controls/heading.js';
import { empty, failure, loading } from '../controls/notices.js';
import { datasetSelect } from '../results/setting-choice.js';
import { nameOrTerm } from '../terms/term.js';
import { analysisPanel } from './analysis-panel.js';

/**
 * @typedef {import('../api/types.js').Analysis} Analysis
 * @typedef {import('../api/types.js').Experiment} Experiment
 */

/**
 * What experiments found about networks, over seeds: one experiment at a time, by its description alone.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  /** @type {Experiment[]} */
  let experiments = [];
  /** @type {Analysis|undefined} */
  let data;
  /** @type {unknown} */
  let error;
  let chosen = route.query.get('experiment') ?? '';
  let dataset = route.query.get('dataset') ?? '';
  const { draw, close } = drawing(root, template);

  const load = loader(
    async () => {
      const analysed = (await api.experiments()).experiments.filter((experiment) => experiment.analysed);
      // One that the address names and that does not exist is the server's to refuse.
      const name = chosen || analysed[0].name;
      try {
        return { analysed, analysis: await api.analysis(name, { dataset }) };
      } catch (problem) {
        return { analysed, problem };
      }
    },
    (outcome) => {
      error = outcome.error ?? outcome.data?.problem;
      experiments = outcome.data?.analysed ?? experiments;
      data = outcome.data?.analysis ?? data;
      draw();
    },
    () => JSON.stringify([chosen, dataset]),
  );
  const reload = throttled(load, 1000);
  const unsubscribe = live.subscribe(({ type, data: job }) => {
    if (type === 'reset' || type === 'deleted' || (type === 'job' && job.state === 'SUCCEEDED')) {
      reload();
    }
  });
  load();

  /** What was chosen while the last choice was loading counts, too. @param {string} experiment @param {string} name of the data set */
  function choose(experiment, name) {
    chosen = experiment;
    dataset = name;
    // Numbers of another choice must not stand below this one, however long it takes or if it fails.
    data = undefined;
    error = undefined;
    replaceQuery({ experiment, dataset: name });
    draw();
    load();
  }

  /** @param {unknown} problem */
  function failed(problem) {
    error = problem;
    draw();
  }

  /** @param {Analysis} analysis */
  function content(analysis) {
    const experiment = /** @type {Experiment} */ (experiments.find(({ name }) => name === analysis.experiment));
    return html`<section class="panel" aria-labelledby="analysis-title">
      <div class="panel-head">${heading('analysis', html`${experiment.label}, on ${nameOrTerm(analysis.dataset)}`)}
        <div class="filters">${datasetSelect(analysis, (name) => choose(chosen || experiment.name, name))}</div></div>
      <p class="note">${experiment.summary} Method: ${experiment.source.work}, ${experiment.source.section}.
        <a href=${`/docs/experiments/${experiment.name}`}>Method, formula and limits</a></p>
      ${analysis.outputs.length === 0
        ? empty({
            title: `No results of ${experiment.label} on ${analysis.dataset} yet`,
            text: 'Queue it for a run, or for all runs of a sweep under “After each training”.',
            actions: html`<a class="changes button button-primary" href=${formHref({ kind: experiment.name })}>Queue this experiment</a>`,
          })
        : nothing}
    </section>
    ${analysis.outputs.map((found) => analysisPanel(api, experiment, found, analysis.dataset, failed))}`;
  }

  function choice() {
    const current = chosen || experiments[0].name;
    return html`<div class="filters"><label class="inline-field">Analysis
      <select data-testid="analysis" @change=${(/** @type {any} */ event) => choose(event.target.value, dataset)}>
        ${experiments.map(({ name, label }) => html`<option value=${name} .selected=${name === current}>${label}</option>`)}
      </select></label></div>`;
  }

  function template() {
    return html`<div class="title">
        <h1>What do the networks do with an image?</h1>
        <p class="lead">Analyses of trained networks, joined over seeds. Each is one experiment, with its source.</p>
      </div>
      ${experiments.length === 0 ? nothing : choice()}
      ${error ? failure(error, load) : nothing} ${data ? content(data) : error ? nothing : loading()}`;
  }

  return {
    title: 'Analyses',
    close() {
      unsubscribe();
      reload.stop();
      close();
    },
  };
}
