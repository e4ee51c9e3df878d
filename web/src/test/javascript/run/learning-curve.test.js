import { render } from 'lit-html';
import { chartOf } from '../charts/figure.js';
import { Chart } from '../charts/library.js';
import { palette } from '../charts/palette.js';
import { becomes, equal, has, only, partial, root } from '../testing.js';
import { learningCurve, learningLegend } from './learning-curve.js';

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

/** The legend names the loss of guessing, and the losses of a network that learns may all be lower. */
export async function theLossOfGuessingIsOnTheAxis() {
  render(chartOf(learningCurve(partial(losses(2.4, 1.1)), 2, 'loss', 'A run', { chance: 1 / 15 })), root);
  await becomes(() => (Chart.getChart(/** @type {HTMLCanvasElement} */ (only('main canvas')))?.scales.y.max ?? 0) >= Math.log(15), true);
}

/** The lines that mark a chart. @param {'accuracy'|'loss'} quantity @param {Record<string, unknown>} beside @param {number[]} values */
function marksOf(quantity, beside, values) {
  const [{ configure }] = learningCurve(partial(losses(...values)), values.length, quantity, 'A run', partial(beside)).panels;
  return partial(configure(palette())).options.plugins;
}

export function chanceIsALineInBothCharts() {
  equal(marksOf('accuracy', { chance: 1 / 15 }, [2.7, 1.1]).chance.y.toFixed(2), '6.67');
  equal(marksOf('loss', { chance: 1 / 15 }, [2.7, 1.1]).chance.y.toFixed(2), '2.71');
  equal(marksOf('loss', {}, [2.7, 1.1]).chance.y, undefined);
  equal(learningLegend({ chance: 1 / 15 }).at(-1), ['chance', 'chance, one of 15 classes: accuracy 6.7 %, loss 2.71']);
}

export async function theEpochAtWhichATrainingWentWrongIsMarked() {
  const wrong = { trouble: 'chance', troubleSince: 3 };
  const { onset } = marksOf('accuracy', wrong, [1, 2, 3]);
  equal([onset.x, onset.label], [3, 'at chance from epoch 3 on']);
  equal(marksOf('accuracy', {}, [1, 2]).onset.x, undefined);
  render(chartOf(learningCurve(partial(losses(1, 2, 3)), 3, 'loss', 'A run', partial(wrong))), root);
  await has('main canvas', 'aria-label', 'Loss over epochs. After epoch 3: training 3.00, validation 3.00. Marked at chance from epoch 3 on.');
}

/** The first epoch of these has the highest accuracy; a training can be told to keep its last one. */
export async function theEpochThatIsKeptIsMarked() {
  const marked = (keep, running = false) => {
    const [{ configure }] = learningCurve(partial(losses(1, 2, 3)), 3, 'accuracy', 'A run', { keep, running }).panels;
    return partial(configure(palette())).data.datasets[0].pointRadius.indexOf(6);
  };
  equal([marked(undefined), marked('best'), marked('last'), marked('last', true)], [0, 0, 2, -1]);
  equal(learningLegend({ keep: 'last' }).at(-1), ['best', 'kept epoch: the last']);
}
