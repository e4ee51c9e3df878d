import { render } from 'lit-html';
import { drawnFigure } from '../charts/figure-svg.js';
import { all, browser, contains, equal, partial, root, texts } from '../testing.js';
import { predictionRows, predictionsFigure } from './prediction-rows.js';

const prediction = (difference, tests) => ({ statement: 'CBAM-ResNet50 above DenseNet-121 in cost of scrambling', sentence: 'A sentence.', tests, adjusted: 0.02, low: 0.01, high: 0.1, difference: { difference, bySeed: [0.04, 0.06], images: 1200 } });

export async function onAPhoneAPredictionIsACardWithAllItsNumbers() {
  await browser.resize(390, 800);
  render(predictionRows(partial({ id: 'c', claim: 'A claim.', predictions: [prediction(0.05, 1), prediction(0.05, 1)], planned: 2 }), partial({ dataset: 'd' })), root);
  await texts('@predictions-c tbody tr:first-child td', '+5.0', '+1.0 to +10.0', '2', '1,200', '0.020');
  equal(all('.scroll').map(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), [true]);
}

/** Of a claim that needs all its predictions, those above zero are tested at the full level. */
export async function onlyCorrectedValuesAreSaidToBeCorrected() {
  const shown = (...predictions) => {
    render(predictionRows(partial({ id: 'c', claim: 'A claim.', predictions, planned: predictions.length }), partial({ dataset: 'd' })), root);
    return [root.querySelector('th:last-child')?.textContent, root.querySelector('td:last-child')?.getAttribute('data-label')];
  };
  equal(shown(prediction(0.05, 1), prediction(0.02, 1)), ['p', 'p']);
  equal(shown(prediction(0.05, 1), prediction(-0.02, 2)), ['pcorrected', 'p, corrected']);
  await contains('@predictions-c tbody tr:nth-child(2)', 'for 2 tests');
}

/** An upper end is corrected for all predictions that can contradict the claim, even those that nothing was measured of. */
export function anIntervalOfSeveralPredictionsHoldsForThemTogether() {
  const words = (planned) => drawnFigure(predictionsFigure(partial({ id: 'c', claim: 'A claim.', predictions: [prediction(0.05, 1)], planned }), partial({ dataset: 'd' }))).textContent ?? '';
  equal([1, 6].map((planned) => [words(planned).includes('interval of the prediction'), words(planned).includes('intervals of all predictions of the claim together')]), [[true, false], [false, true]]);
}
