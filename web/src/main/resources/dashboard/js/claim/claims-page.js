import { html, nothing } from 'lit-html';
import { choices } from '../app/choices.js';
import { plural, unbrokenPercents } from '../app/format.js';
import { loaded, ofResults } from '../app/loaded.js';
import { formHref, runHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { panel, title } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { changesPanel } from '../difference/changes-panel.js';
import { isTraining } from '../experiment/experiments.js';
import { leftOutNote } from '../results/left-out.js';
import { joined, missingJobs } from '../results/missing-jobs.js';
import { parted, pendingTrainings, queuedNote } from '../results/pending-trainings.js';
import { datasetSelect, goneNote, ofSetting, settingSelect } from '../results/setting-choice.js';
import { viewDownloads } from '../results/view-downloads.js';
import { regimeWords, scaleWords } from '../results/words.js';
import { nameOrTerm, term } from '../terms/term.js';
import { predictionRows } from './prediction-rows.js';

/**
 * @typedef {import('../api/types.js').Claims} Claims
 * @typedef {import('../api/types.js').Claim} Claim
 */

/** What networks at their limits, whose accuracies are known for a generated data set, do to a claim. */
const TRUTHS = { supported: 'support', contradicted: 'contradict', undecided: 'do not decide' };

const VERDICTS = { supported: 'Supported', contradicted: 'Contradicted', undecided: 'Undecided' };

/**
 * The report's claims, tested on the runs of one setting.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const [chosen, choose] = choices(route.query, { dataset: '', setting: '' }, () => view.load());
  const page = openPage(root, 'Claims', () => html`${title('Are the report’s claims true?',
      'The report states them from single runs. Here each one is a test on repeated runs: the same images, several seeds, differences with intervals.')}
    ${view.template(content)}`);
  const missing = missingJobs(api, page.draw);
  /** The run whose setting was chosen, if it is in none. @type {string|undefined} */
  let gone;
  const view = loaded(page, { read, question: () => JSON.stringify(chosen), received: () => pending.load(), live, pause: 1000 });
  /** Unfinished trainings on the data set. Without them, the page only does not say which jobs are queued already. */
  const pending = loaded(page, {
    read: async () => (view.data?.[0].claims.some(({ missing: jobs }) => jobs.length > 0) ? pendingTrainings(api, view.data[0].dataset) : []),
    question: () => view.data?.[0].dataset,
    live,
    concerns: (event) => event.type === 'job' && !ofResults(event) && isTraining(event.data.spec) && event.data.spec.dataset === view.data?.[0].dataset,
  });

  async function read() {
    const { dataset, setting } = chosen;
    const { found, ...rest } = await ofSetting(setting, (of) => Promise.all([api.claims({ dataset, setting: of }), api.changes({ dataset, setting: of })]));
    gone = rest.gone;
    return found;
  }

  /** @param {[Claims, import('../api/types.js').Changes]} found */
  function content([claims, changes]) {
    return html`${panel('claims', html`On ${nameOrTerm(claims.dataset)}`, html`${goneNote(gone)} ${claims.setting
        ? html`<p class="note">Tested with ${plural(claims.setting.networks, 'network')}: ${regimeWords(claims.setting)}, ${scaleWords(claims.setting)}. A claim is ${term('verdict', 'supported')} if all of its predictions hold, which means that their
              95 % intervals over ${term('seed', 'seeds')} and images are above zero, and contradicted if one is below. For scrambling, the other networks count only once BagNet-33 is found to lose little; for the last claim, one prediction is enough.
              Intervals and p-values are corrected where one of several predictions would decide.</p>
            ${leftOutNote(claims.leftOut)}
            ${missing.button(parted(joined(claims.claims.map((each) => each.missing)), pending.data ?? []).lacking, { id: 'queue-claims', verb: 'Queue the jobs that undecided claims need', small: false, key: JSON.stringify([claims.dataset, claims.setting.run]) })}
            <ol class="claims">${claims.claims.map((each) => claim(each, claims, missing, pending.data ?? []))}</ol>
            ${viewDownloads(api, 'claims', { dataset: claims.dataset, setting: claims.setting.run }, view.failed)}`
        : html`${leftOutNote(claims.leftOut)} ${empty({
            title: `No results on ${claims.dataset} yet`,
            text: 'The sweep “science” runs what most claims are about, in small, with six seeds. Trials of searches do not count here; Table 1 can show them.',
            actions: html`<a class="changes button button-primary" href="#/sweeps">Set up a sweep</a> <a class="changes button" href=${formHref({})}>Set up a single run</a>`,
          })}`}`, { beside: html`<div class="filters">${datasetSelect(claims, (dataset) => choose({ dataset, setting: '' }))} ${settingSelect(claims, (setting) => choose({ dataset: claims.dataset, setting }))}</div>` })}
    ${changes.setting ? changesPanel(api, changes, missing, view.failed) : nothing}`;
  }

  return page;
}

/** @param {Claim} each @param {Claims} view @param {ReturnType<typeof missingJobs>} missing @param {import('../api/types.js').Job[]} pending */
function claim(each, view, missing, pending) {
  const { queued, lacking } = parted(each.missing, pending);
  return html`<li class="claim" data-testid=${`claim-${each.id}`} data-verdict=${each.verdict}>
  <span class=${`verdict verdict-${each.verdict}`}>${VERDICTS[each.verdict]}</span>
  <div>
    <h3>${each.claim}</h3>
    ${each.predictions.length > 0 ? predictionRows(each, view) : nothing}
    ${each.certainty ? html`<p class="note">${each.certainty}</p>` : nothing}
    ${each.toDecide.length > 0 ? html`<p class="claim-missing">To decide it, run: ${each.toDecide.join(', ')}.</p>` : nothing}
    ${queued.length > 0 ? queuedNote(queued, `queued-${each.id}`) : nothing}
    ${missing.button(lacking, { id: `queue-${each.id}`, verb: 'Queue what would decide it', about: each.claim, key: JSON.stringify([view.dataset, view.setting?.run, each.id]) })}
    ${each.truth ? html`<p class="claim-truth">On this data set, networks trained to their limits ${TRUTHS[each.truth.verdict]} the claim. ${unbrokenPercents(each.truth.reason)}</p>` : nothing}
    ${each.runs.length > 0
      ? html`<details class="claim-runs"><summary>${each.runs.length === 1 ? 'One run' : `${each.runs.length} runs`}</summary>
          ${each.runs.map((run, i) => html`${i > 0 ? ', ' : ''}<a href=${runHref(run)}>#${run}</a>`)}</details>`
      : nothing}
  </div>
</li>`;
}
