import { html, nothing } from 'lit-html';
import { count, duration, percent, plural } from '../app/format.js';
import { jobHref, runHref, sweepHref } from '../app/routes.js';
import { throttled } from '../app/view.js';
import { panel } from '../controls/heading.js';
import { countWords } from '../job/words.js';
import { lastVisit } from './last-visit.js';

/** So many resumed jobs are named, and so many sweeps. */
const MOST_NAMED = 3;

/** After a shorter absence, such as a look at another page, jobs that finished are no news. */
const SHORT_MS = 60_000;

/** For so long after the connection is back, jobs may still go on that were interrupted with it. */
const RESTART_MS = 60_000;

/**
 * @typedef {import('../api/types.js').Digest} Digest
 * @typedef {import('../api/types.js').Claims} Claims
 */

/**
 * What happened in the lab since the reader last looked at the first page, until it was read. The reader looks while the
 * page is in view and the server answers: what a server that was killed did until it was there again is news.
 *
 * @param {{draw: () => void, onClose: (action: () => void) => void}} page
 * @param {import('../app/view.js').Lab} lab
 * @param {ReturnType<typeof lastVisit>} visit
 */
export function sinceLastVisit({ draw, onClose }, { api, live }, visit = lastVisit()) {
  /** @type {{since: number, digest: Digest, turned: string[]}|undefined} */
  let news;
  let seen = () => {};
  let looking = false;
  /** Set while the server may only just have been started again. @type {ReturnType<typeof setTimeout>|undefined} */
  let restarting;

  /** Loads it. A failure is not shown: the page itself shows why the server does not answer. */
  async function load() {
    const since = visit.since();
    const absent = since === undefined ? 0 : Date.now() - since;
    const [digest, claims] = await Promise.all([absent > 0 ? api.digest({ last: `${Math.ceil(absent / 1000)}s` }) : undefined, api.claims({})]);
    const turned = turnedClaims(claims, visit.verdicts(claims.dataset));
    if (since !== undefined && digest && (turned.length > 0 || matters(digest) || (absent >= SHORT_MS && isEventful(digest)))) {
      news = { since, digest, turned };
      draw();
    }
    if (!news && !restarting) {
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
  const read = () => {
    loaded = loaded.then(load).catch(() => {});
  };
  const readSoon = throttled(read);

  function follow() {
    const before = looking;
    looking = document.visibilityState === 'visible' && !live.lostAt;
    if (looking && !before) {
      visit.look();
      read();
    } else if (before && !looking) {
      visit.leave();
    }
  }

  function leave() {
    if (looking) {
      visit.leave();
    }
  }

  function restarted() {
    clearTimeout(restarting);
    restarting = setTimeout(() => {
      restarting = undefined;
      if (looking) {
        read();
      }
    }, RESTART_MS);
  }

  if (live.restoredAt && Date.now() - live.restoredAt < RESTART_MS) {
    restarted();
  }
  follow();
  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', leave);
  onClose(live.subscribe(({ type, data }) => {
    if (type === 'connection') {
      if (!data.lost) {
        restarted();
      }
      follow();
    } else if (type === 'job' && restarting && looking) {
      readSoon();
    }
  }));
  onClose(() => {
    leave();
    document.removeEventListener('visibilitychange', follow);
    removeEventListener('pagehide', leave);
    readSoon.stop();
    clearTimeout(restarting);
  });

  return {
    template: () =>
      news
        ? panel('since', 'Since you last looked', html`<ul class="since" data-testid="since">${lines(news).map((line) => html`<li>${line}</li>`)}</ul>
            <div class="actions"><button type="button" class="button button-small" data-testid="since-seen" @click=${() => seen()}>Seen</button>
              <a class="button button-small" href="#/queue">See the queue</a></div>`, {
            beside: html`<span class="faint">${duration((Date.now() - news.since) / 1000)} ago</span>` })
        : nothing,
  };
}

/** What is news after the shortest absence. @param {Digest} digest */
const matters = ({ failed, resumed, sweeps }) => failed.length > 0 || resumed.length > 0 || sweeps.length > 0;

/** @param {Digest} digest */
const isEventful = ({ finished, cancelled, pruned }) => finished > 0 || cancelled > 0 || pruned > 0;

/** @param {Claims} claims */
const verdictsOf = ({ claims }) => Object.fromEntries(claims.map(({ id, verdict }) => [id, verdict]));

/** The claims whose verdict is not the one that the reader has seen. @param {Claims} claims @param {import('./last-visit.js').Verdicts|undefined} seen */
const turnedClaims = ({ claims }, seen) =>
  claims.flatMap(({ id, claim, verdict }) => (seen && seen[id] !== undefined && seen[id] !== verdict ? [`${claim} This claim is ${verdict} now; it was ${seen[id]}.`] : []));

/** @param {{digest: Digest, turned: string[]}} news */
function lines({ digest, turned }) {
  const { finished, learntNothing, failed, cancelled, pruned, resumed, sweeps, best, open } = digest;
  return [
    finished > 0 ? html`${jobsLink('SUCCEEDED', plural(finished, 'job'))} finished${learntNothing > 0 ? `; ${count(learntNothing)} of them learnt nothing` : ''}.` : '',
    ...failed.map(({ cause, jobs }) => html`${jobsLink('FAILED', plural(jobs, 'job'))} failed: ${cause.replace(/\.$/, '')}.`),
    cancelled > 0 ? html`${jobsLink('CANCELLED', plural(cancelled, 'job'))} cancelled.` : '',
    pruned > 0 ? html`${jobsLink('CANCELLED', plural(pruned, 'trial'))} pruned by a search.` : '',
    ...sweeps.slice(0, MOST_NAMED).map(({ sweep, counts }) => html`Sweep <a href=${sweepHref(sweep)}>${sweep}</a> has ended: ${countWords(counts) || 'no jobs'}.`),
    sweeps.length > MOST_NAMED ? html`<a href="#/sweeps">${plural(sweeps.length - MOST_NAMED, 'more sweep')}</a> ended.` : '',
    ...resumed.slice(0, MOST_NAMED).map(({ job, title, how }) => html`<a href=${jobHref(job)}>#${job}</a> ${title}: ${how}.`),
    resumed.length > MOST_NAMED ? `${plural(resumed.length - MOST_NAMED, 'more job')} went on after an interruption.` : '',
    ...best.filter(({ test, before }) => before === undefined || test > before).map(bestLine),
    ...turned.map((claim) => html`<a href="#/claims">Claims</a>: ${claim}`),
    open > 0 ? `${plural(open, 'job')} running or waiting.` : 'Nothing is running or waiting.',
  ].filter(Boolean);
}

/** The jobs that the queue's page finds by a state, the latest first. @param {string} state @param {string} words */
const jobsLink = (state, words) => html`<a href=${`#/queue?state=${state}`}>${words}</a>`;

/** @param {import('../api/types.js').BestRun} best */
const bestLine = ({ label, dataset, run, test, before, beforeRun }) => html`${label} on ${dataset}: the best by validation accuracy is <a href=${runHref(run)}>run #${run}</a>, with ${percent(test)} of test images right${
  before === undefined || beforeRun === undefined ? ', its first result.' : html`; the best before, <a href=${runHref(beforeRun)}>#${beforeRun}</a>, had ${percent(before)}.`}`;
