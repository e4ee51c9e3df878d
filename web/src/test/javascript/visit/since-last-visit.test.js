import { render } from 'lit-html';
import { becomes, browser, count, equal, partial, root, texts } from '../testing.js';
import { followVisit, lastVisit } from './last-visit.js';
import { sinceLastVisit } from './since-last-visit.js';

const HOUR = 3_600_000;

/** @returns {() => Storage} */
function storage() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return () => partial({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) });
}

export function aVisitEndsAfterAPauseAndIsRememberedUntilItsNewsAreSeen() {
  let now = 100 * HOUR;
  const visit = lastVisit(storage(), () => now);
  visit.look();
  equal(visit.since(), undefined);
  // The page was reloaded.
  now += 1000;
  visit.look();
  equal(visit.since(), undefined);
  now += 35_000;
  visit.look();
  equal(visit.since(), 100 * HOUR + 1000);
  now += 9 * HOUR;
  visit.look();
  equal(visit.since(), 100 * HOUR + 1000);
  visit.seen();
  visit.look();
  equal(visit.since(), undefined);
}

export function leavingIsNoReturnAndUnseenNewsStay() {
  let now = 100 * HOUR;
  const visit = lastVisit(storage(), () => now);
  visit.look();
  now += 9 * HOUR;
  visit.leave();
  equal(visit.since(), undefined);
  now += 9 * HOUR;
  visit.look();
  equal(visit.since(), 109 * HOUR);
  visit.leave();
  now += 9 * HOUR;
  visit.look();
  equal(visit.since(), 109 * HOUR);
}

export function verdictsOfAHiddenTabAreNoVisit() {
  let now = 100 * HOUR;
  const visit = lastVisit(storage(), () => now);
  visit.look();
  now += 9 * HOUR;
  visit.seenVerdicts('d', {});
  visit.look();
  equal(visit.since(), 100 * HOUR);
}

export function whereStorageIsBlockedNoVisitIsRemembered() {
  const visit = lastVisit(() => {
    throw new Error('Access is denied for this document.');
  });
  visit.look();
  equal(visit.since(), undefined);
}

export function onlyATabInViewIsLookedAt() {
  /** @type {string[]} */
  const calls = [];
  let state = 'hidden';
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  followVisit(partial({ look: () => calls.push('look'), leave: () => calls.push('leave') }));
  dispatchEvent(new Event('pagehide'));
  equal(calls, []);
  state = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  equal(calls, ['look']);
  dispatchEvent(new Event('pagehide'));
  equal(calls, ['look', 'leave']);
  state = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  equal(calls, ['look', 'leave', 'leave']);
}

const DIGEST = {
  finished: 12, learntNothing: 2, cancelled: 0, pruned: 0, failed: [{ cause: 'out of memory', jobs: 3 }], open: 0,
  resumed: [{ job: 12, title: 'BagNet-33 on d', how: 'resumed from epoch 7 of 30 (the server was stopped)' }],
  best: [
    { architecture: 'bagnet33', label: 'BagNet-33', dataset: 'd', run: 12, test: 0.931, beforeRun: 4, before: 0.91 },
    { architecture: 'bagnet9', label: 'BagNet-9', dataset: 'd', run: 13, test: 0.3, beforeRun: 5, before: 0.4 },
  ],
};

export async function whatHappenedIsShownUntilItIsSeen() {
  let verdict = 'undecided';
  const asked = [];
  const api = partial({
    digest: async (filter) => {
      asked.push(filter);
      return DIGEST;
    },
    claims: async () => ({ dataset: 'd', claims: [{ id: 'one', claim: 'It grows.', verdict }] }),
  });
  const kept = storage();
  let now = Date.now() - 9 * HOUR;
  const visit = lastVisit(kept, () => now);
  visit.look();
  let since = sinceLastVisit(api, { draw: () => draw(), onClose() {} }, visit);
  const draw = () => render(since.template(), root);
  draw();
  await count('@since', 0);
  now = Date.now();
  visit.look();
  verdict = 'supported';
  since = sinceLastVisit(api, { draw: () => draw(), onClose() {} }, visit);
  await texts('@since li', '12 jobs finished; 2 of them learnt nothing.', '3 jobs failed: out of memory (3).',
    '#12 BagNet-33 on d: resumed from epoch 7 of 30 (the server was stopped).',
    'BagNet-33 on d: the best by validation accuracy is run #12, with 93.1 % of test images right; the best before, #4, had 91.0 %.',
    'Claims: It grows. This claim is supported now; it was undecided.', 'Nothing is running or waiting.');
  // The test takes some seconds.
  equal(/^324\d\ds$/.test(asked[0].last), true);
  await browser.click('@since-seen');
  await count('@since', 0);
  since = sinceLastVisit(api, { draw: () => draw(), onClose() {} }, visit);
  draw();
  await count('@since', 0);
}

export async function aQuietNightIsNotNews() {
  const quiet = { ...DIGEST, finished: 0, failed: [], resumed: [], best: [] };
  let since = Date.now() - HOUR;
  const visit = partial({ since: () => since, verdicts: () => ({}), seenVerdicts() {}, seen: () => { since = 0; } });
  let loaded = false;
  const news = sinceLastVisit(partial({ digest: async () => quiet, claims: async () => { loaded = true; return { dataset: 'd', claims: [] }; } }), { draw() {}, onClose() {} }, visit);
  render(news.template(), root);
  await becomes(() => loaded, true);
  await count('@since', 0);
  // The next news are not those of two nights.
  await becomes(() => since, 0);
}

/** A page that stays open in a hidden tab asks when it is seen again, even before its first answer has arrived. */
export async function whatEndedWhileTheTabWasHiddenIsNews() {
  /** @type {PromiseWithResolvers<void>} */
  const { promise: answered, resolve: answer } = Promise.withResolvers();
  let state = 'visible';
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  let since;
  const visit = partial({ since: () => since, verdicts: () => ({}), seenVerdicts() {}, seen() {} });
  /** @type {(() => void)[]} */
  const closing = [];
  const news = sinceLastVisit(partial({ digest: async () => DIGEST, claims: () => answered.then(() => ({ dataset: 'd', claims: [] })) }),
    { draw: () => render(news.template(), root), onClose: (action) => closing.push(action) }, visit);
  render(news.template(), root);
  state = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  await count('@since', 0);
  since = Date.now() - 35_000;
  state = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  answer();
  await count('@since', 1);
  equal(closing.length, 1);
}

export async function prunedTrialsAreCountedApartFromCancelledJobs() {
  const night = { ...DIGEST, finished: 0, learntNothing: 0, failed: [], resumed: [], best: [], cancelled: 2, pruned: 10 };
  const visit = partial({ since: () => Date.now() - HOUR, verdicts: () => ({}), seenVerdicts() {}, seen() {} });
  const news = sinceLastVisit(partial({ digest: async () => night, claims: async () => ({ dataset: 'd', claims: [] }) }), { draw: () => draw(), onClose() {} }, visit);
  const draw = () => render(news.template(), root);
  await texts('@since li', '2 jobs cancelled.', '10 trials pruned by a search.', 'Nothing is running or waiting.');
}
