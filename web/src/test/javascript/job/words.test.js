import { render } from 'lit-html';
import { deviceList } from '../device/device-list.js';
import { all, equal, partial, root } from '../testing.js';
import { pauseAdvice, placeWords, reasonWords } from './words.js';

export function aStartAndAnEndInTheSameMinuteAreOneTime() {
  const at = (/** @type {number} */ minute, second) => new Date(new Date().setHours(23, minute, second)).toISOString();
  equal(placeWords({ position: 1, expectedStart: at(19, 5), expectedEnd: at(19, 50) }), '1st to start, about 23:19');
  equal(placeWords({ position: 1, expectedStart: at(19, 5), expectedEnd: at(20, 5) }), '1st to start, about 23:19 to 23:20');
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
