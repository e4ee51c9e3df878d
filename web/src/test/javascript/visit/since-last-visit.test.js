import { render } from 'lit-html';
import { all, becomes, browser, count, equal, events, has, partial, root, texts, words } from '../testing.js';
import { lastVisit } from './last-visit.js';
import { sinceLastVisit } from './since-last-visit.js';

const HOUR = 3_600_000;

/** @returns {() => Storage} */
function storage() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return () => partial({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) });
}

/**
 * The part of the first page that tells what happened.
 *
 * @param {object} api
 * @param {ReturnType<typeof lastVisit>} visit
 * @param {ReturnType<typeof events>} [live]
 * @returns {() => void} leaves the page
 */
function openFirstPage(api, visit, live = events()) {
  /** @type {(() => void)[]} */
  const closing = [];
  const draw = () => render(news.template(), root);
  const news = sinceLastVisit({ draw, onClose: (action) => closing.push(action) }, partial({ api, live }), visit);
  draw();
  return () => closing.forEach((action) => action());
}

/** @param {{send: (type: string, data: unknown) => void}} live @param {boolean} lost */
function connection(live, lost) {
  Object.assign(live, lost ? { lostAt: new Date().toISOString() } : { lostAt: undefined, restoredAt: Date.now() });
  live.send('connection', { lost });
}

export function aVisitIsRememberedUntilItsNewsAreSeen() {
  let now = 100 * HOUR;
  const visit = lastVisit(storage(), () => now);
  visit.look();
  equal(visit.since(), undefined);
  now += 35_000;
  visit.look();
  equal(visit.since(), 100 * HOUR);
  now += 9 * HOUR;
  visit.look();
  equal(visit.since(), 100 * HOUR);
  visit.seen();
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

const DIGEST = {
  finished: 12, learntNothing: 2, cancelled: 0, pruned: 0, failed: [{ cause: 'out of memory', jobs: 3 }], open: 0,
  sweeps: [],
  resumed: [{ job: 12, title: 'BagNet-33 on d', how: 'resumed from epoch 7 of 30 (the server was stopped)' }],
  best: [
    { architecture: 'bagnet33', label: 'BagNet-33', dataset: 'd', run: 12, test: 0.931, beforeRun: 4, before: 0.91 },
    { architecture: 'bagnet9', label: 'BagNet-9', dataset: 'd', run: 13, test: 0.3, beforeRun: 5, before: 0.4 },
  ],
};

const QUIET = { ...DIGEST, finished: 0, learntNothing: 0, failed: [], resumed: DIGEST.resumed.slice(0, 0), best: [] };

/** @param {() => object} digest */
const lab = (digest) => ({ digest: async () => digest(), claims: async () => ({ dataset: 'd', claims: [] }) });

/** Another page, a hidden tab, or a page without its server is not the first page in view. */
export async function onlyTheFirstPageInViewOfAServerThatAnswersIsLookedAt() {
  /** @type {string[]} */
  const calls = [];
  let state = 'hidden';
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  const live = events();
  const visit = partial({ look: () => calls.push('look'), leave: () => calls.push('leave'), since: () => undefined, verdicts: () => ({}), seenVerdicts() {} });
  const close = openFirstPage(lab(() => QUIET), visit, live);
  dispatchEvent(new Event('pagehide'));
  equal(calls, []);
  state = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  equal(calls.splice(0), ['look']);
  dispatchEvent(new Event('pagehide'));
  equal(calls.splice(0), ['leave']);
  state = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  equal(calls.splice(0), ['leave']);
  connection(live, true);
  state = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  equal(calls, []);
  connection(live, false);
  equal(calls.splice(0), ['look']);
  connection(live, true);
  equal(calls.splice(0), ['leave']);
  connection(live, false);
  equal(calls.splice(0), ['look']);
  close();
  equal(calls.splice(0), ['leave']);
  document.dispatchEvent(new Event('visibilitychange'));
  equal(calls, []);
}

export async function aServerThatWasKilledInFrontOfTheReaderTellsWhatWentOn() {
  await browser.installClock();
  let digest = QUIET;
  const live = events();
  openFirstPage(lab(() => digest), lastVisit(storage()), live);
  await browser.runClock(HOUR);
  connection(live, true);
  await browser.runClock(4000);
  connection(live, false);
  await browser.runClock(2000);
  await count('@since', 0);
  // The job starts after the first answer of the new server.
  digest = { ...QUIET, resumed: DIGEST.resumed };
  live.send('job', { id: 12, state: 'RUNNING' });
  await browser.runClock(1000);
  await texts('@since li', '#12 BagNet-33 on d: resumed from epoch 7 of 30 (the server was stopped).', 'Nothing is running or waiting.');
}

export async function aServerThatWasKilledInFrontOfAnotherPageIsToldOnTheFirst() {
  await browser.installClock();
  let digest = QUIET;
  const live = events();
  const visit = lastVisit(storage());
  const leave = openFirstPage(lab(() => digest), visit, live);
  await browser.runClock(HOUR);
  leave();
  connection(live, true);
  await browser.runClock(4000);
  connection(live, false);
  openFirstPage(lab(() => digest), visit, live);
  await browser.runClock(2000);
  await count('@since', 0);
  digest = { ...QUIET, resumed: DIGEST.resumed };
  live.send('job', { id: 12, state: 'RUNNING' });
  await browser.runClock(1000);
  await count('@since', 1);
}

export async function aServerThatCameBackWithoutNewsWasSeen() {
  await browser.installClock();
  const live = events();
  const visit = lastVisit(storage());
  openFirstPage(lab(() => QUIET), visit, live);
  connection(live, true);
  await browser.runClock(4000);
  connection(live, false);
  equal(visit.since() === undefined, false);
  await browser.runClock(61_000);
  await becomes(() => visit.since(), undefined);
}

/** Who looks at another page for a moment knows that jobs finish. */
export async function afterAShortAbsenceOnlyWhatMattersIsNews() {
  const absent = (/** @type {number} */ seconds) => {
    let since = /** @type {number|undefined} */ (Date.now() - 1000 * seconds);
    return partial({ look() {}, leave() {}, since: () => since, verdicts: () => ({}), seenVerdicts() {}, seen: () => { since = undefined; } });
  };
  const finished = { ...QUIET, finished: 1 };
  const short = absent(20);
  openFirstPage(lab(() => finished), short);
  await becomes(() => short.since(), undefined);
  await count('@since', 0);
  openFirstPage(lab(() => finished), absent(70));
  await texts('@since li', '1 job finished.', 'Nothing is running or waiting.');
  openFirstPage(lab(() => ({ ...finished, sweeps: [{ sweep: 'widths', counts: { SUCCEEDED: 6, FAILED: 1, PRUNED: 2 } }] })), absent(20));
  await texts('@since li', '1 job finished.', 'Sweep widths has ended: 6 succeeded, 2 pruned, 1 failed.', 'Nothing is running or waiting.');
  await has('@since a >> nth=1', 'href', '#/sweeps/widths');
  openFirstPage(lab(() => ({ ...QUIET, failed: DIGEST.failed })), absent(20));
  await texts('@since li', '3 jobs failed: out of memory.', 'Nothing is running or waiting.');
}

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
  const leave = openFirstPage(api, visit);
  await becomes(() => visit.verdicts('d'), { one: 'undecided' });
  await count('@since', 0);
  leave();
  now = Date.now();
  verdict = 'supported';
  const leaveAgain = openFirstPage(api, visit);
  await texts('@since li', '12 jobs finished; 2 of them learnt nothing.', '3 jobs failed: out of memory.',
    '#12 BagNet-33 on d: resumed from epoch 7 of 30 (the server was stopped).',
    'BagNet-33 on d: the best by validation accuracy is run #12, with 93.1 % of test images right; the best before, #4, had 91.0 %.',
    'Claims: It grows. This claim is supported now; it was undecided.', 'Nothing is running or waiting.');
  equal(all('@since li a').slice(0, 2).map((link) => [words(link), link.getAttribute('href')]), [['12 jobs', '#/queue?state=SUCCEEDED'], ['3 jobs', '#/queue?state=FAILED']]);
  // The test takes some seconds.
  equal(/^324\d\ds$/.test(asked[0].last), true);
  await browser.click('@since-seen');
  await count('@since', 0);
  leaveAgain();
  openFirstPage(api, visit);
  await count('@since', 0);
}

export async function aQuietNightIsNotNews() {
  let since = Date.now() - HOUR;
  const visit = partial({ look() {}, since: () => since, verdicts: () => ({}), seenVerdicts() {}, seen: () => { since = 0; } });
  openFirstPage(lab(() => QUIET), visit);
  // The next news are not those of two nights.
  await becomes(() => since, 0);
  await count('@since', 0);
}

/** A page that stays open in a hidden tab asks when it is seen again, even before its first answer has arrived. */
export async function whatEndedWhileTheTabWasHiddenIsNews() {
  /** @type {PromiseWithResolvers<void>} */
  const { promise: answered, resolve: answer } = Promise.withResolvers();
  let state = 'visible';
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  let since;
  const visit = partial({ look() {}, leave() {}, since: () => since, verdicts: () => ({}), seenVerdicts() {}, seen() {} });
  openFirstPage({ digest: async () => DIGEST, claims: () => answered.then(() => ({ dataset: 'd', claims: [] })) }, visit);
  state = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  await count('@since', 0);
  since = Date.now() - 35_000;
  state = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  answer();
  await count('@since', 1);
}

export async function prunedTrialsAreCountedApartFromCancelledJobs() {
  const visit = partial({ look() {}, since: () => Date.now() - HOUR, verdicts: () => ({}), seenVerdicts() {}, seen() {} });
  openFirstPage(lab(() => ({ ...QUIET, cancelled: 2, pruned: 10 })), visit);
  await texts('@since li', '2 jobs cancelled.', '10 trials pruned by a search.', 'Nothing is running or waiting.');
}
