import { html, nothing } from 'lit-html';
import { agreementPanel } from '../agreement/agreement-panel.js';
import { plural } from '../app/format.js';
import { replaceQuery } from '../app/routes.js';
import { loader, throttled } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { heading } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { segments } from '../controls/segments.js';
import { tableCopies } from '../controls/table-copies.js';
import { differencesPanel } from '../difference/differences-panel.js';
import { isTraining } from '../experiment/experiments.js';
import { leftOutNote } from '../results/left-out.js';
import { cautionNote } from '../results/measured.js';
import { otherImagesTable } from '../results/other-images.js';
import { readoutsNote } from '../results/patch-limits.js';
import { publishedSwitch } from '../results/published-switch.js';
import { resultsPage } from '../results/results-page.js';
import { viewDownloads } from '../results/view-downloads.js';
import { SETS } from '../results/words.js';
import { demoButton } from '../sweep/demo-button.js';
import { nameOrTerm } from '../terms/term.js';
import { comparisonFigure } from './comparison-chart.js';
import { comparisonTable } from './comparison-table.js';
import { pendingTrainings } from './pending-trainings.js';

/**
 * @typedef {import('../api/types.js').Comparison} Comparison
 * @typedef {Exclude<import('../api/types.js').SetName, 'train'>} SetName
 */

/**
 * Table 1: the report's numbers beside those measured here. The start page.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  /** Trainings on the data set; undefined: not known yet. @type {import('../api/types.js').Job[]|undefined} */
  let pending;
  /** Empty: the server's choice. */
  let dataset = route.query.get('dataset') ?? '';
  /** Whether trainings that learnt nothing count as results. */
  let troubled = route.query.get('troubled') === 'true';
  let set = /** @type {SetName} */ (route.query.get('set') ?? 'test');
  /** @type {Comparison|undefined} */
  let comparison;
  /** @type {import('../results/results-page.js').ResultsPage} */
  const page = resultsPage(root, live, {
    title: 'Table 1',
    heading: 'Published and measured results',
    lead: `Seven networks classify scenes. A BagNet sees only patches of 9, 17 or 33 pixels and sums their evidence;
      the others see the whole image. How much accuracy does seeing only small patches cost?`,
    read: () => api.comparison({ dataset, troubled }),
    received: (data) => {
      comparison = data;
      differences.show(data.dataset, troubled);
      agreement.show(data.dataset, troubled);
      loadPending();
    },
    content,
    question: () => JSON.stringify({ dataset, troubled }),
    other: ({ spec }) => {
      if (isTraining(spec) && spec.dataset === comparison?.dataset) {
        reloadPending();
      }
    },
  });
  const { draw, failed } = page;
  const demo = demoButton(api, draw);
  const published = publishedSwitch(route.query, draw);
  const differences = differencesPanel(api, draw);
  const agreement = agreementPanel(api, draw);

  /** Asked only of a table with a network that was not measured. */
  const loadPending = loader(
    async () => (comparison?.rows.some(unmeasured) ? pendingTrainings(api, comparison.dataset) : []),
    ({ data }) => {
      // Without them the table lacks only where a training is.
      pending = data ?? pending ?? [];
      draw();
    },
    () => comparison?.dataset,
  );
  const reloadPending = throttled(loadPending);

  /** @param {string} name */
  function choose(name) {
    dataset = name;
    pending = undefined;
    replaceQuery({ dataset: name });
    page.load();
  }

  function countTroubled() {
    troubled = !troubled;
    replaceQuery({ troubled: troubled ? 'true' : undefined });
    page.load();
  }

  /** @param {SetName} name */
  function show(name) {
    set = name;
    replaceQuery({ set: name === 'test' ? undefined : name });
    draw();
  }

  /** @param {Comparison} data */
  function filters(data) {
    const names = data.datasets.includes(data.dataset) ? data.datasets : [data.dataset, ...data.datasets];
    return html`<div class="filters">
      <label class="inline-field">Data set
        <select data-testid="comparison-dataset" @change=${(/** @type {any} */ event) => choose(event.target.value)}>
          ${names.map((name) => html`<option value=${name} ?selected=${name === data.dataset}>${name}</option>`)}
        </select>
      </label>
      ${segments({ id: 'set', legend: 'Images in the chart', options: /** @type {[SetName, string][]} */ (Object.entries(SETS)), chosen: set, choose: show })}
      ${published.template(measuredOn(data))}
    </div>`;
  }

  /** @param {Comparison} data */
  function nothingYet({ dataset }) {
    if (!pending) {
      return nothing;
    }
    return pending.length > 0
      ? empty({
          title: `No results on ${dataset} yet`,
          text: `${plural(pending.length, 'training is', 'trainings are')} running or queued. The first row appears when one has succeeded.`,
          actions: html`<a class="button" href="#/queue">See the queue</a>`,
        })
      : empty({
          title: `No results on ${dataset} yet`,
          text: 'The demo sweep trains all seven networks from scratch on small generated images, even on a laptop: the first row appears after about a minute, all seven within ten.',
          actions: html`${demo.template()} <a class="changes button" href="#/queue">Set up a single run</a>`,
        });
  }

  /** @param {Comparison} data */
  function content(data) {
    const any = !data.rows.every(unmeasured);
    const withPublished = published.shows(measuredOn(data));
    return html`
      ${any || data.otherNetworks.length > 0
        ? nothing
        : nothingYet(data)}
      <section class="panel" aria-labelledby="chart-title">
        <div class="panel-head">
          ${heading('chart', html`${SETS[set]} accuracy on ${nameOrTerm(data.dataset)}`)}
          ${filters(data)}
        </div>
        ${shownFigure(comparisonFigure(data, set, withPublished))}
      </section>
      <section class="panel" aria-labelledby="table-title">
        <div class="panel-head">${heading('table', 'Table 1')}</div>
        ${comparisonTable(data, withPublished, pending ?? [])}
        ${readoutsNote(data.rows)} ${cautionNote(data.rows.flatMap((row) => [row.validation, row.test, row.scrambled]))} ${leftOutNote(data.leftOut, html`<button type="button" class="button button-small" data-testid="count-troubled" @click=${countTroubled}>Count them as results</button>`)}
        ${troubled ? html`<p class="note" data-testid="troubled">Trainings that learnt nothing count as results here. <button type="button" class="button button-small" @click=${countTroubled}>Leave them out</button></p>` : nothing}
        ${tableCopies('comparison-table')} ${viewDownloads(api, 'comparison', { dataset: data.dataset, published: published.asked, troubled }, failed)}
      </section>
      ${data.otherNetworks.length > 0
        ? html`<section class="panel" aria-labelledby="other-networks-title">
            <div class="panel-head">${heading('other-networks', html`Measured on ${data.dataset}, trained elsewhere`)}</div>
            ${otherImagesTable(data.otherNetworks, { networks: true })} ${tableCopies('other-images')}
          </section>`
        : nothing}
      ${any ? html`${differences.template()} ${agreement.template()}` : nothing}`;
  }

  return {
    ...page,
    close() {
      reloadPending.stop();
      page.close();
    },
  };
}

/** What published values would stand beside; undefined: nothing was measured. @param {Comparison} data */
const measuredOn = (data) => (data.rows.every(unmeasured) ? undefined : data);

/** @param {import('../api/types.js').AccuracyRow} row */
const unmeasured = ({ runs }) => runs.length === 0;
