import { render } from 'lit-html';
import { clock } from '../app/format.js';
import { deviceList } from '../device/device-list.js';
import { all, equal, partial, root } from '../testing.js';
import { pauseAdvice, placeWords, reasonWords } from './words.js';

export function aStartAndAnEndInTheSameMinuteAreOneTime() {
  const tomorrow = new Date(Date.now() + 86_400_000).setHours(12, 19, 0, 0);
  const at = (/** @type {number} */ seconds) => new Date(tomorrow + 1000 * seconds).toISOString();
  equal(placeWords({ position: 1, expectedStart: at(5), expectedEnd: at(50) }), `1st to start, about ${clock(at(0))}`);
  equal(placeWords({ position: 1, expectedStart: at(5), expectedEnd: at(65) }), `1st to start, about ${clock(at(0))} to ${clock(at(60))}`);
}

/** The starts of a short queue are in one minute. */
export function aStartThatIsNearIsATimeUntilThen() {
  const at = (/** @type {number} */ seconds) => new Date(Date.now() + 1000 * seconds + 400).toISOString();
  const start = (/** @type {number} */ seconds) => placeWords({ position: 2, expectedStart: at(seconds) });
  equal(start(40), '2nd to start, in about 40 s');
  equal(start(125), '2nd to start, in about 2 min');
  equal(start(0), '2nd to start, any moment');
  const end = at(9000);
  equal(placeWords({ position: 2, expectedStart: at(40), expectedEnd: end }), '2nd to start, in about 40 s, for about 2 h 29 min');
}

/** What was expected before the connection was lost, or of a job that has not started in time, is a time no longer. */
export function aStartThatHasMovedIsNoTime() {
  const at = (/** @type {number} */ seconds) => new Date(Date.now() + 1000 * seconds).toISOString();
  equal(placeWords({ position: 2, expectedStart: at(-30), expectedEnd: at(60) }), '2nd to start');
  equal(placeWords({ position: 2, expectedStart: at(-5) }), '2nd to start, any moment');
  equal(placeWords({ position: 2, expectedStart: at(40) }, at(-5)), '2nd to start');
  equal(placeWords({ position: 2, behind: 7 }, at(-5)), '2nd to start');
}

/** Words may be said differently at any time: what the page does depends on codes. */
export function whatIsSaidInWordsDecidesNothing() {
  equal(pauseAdvice(partial({ reason: 'anders gesagt', causeCode: 'rung-reached' })).includes('rung'), true);
  equal(pauseAdvice(partial({ reason: 'waits after epoch 3', lastEpoch: 3, causeCode: 'error' })).includes('rung'), false);
  equal(reasonWords(partial({ reason: 'anders gesagt', causeCode: 'paused' })), '');
  equal(reasonWords(partial({ reason: 'paused', causeCode: 'paused-after-run' })), 'paused');
  const refusals = (more) => {
    const gpu = { name: 'GPU', slots: 0, busy: 0, threads: 0, refusal: 'broken', ...more };
    render(deviceList(partial([{ name: 'CPU', slots: 1, busy: 0, threads: 1, fallback: 'broken' }, gpu])), root);
    return all('main @device-refusal').length;
  };
  equal([refusals({}), refusals({ inFallback: true })], [1, 0]);
}
