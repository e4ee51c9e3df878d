import { html, nothing } from 'lit-html';
import { agreementPanel } from '../agreement/agreement-panel.js';
import { choices } from '../app/choices.js';
import { plural } from '../app/format.js';
import { loaded, ofResults } from '../app/loaded.js';
import { formHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { panel, title } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { segments } from '../controls/segments.js';
import { tableCopies } from '../controls/table-copies.js';
import { differencesPanel } from '../difference/differences-panel.js';
import { isTraining } from '../experiment/experiments.js';
import { exportPanel } from '../export/export-panel.js';
import { leftOutNote, trialsNote } from '../results/left-out.js';
import { cautionNote } from '../results/measured.js';
import { missingJobs, seedWords } from '../results/missing-jobs.js';
import { otherImagesTable } from '../results/other-images.js';
import { aboveLimitNote, readoutsNote } from '../results/patch-limits.js';
import { parted, pendingTrainings, queuedNote } from '../results/pending-trainings.js';
import { publishedSwitch } from '../results/published-switch.js';
import { ALL_SETTINGS, datasetSelect, goneNote, ofSetting, othersNote, settingSelect } from '../results/setting-choice.js';
import { viewDownloads } from '../results/view-downloads.js';
import { SETS } from '../results/words.js';
import { demoButton } from '../sweep/demo-button.js';
import { runningSweeps } from '../sweep/running-sweeps.js';
import { nameOrTerm } from '../terms/term.js';
import { sinceLastVisit } from '../visit/since-last-visit.js';
import { comparisonFigure } from './comparison-chart.js';
import { comparisonTable } from './comparison-table.js';

/**
 * @typedef {import('../api/types.js').Comparison} Comparison
 * @typedef {Exclude<import('../api/types.js').SetName, 'train'>} SetName
 */

/**
 * The start page with Table 1: the report's numbers beside the measured ones.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  /** Without a data set or a setting, the server chooses one. `troubled`, `trials`: whether trainings that learnt nothing and trials of searches count as results. */
  const [chosen, choose] = choices(route.query, { dataset: '', setting: '', troubled: '', trials: '' }, ({ dataset }) => {
    pending.data = dataset === undefined ? pending.data : undefined;
    draw();
    view.load();
  });
  const [look, show] = choices(route.query, { set: 'test', sort: '' }, () => draw());
  const counted = () => ({ troubled: chosen.troubled === 'true', trials: chosen.trials === 'true' });
  const filter = () => ({ dataset: chosen.dataset, setting: chosen.setting || 'most', ...counted() });
  /** The run whose setting was chosen, if it is in none. @type {string|undefined} */
  let gone;
  const page = openPage(root, 'Table 1', () => html`${title('Published and measured results',
      'Seven networks classify images. A BagNet sees only patches of 9, 17 or 33 pixels and sums their evidence; the others see the whole image. How much accuracy does seeing only small patches cost?')}
    ${since.template()} ${running.template()} ${view.template(content)}`);
  const { draw } = page;
  const since = sinceLastVisit(page, { api, live });
  const running = runningSweeps(page, { api, live });
  const demo = demoButton(api, draw);
  const published = publishedSwitch(route.query, draw);
  const differences = differencesPanel(api, draw);
  const agreement = agreementPanel(api, draw);
  const missing = missingJobs(api, draw);
  const everything = exportPanel(api, page);

  const view = loaded(page, {
    async read() {
      const asked = filter();
      const { found, ...rest } = await ofSetting(asked.setting, (setting) => api.comparison({ ...asked, setting }));
      gone = rest.gone;
      return found;
    },
    question: () => JSON.stringify(filter()),
    received(latest) {
      differences.show(latest.dataset, counted(), runOf(latest));
      agreement.show(latest.dataset, counted(), runOf(latest));
      pending.load();
    },
    live,
  });
  /**
   * Unfinished trainings on the data set. Requested only if a network in the table was not measured or lacks seeds;
   * without them, the table only lacks the state of its training.
   */
  const pending = loaded(page, {
    read: async () => view.data && (view.data.rows.some(unmeasured) || view.data.missing.some((jobs) => jobs.length > 0) ? pendingTrainings(api, view.data.dataset) : []),
    question: () => view.data?.dataset,
    live,
    concerns: (event) => event.type === 'job' && !ofResults(event) && isTraining(event.data.spec) && event.data.spec.dataset === view.data?.dataset,
  });

  // A run that no longer counts cannot stand for its setting.
  const countTroubled = () => choose({ troubled: counted().troubled ? '' : 'true', setting: keptSetting() });
  const countTrials = () => choose({ trials: counted().trials ? '' : 'true', setting: keptSetting() });
  const keptSetting = () => (chosen.setting === ALL_SETTINGS ? ALL_SETTINGS : '');

  /** @param {Comparison} data */
  const filters = (data) => html`<div class="filters">
    ${datasetSelect(data, (dataset) => choose({ dataset, setting: '' }), 'comparison-dataset')}
    ${settingSelect(data, (setting) => choose({ setting }))}
    ${segments({ id: 'set', legend: 'Images in the chart', options: /** @type {[SetName, string][]} */ (Object.entries(SETS)), chosen: look.set, choose: (set) => show({ set }) })}
    ${published.template(measuredOn(data))}
  </div>`;

  /** The button that trains a row's network with the seeds that it lacks, and those that are already queued. @param {import('../api/types.js').AccuracyRow} row @param {Comparison} data */
  function furtherSeeds(row, data) {
    const i = data.rows.indexOf(row);
    const jobs = missingOf(row, data);
    const { queued, lacking } = parted(jobs, pending.data ?? []);
    const button = missing.button(lacking, { id: `queue-row-${i}`, verb: `Train with ${seedWords(lacking)}`, about: row.label, note: ownRowWords(row), key: JSON.stringify([row.architecture, row.settings, row.lab]) });
    return queued.length > 0 ? html`${queuedNote(queued, `queued-row-${i}`)} ${button}` : button;
  }

  /** @param {Comparison} data */
  function nothingYet({ dataset }) {
    if (!pending.data && !pending.error) {
      return nothing;
    }
    const jobs = pending.data ?? [];
    return jobs.length > 0
      ? empty({
          title: `No results on ${dataset} yet`,
          text: `${plural(jobs.length, 'training is', 'trainings are')} running or queued. The first row appears when one has succeeded.`,
          actions: html`<a class="button" href="#/queue">See the queue</a>`,
        })
      : empty({
          title: `No results on ${dataset} yet`,
          text: 'First steps:',
          actions: firstSteps(),
        });
  }

  const firstSteps = () => html`<ol class="steps" data-testid="first-steps">
    <li>${demo.template()} It trains all seven networks from scratch on small generated images, even on a laptop: the first row appears after about a minute, all seven within fifteen.</li>
    <li><a class="changes button" href=${formHref({})}>Train one network</a> Choose the network, the images and how it learns.</li>
    <li><a class="changes button" href="#/datasets?section=import">Import your images</a> A zip file with a folder of images for each class.</li>
  </ol>`;

  /** @param {Comparison} data */
  function content(data) {
    const any = !data.rows.every(unmeasured);
    const withPublished = published.shows(measuredOn(data));
    const set = /** @type {SetName} */ (look.set);
    const { troubled, trials } = counted();
    const heading = any ? html`${SETS[set]} accuracy on ${nameOrTerm(data.dataset)}` : `Published ${SETS[set].toLowerCase()} accuracy`;
    return html`${any || data.otherNetworks.length > 0 || data.trialsLeftOut > 0 ? nothing : nothingYet(data)}
      ${panel('chart', heading, html`${goneNote(gone)} ${shownFigure(comparisonFigure(data, set, withPublished))} ${othersNote(data.otherConfigurations, () => choose({ setting: ALL_SETTINGS }))}`, { beside: filters(data) })}
      ${panel('table', 'Table 1', html`${comparisonTable(data, withPublished, { pending: pending.data ?? [], missing: (row) => missingOf(row, data), further: (row) => furtherSeeds(row, data) }, { sort: look.sort, order: (sort) => show({ sort }) })}
        ${readoutsNote(data.rows)} ${aboveLimitNote(data.rows)} ${cautionNote(data.rows.flatMap((row) => [row.validation, row.test, row.scrambled]))} ${leftOutNote(data.leftOut, html`<button type="button" class="button button-small" data-testid="count-troubled" @click=${countTroubled}>Count them as results</button>`)}
        ${troubled ? html`<p class="note" data-testid="troubled">Trainings that learnt nothing count as results here. <button type="button" class="button button-small" @click=${countTroubled}>Leave them out</button></p>` : nothing}
        ${trialsNote(data.trialsLeftOut, trials, countTrials)}
        ${tableCopies('comparison-table')} ${viewDownloads(api, 'comparison', { dataset: data.dataset, setting: runOf(data), published: published.asked(), troubled, trials }, view.failed)}`)}
      ${data.otherNetworks.length > 0
        ? panel('other-networks', html`Measured on ${data.dataset}, trained elsewhere`, html`${otherImagesTable(data.otherNetworks, { networks: true })} ${tableCopies('other-images')}`)
        : nothing}
      ${any ? html`${differences.template()} ${agreement.template()} ${everything.template({ dataset: data.dataset, setting: runOf(data), published: published.asked(), troubled, trials })}` : nothing}`;
  }

  return page;
}

/** Which new runs will not be in the row. @param {import('../api/types.js').AccuracyRow} row */
function ownRowWords({ lab, requiredCode }) {
  if (lab !== undefined) {
    return 'The row was imported from another lab: runs of this one make a row of their own.';
  }
  return requiredCode === undefined ? '' : `The row is of ${requiredCode}: runs that other code computes make a row of their own.`;
}

/** The trainings that a row lacks. @param {import('../api/types.js').AccuracyRow} row @param {Comparison} data */
const missingOf = (row, { rows, missing }) => missing[rows.indexOf(row)];

/** A run of the setting that is shown; undefined if all are. @param {Comparison} data */
const runOf = ({ setting }) => setting && String(setting.run);

/** The measurements that published values would be shown beside; undefined if nothing was measured. @param {Comparison} data */
const measuredOn = (data) => (data.rows.every(unmeasured) ? undefined : data);

/** @param {import('../api/types.js').AccuracyRow} row */
const unmeasured = ({ runs }) => runs.length === 0;
