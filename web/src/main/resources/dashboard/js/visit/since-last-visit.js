import { html, nothing } from 'lit-html';
import { count, duration, percent, plural } from '../app/format.js';
import { jobHref, runHref } from '../app/routes.js';
import { panel } from '../controls/heading.js';
import { lastVisit } from './last-visit.js';

/** So many resumed jobs are named. */
const MOST_RESUMED = 3;

/**
 * @typedef {import('../api/types.js').Digest} Digest
 * @typedef {import('../api/types.js').Claims} Claims
 */

/**
 * What happened in the lab since the reader last looked: on the first page, until it was read.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, onClose: (action: () => void) => void}} page
 * @param {ReturnType<typeof lastVisit>} visit
 */
export function sinceLastVisit(api, { draw, onClose }, visit = lastVisit()) {
  /** @type {{since: number, digest: Digest, turned: string[]}|undefined} */
  let news;
  let seen = () => {};

  /** Loads it. A failure is not shown: the page itself shows why the server does not answer. */
  async function load() {
    const since = visit.since();
    const seconds = since === undefined ? 0 : Math.ceil((Date.now() - since) / 1000);
    const [digest, claims] = await Promise.all([seconds > 0 ? api.digest({ last: `${seconds}s` }) : undefined, api.claims({})]);
    const turned = turnedClaims(claims, visit.verdicts(claims.dataset));
    if (since !== undefined && digest && (isEventful(digest) || turned.length > 0)) {
      news = { since, digest, turned };
      draw();
    }
    if (!news) {
      visit.seenVerdicts(claims.dataset, verdictsOf(claims));
      if (since !== undefined) {
        visit.seen();
      }
    }
    seen = () => {
      visit.seenVerdicts(claims.dataset, verdictsOf(claims));
      visit.seen();
      news = undefined;
      draw();
    };
  }
  // One after the other: a tab that is seen again while the last answer is on its way may have more news.
  let loaded = Promise.resolve();
  const look = () => {
    if (document.visibilityState === 'visible') {
      loaded = loaded.then(load).catch(() => {});
    }
  };
  document.addEventListener('visibilitychange', look);
  onClose(() => document.removeEventListener('visibilitychange', look));
  look();

  return {
    template: () =>
      news
        ? panel('since', 'Since you last looked', html`<ul class="since" data-testid="since">${lines(news).map((line) => html`<li>${line}</li>`)}</ul>
            <div class="actions"><button type="button" class="button button-small" data-testid="since-seen" @click=${() => seen()}>Seen</button>
              ${news.digest.failed.length > 0 ? html`<a class="button button-small" href="#/queue?state=FAILED">See failed jobs</a>` : nothing}
              <a class="button button-small" href="#/queue">See the queue</a></div>`, {
            beside: html`<span class="faint">${duration((Date.now() - news.since) / 1000)} ago</span>` })
        : nothing,
  };
}

/** @param {Digest} digest */
const isEventful = ({ finished, failed, cancelled, pruned, resumed }) => finished > 0 || failed.length > 0 || cancelled > 0 || pruned > 0 || resumed.length > 0;

/** @param {Claims} claims */
const verdictsOf = ({ claims }) => Object.fromEntries(claims.map(({ id, verdict }) => [id, verdict]));

/** The claims whose verdict is not the one that the reader has seen. @param {Claims} claims @param {import('./last-visit.js').Verdicts|undefined} seen */
const turnedClaims = ({ claims }, seen) =>
  claims.flatMap(({ id, claim, verdict }) => (seen && seen[id] !== undefined && seen[id] !== verdict ? [`${claim} This claim is ${verdict} now; it was ${seen[id]}.`] : []));

/** @param {{digest: Digest, turned: string[]}} news */
function lines({ digest, turned }) {
  const { finished, learntNothing, failed, cancelled, pruned, resumed, best, open } = digest;
  const failures = failed.reduce((sum, { jobs }) => sum + jobs, 0);
  return [
    finished > 0 ? `${plural(finished, 'job')} finished${learntNothing > 0 ? `; ${count(learntNothing)} of them learnt nothing` : ''}.` : '',
    failures > 0 ? `${plural(failures, 'job')} failed: ${failed.map(({ cause, jobs }) => `${cause} (${count(jobs)})`).join('; ')}.` : '',
    cancelled > 0 ? `${plural(cancelled, 'job')} cancelled.` : '',
    pruned > 0 ? `${plural(pruned, 'trial')} pruned by a search.` : '',
    ...resumed.slice(0, MOST_RESUMED).map(({ job, title, how }) => html`<a href=${jobHref(job)}>#${job}</a> ${title}: ${how}.`),
    resumed.length > MOST_RESUMED ? `${plural(resumed.length - MOST_RESUMED, 'more job')} went on after an interruption.` : '',
    ...best.filter(({ test, before }) => before === undefined || test > before).map(bestLine),
    ...turned.map((claim) => html`<a href="#/claims">Claims</a>: ${claim}`),
    open > 0 ? `${plural(open, 'job')} running or waiting.` : 'Nothing is running or waiting.',
  ].filter(Boolean);
}

/** @param {import('../api/types.js').BestRun} best */
const bestLine = ({ label, dataset, run, test, before, beforeRun }) => html`${label} on ${dataset}: the best by validation accuracy is <a href=${runHref(run)}>run #${run}</a>, with ${percent(test)} of test images right${
  before === undefined || beforeRun === undefined ? ', its first result.' : html`; the best before, <a href=${runHref(beforeRun)}>#${beforeRun}</a>, had ${percent(before)}.`}`;
