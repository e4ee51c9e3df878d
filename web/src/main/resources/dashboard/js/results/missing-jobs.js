import { html, nothing } from 'lit-html';
import { count, plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { acting } from '../controls/acting.js';
import { confirmed } from '../controls/question.js';
import { expectedWords } from '../cost/cost-words.js';

/**
 * @typedef {import('../api/types.js').MissingJob} MissingJob
 * @typedef {import('../api/types.js').JobBatchCheck} Check
 */

/** The most jobs and reasons that a sentence names. */
const MOST_NAMED = 8;

/**
 * Queues the jobs that a page lacks, after it has said which these are.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw
 */
export function missingJobs(api, draw) {
  const actions = acting(draw);
  /** What became of the jobs that were last requested. */
  let outcome = { of: '', words: /** @type {unknown} */ (nothing) };

  /** @param {MissingJob[]} jobs @param {string} key @param {string} note */
  async function queue(jobs, key, note) {
    const check = await api.checkBatch({ jobs });
    const missing = check.jobs.filter(({ existing }) => existing === undefined);
    const refused = new Map(check.refused.map(({ job, reason }) => [job, reason]));
    if (check.jobs.length === 0) {
      throw new Error(reasons(check).join(' '));
    }
    if (missing.length === 0) {
      outcome = { of: key, words: html`Nothing to queue: ${links(check.jobs.flatMap(({ existing }) => existing ?? []))} will have the results. ${reasons(check).join(' ')}` };
    } else if (await confirmed(question(check, missing, note))) {
      const { queued } = await api.submitBatch({ jobs: jobs.filter((job, i) => !refused.has(i + 1)) });
      outcome = { of: key, words: html`Queued ${plural(queued.length, 'job')}. <a href="#/queue">See the queue</a>` };
    }
  }

  return {
    /**
     * The button that queues jobs; without jobs, only what became of those that it queued before.
     *
     * @param {MissingJob[]} jobs
     * @param {object} button
     * @param {string} button.id
     * @param {string} button.verb
     * @param {string} [button.about] what the jobs are about, for screen readers, if the verb does not say so
     * @param {boolean} [button.small]
     * @param {string} [button.note] what to know of the jobs before they are queued
     * @param {string} [button.key] what the jobs are for, if fewer may be missing while the page is shown; otherwise the jobs themselves
     */
    button(jobs, { id, verb, about, small = true, note = '', key = JSON.stringify([id, jobs]) }) {
      const said = outcome.of === key ? html`<span class="note" role="status" data-testid=${`${id}-outcome`}>${outcome.words}</span>` : nothing;
      if (jobs.length === 0) {
        return said;
      }
      return html`<span class="missing-jobs"><button type="button" class=${`button changes ${small ? 'button-small' : ''}`} ?disabled=${actions.busy} aria-label=${about ? `${verb}: ${about}` : nothing}
        data-testid=${id} @click=${() => actions.act(() => queue(jobs, key, note), key)}>${verb}</button>
        ${said}</span>
        ${actions.failure(key)}`;
    },
  };
}

/**
 * The seeds of trainings, in words.
 *
 * @param {MissingJob[]} jobs
 */
export function seedWords(jobs) {
  const seeds = [...new Set(jobs.flatMap(({ spec }) => ('seed' in spec ? [Number(spec.seed)] : [])))];
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
}

/** All jobs, each once. @param {MissingJob[][]} lists @returns {MissingJob[]} */
export const joined = (lists) => [...new Map(lists.flat().map((job) => [JSON.stringify(job), job])).values()];

/** @param {number[]} ids */
const links = (ids) => html`${ids.slice(0, MOST_NAMED).map((id, i) => html`${i > 0 ? ', ' : ''}<a href=${jobHref(id)}>#${id}</a>`)}${ids.length > MOST_NAMED ? ` and ${count(ids.length - MOST_NAMED)} more` : ''}`;

/** Why jobs are not possible, each reason once. @param {Check} check */
function reasons({ refused }) {
  const all = [...new Set(refused.map(({ reason }) => reason))];
  return [...all.slice(0, MOST_NAMED), ...(all.length > MOST_NAMED ? [`and ${count(all.length - MOST_NAMED)} more`] : [])];
}

/** @param {Check} check @param {Check['jobs']} missing @param {string} note @returns {import('../controls/question.js').Question} */
function question(check, missing, note) {
  const { jobs, refused } = check;
  const existing = jobs.length - missing.length;
  return {
    id: 'queue-missing',
    label: `Queue ${plural(missing.length, 'job')}?`,
    verb: `Queue ${plural(missing.length, 'job')}`,
    harmless: true,
    text: `Queue ${plural(missing.length, 'job')}?${existing > 0 ? ` ${plural(existing, 'more is', 'more are')} queued, running or done already.` : ''} ${expectedWords(missing)}${
      refused.length > 0 ? ` ${plural(refused.length, 'job is', 'jobs are')} left out: ${reasons(check).join(' ')}` : ''} ${note}`.trim(),
    items: missing.map(({ title }) => title),
  };
}
