import { render } from 'lit-html';
import { browser, contains, equal, partial, root, texts } from '../testing.js';
import { rungs } from './rungs.js';

const trial = (job, rank, promoted) => ({ job, accuracy: 0.367, rank, promoted });

/** Words of a trial and of its outcome take several lines, and the page does not scroll to the side. */
export async function rungsFitOnAPhone() {
  await browser.resize(390, 800);
  const halving = { factor: 2, firstEpochs: 1, rungs: [{ epoch: 1, trials: [trial(23, 1, true), trial(24, 2, false)] }, { epoch: 4, trials: [trial(23, 1, true)] }] };
  render(rungs({ draw() {} }).template(partial(halving), partial({
    job: (id) => ({ id, state: 'SUCCEEDED' }), words: () => 'width 0.0625, learning rate 0.008', best: [23],
  })), root);
  await texts('.rung caption strong', 'After 1 epoch', 'After 4 epochs');
  await contains('main', 'compared by the validation accuracy of the epoch that they would keep');
  equal(document.documentElement.scrollWidth <= 390, true);
}
