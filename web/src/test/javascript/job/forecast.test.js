import { becomes, browser, equal, events, partial } from '../testing.js';
import { forecast, leftWords } from './forecast.js';

/** The forecast is computed by the server for each who asks, so nobody asks for what nobody sees. */
export async function theForecastIsReadAgainOnlyWhereItIsSeenAndChanges() {
  await browser.installClock();
  let hidden = false;
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  const live = events();
  let reads = 0;
  /** @type {object} */
  let answer = { behind: 12, sweeps: [] };
  /** @type {(() => void)[]} */
  const closing = [];
  forecast(partial({ draw() {}, onClose: (action) => closing.push(action) }), partial({ api: { forecast: async () => (reads++, answer) }, live }));
  await becomes(() => reads, 1);
  await browser.runClock(20_000);
  await becomes(() => reads, 2);
  hidden = true;
  live.send('job', { id: 12 });
  await browser.runClock(60_000);
  equal(reads, 2);
  hidden = false;
  answer = { sweeps: [] };
  document.dispatchEvent(new Event('visibilitychange'));
  await becomes(() => reads, 3);
  await browser.runClock(60_000);
  equal(reads, 3);
  live.send('job', { id: 13 });
  await browser.runClock(4000);
  await becomes(() => reads, 4);
  closing.forEach((close) => close());
  document.dispatchEvent(new Event('visibilitychange'));
  await browser.runClock(60_000);
  equal(reads, 4);
}

/** A running job that says how long it takes decides at once; what is about to end is asked for more often. */
export async function theForecastIsReadAgainWhenAJobTellsItsTimeAndWhenItIsAboutToEnd() {
  await browser.installClock();
  const live = events();
  let reads = 0;
  /** @type {object} */
  let answer = { behind: 12, sweeps: [] };
  /** @type {(() => void)[]} */
  const closing = [];
  const end = forecast(partial({ draw() {}, onClose: (action) => closing.push(action) }), partial({ api: { forecast: async () => (reads++, answer) }, live }));
  await becomes(() => reads, 1);
  live.send('progress', { job: 12, secondsLeft: -1 });
  live.send('progress', { job: 11, secondsLeft: 5 });
  await browser.runClock(3500);
  equal(reads, 1);
  answer = { expectedEnd: new Date(Date.now() + 6000).toISOString(), sweeps: [] };
  live.send('progress', { job: 12, secondsLeft: 6 });
  await browser.runClock(3000);
  await becomes(() => reads, 2);
  await becomes(() => /^about [\d.]+\ss left$/.test(end.queue()), true);
  // It should have ended before the next regular reading, 15 s after the first.
  answer = { behind: 12, sweeps: [] };
  await browser.runClock(7500);
  await becomes(() => reads, 3);
  await becomes(() => end.queue(), 'time left not known yet: it depends on job 12');
  closing.forEach((close) => close());
}

/** The starts that a list shows are of the same forecast, but the list is not told when they move. */
export async function whatDependsOnTheForecastIsReadAgainWithIt() {
  await browser.installClock();
  let hidden = false;
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  let lists = 0;
  /** @type {(() => void)[]} */
  const closing = [];
  forecast(partial({ draw() {}, onClose: (action) => closing.push(action) }), partial({ api: { forecast: async () => ({ behind: 12, sweeps: [] }) }, live: events() }), () => (lists += 1));
  await browser.runClock(14_000);
  equal(lists, 0);
  await browser.runClock(2_000);
  equal(lists, 1);
  hidden = true;
  await browser.runClock(60_000);
  equal(lists, 1);
  hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  equal(lists, 2);
  closing.forEach((close) => close());
}

export async function aSweepWhoseEndNobodyKnowsSaysSo() {
  /** @type {(() => void)[]} */
  const closing = [];
  const answer = { sweeps: [{ id: 'halved' }, { id: 'long' }] };
  const end = forecast(partial({ draw() {}, onClose: (action) => closing.push(action) }), partial({ api: { forecast: async () => answer }, live: events() }));
  await becomes(() => end.sweep(partial({ id: 'halved', halving: {} })), 'time left not known: it depends on which trials are promoted');
  equal([end.sweep({ id: 'long' }), end.sweep({ id: 'ended' }), end.queue()], ['time left not known', '', '']);
  closing.forEach((close) => close());
}

export function theTimeThatIsLeftIsSaidOrWhyItIsNotKnown() {
  const now = Date.parse('2026-01-01T01:00:00Z');
  const left = (seconds) => leftWords({ expectedEnd: new Date(now + 1000 * seconds).toISOString() }, now);
  equal(left(80), 'about 1 min left');
  equal(left(-5), 'about to end');
  equal(left(7200).startsWith('about 2\u00a0h\u00a000\u00a0min left, until about '), true);
  equal(leftWords({ behind: 12 }, now), 'time left not known yet: it depends on job 12');
  equal(leftWords({}, now), '');
}
