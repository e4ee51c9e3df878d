import { equal, partial } from '../testing.js';
import { secondsLeft } from './time-left.js';

export function aSweepSaysHowMuchTimeIsLeftOnceAJobSaysSo() {
  const now = Date.parse('2026-01-01T01:00:00Z');
  const at = (seconds) => new Date(now + 1000 * seconds).toISOString();
  const job = (state, architecture, more) => ({ state, spec: { kind: 'train', architecture }, ...more });
  const queued = (architecture) => job('QUEUED', architecture);
  const running = (secondsLeft) => job('RUNNING', 'a', { startedAt: at(-40), progress: { secondsLeft } });
  const ended = (architecture, took) => job('SUCCEEDED', architecture, { startedAt: at(-1), endedAt: at(0), seconds: took });
  const left = (...jobs) => secondsLeft(partial(jobs), now);
  equal(left(queued('a'), running(-1)), undefined);
  // Of an own estimate, of those that ended, two at once, and of another network.
  equal(left(queued('a'), running(20)), 80);
  equal(left(queued('a'), queued('b'), running(-1), ended('a', 100), ended('b', 300)), 460);
  equal(left(queued('a'), running(60), running(60)), 110);
  equal(left(queued('c'), ended('a', 100), ended('b', 300)), 200);
  equal(left(ended('a', 100), job('FAILED', 'a')), undefined);
  // The longest; more epochs.
  equal(left(queued('a'), ended('a', 5), ended('a', 100)), 100);
  equal(left({ ...queued('a'), spec: { kind: 'train', architecture: 'a', epochs: 100 } }, ended('a', 100), ended('a', 200)), 150);
}
