import { render } from 'lit-html';
import { equal, partial, root, texts } from '../testing.js';
import { trained, trainedAlike, trainedDifferently } from './trained.js';

const row = (...phrases) => partial({ regime: 'from scratch', settings: {}, phrases });

export async function whatAllWereTrainedWithIsNotRepeated() {
  const rows = [row('64 px', 'rate 0.01', '2 epochs'), row('64 px', 'rate 0.1', '2 epochs')];
  const common = trainedAlike(rows);
  equal(common, ['from scratch', '64 px', '2 epochs']);
  equal(trainedDifferently(rows), true);
  render(trained(rows[1], common), root);
  await texts('main', 'rate 0.1');
}

export async function oneRowSaysHowItWasTrained() {
  const one = row('64 px');
  equal(trainedAlike([one]), []);
  equal(trainedDifferently([one]), true);
  equal(trainedDifferently([one, one]), false);
  render(trained(one, []), root);
  await texts('main', 'from scratch 64 px');
}
