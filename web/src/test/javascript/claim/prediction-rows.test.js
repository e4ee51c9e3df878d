import { render } from 'lit-html';
import { all, browser, equal, partial, root, texts } from '../testing.js';
import { predictionRows } from './prediction-rows.js';

export async function onAPhoneAPredictionIsACardWithAllItsNumbers() {
  const prediction = { statement: 'CBAM-ResNet50 above DenseNet-121 in cost of scrambling', sentence: 'A sentence.', tests: 1, adjusted: 0.02, low: 0.01, high: 0.1, difference: { difference: 0.05, bySeed: [0.04, 0.06], images: 1200 } };
  await browser.resize(390, 800);
  render(predictionRows(partial({ id: 'c', claim: 'A claim.', predictions: [prediction, prediction] }), partial({ dataset: 'd' })), root);
  await texts('@predictions-c tbody tr:first-child td', '+5.0', '+1.0 to +10.0', '2', '1,200', '0.020');
  equal(all('.scroll').map(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), [true]);
}
