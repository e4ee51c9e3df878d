import { render } from 'lit-html';
import { deviceList } from '../device/device-list.js';
import { all, equal, partial, root } from '../testing.js';
import { pauseAdvice, reasonWords } from './words.js';

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
