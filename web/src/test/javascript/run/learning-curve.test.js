import { render } from 'lit-html';
import { chartOf } from '../charts/figure.js';
import { Chart } from '../charts/library.js';
import { becomes, equal, has, only, partial, root } from '../testing.js';
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

const losses = (...values) => values.map((loss, i) => ({
  epoch: i + 1, learningRate: 1, trainLoss: loss, trainAccuracy: 0.5, validationLoss: loss, validationAccuracy: 0.5, best: i === 0, seconds: 1,
}));

/** @param {(number|null)[]} values */
async function axisOf(values) {
  render(chartOf(learningCurve(partial(losses(...values)), values.length, 'loss', 'A run')), root);
  let type;
  await becomes(() => (type = Chart.getChart(/** @type {HTMLCanvasElement} */ (only('main canvas')))?.scales.y.type) !== undefined, true);
  return type;
}

export async function lossesBesideOneThatExplodedStayReadable() {
  equal(await axisOf([2.7, 1.1, 0.4, 4e7, null]), 'logarithmic');
}

export async function lossesThatFallHaveALinearAxis() {
  equal(await axisOf([2.7, 1.1, 0.004]), 'linear');
}
