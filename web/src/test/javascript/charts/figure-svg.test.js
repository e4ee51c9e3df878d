import { predictionsFigure } from '../claim/prediction-rows.js';
import { scramblingCurveFigure } from '../scrambling/scrambling-curve-chart.js';
import { equal, illegible, partial } from '../testing.js';
import { keepFigureFormat, suiting } from './figure-format.js';
import { drawnFigure } from './figure-svg.js';

const measured = (mean) => ({ mean, values: [mean], low: mean - 0.02, high: mean + 0.02, n: 1, images: 1200, interval: 'wilson' });

export function labelsOfPredictionsAreWholeInOneColumn() {
  const prediction = (statement, i) => ({ statement, sentence: `${statement}.`, tests: 1, low: -0.1 * i, high: 0.1, difference: { difference: 0.05, bySeed: [0.04, 0.06], images: 1200 } });
  const statements = ['BagNet-17 above BagNet-9 in test accuracy', 'CBAM-ResNet50 above DenseNet-121 in cost of scrambling', 'BagNet-33 loses less than 10 points if its patches are trained'];
  keepFigureFormat(suiting('column'));
  equal(illegible(/** @type {any} */ (drawnFigure(predictionsFigure(partial({ id: 'c', claim: 'A claim.', predictions: statements.map(prediction), planned: 3 }), partial({ dataset: 'd' }))))), []);
}

export function labelsOfTileSizesDoNotOverlapInOneColumnAndSayMoreInTwo() {
  const point = (grid, tile) => ({ grid, tile, accuracy: measured(0.5 - grid / 100), agreement: 0.5, permutations: 10, withinTile: 0.6 / grid });
  const curves = [['bagnet9', 'BagNet-9', 9], ['bagnet17', 'BagNet-17', 17], ['bagnet33', 'BagNet-33', 33], ['resnet50', 'ResNet-50', undefined]].map(([architecture, label, receptiveField]) => ({
    architecture, label, receptiveField, settings: { dataset: 'd', imageSize: 64 }, phrases: ['64 px'], regime: 'from scratch', runs: [1], whole: measured(0.9), classes: [],
    points: [point(2, 32), point(4, 16), point(7, 9), point(8, 8), point(14, 4)].map((each) => ({ ...each, withinTile: receptiveField === undefined ? undefined : each.withinTile })),
  }));
  const figure = scramblingCurveFigure(partial(curves), partial({ dataset: 'controlled-15', chance: 1 / 15 }));
  const words = ['column', 'columns'].map((width) => {
    keepFigureFormat(suiting(/** @type {'column'} */ (width)));
    const drawing = drawnFigure(figure);
    equal([width, ...illegible(/** @type {any} */ (drawing))], [width]);
    return drawing.textContent?.includes('px field:');
  });
  equal(words, [false, true]);
}
