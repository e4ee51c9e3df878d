import { render } from 'lit-html';
import { chartOf } from '../charts/figure.js';
import { Chart } from '../charts/library.js';
import { becomes, has, only, partial, root } from '../testing.js';
import { learningCurve } from './learning-curve.js';

export async function aLossThatDivergedIsNoPoint() {
  const epoch = (epoch, loss) => ({
    epoch, learningRate: 1, trainLoss: loss, trainAccuracy: 0.5, validationLoss: loss,
    validationAccuracy: 0.5, best: epoch === 1, seconds: 1,
  });
  render(chartOf(learningCurve(partial([epoch(1, 2), epoch(2, null)]), 2, 'loss', 'A run')), root);
  await has('main canvas', 'aria-label', 'Loss over epochs. After epoch 2: training –, validation –.');
  const validation = () => Chart.getChart(/** @type {HTMLCanvasElement} */ (only('main canvas')))?.data.datasets[0].data;
  await becomes(() => validation()?.map((point) => Number.isFinite(partial(point).y)), [true, false]);
}
