import { render } from 'lit-html';
import { shownFigure } from '../charts/figure.js';
import { svgOf } from '../charts/figure-svg.js';
import { browser, contains, equal, only, partial, root, texts, visible } from '../testing.js';
import { comparisonFigure } from './comparison-chart.js';

const figureOf = (rows) => comparisonFigure(partial({ rows, dataset: 'scenes', datasets: ['scenes'] }), 'test', false);

export async function lettersOfNetworksAreExplainedBelowTheChartAndInItsFile() {
  const row = (architecture, label, ...unusual) => ({
    architecture, label, regime: 'from scratch', settings: {}, phrases: ['64 px', 'width 0.5', ...unusual], runs: [], published: {},
  });
  const few = '20 training images per class';
  const figure = figureOf([
    row('resnet50', 'ResNet-50'), row('resnet50', 'ResNet-50', few),
    row('bagnet9', 'BagNet-9'), row('bagnet9', 'BagNet-9', 'sparsity 0.1'), row('bagnet9', 'BagNet-9', few),
    row('bagnet33', 'BagNet-33', '20 epochs'),
  ]);
  const letters = 'Letters tell settings apart. All: from scratch, 64 px, width 0.5. a: nothing else. b: 20 training images per class.'
    + ' c: sparsity 0.1.';
  equal(figure.summary.split('; ').map((words) => words.split(':')[0]), ['ResNet-50 a', 'ResNet-50 b', 'BagNet-9 a', 'BagNet-9 c', 'BagNet-9 b', 'BagNet-33']);
  render(shownFigure(figure), root);
  await texts('@comparison-chart-letters', letters);
  const file = new DOMParser().parseFromString(svgOf(figure, ''), 'image/svg+xml');
  root.textContent = [...file.querySelectorAll('text')].map(({ textContent }) => textContent).join(' ');
  await contains('main', letters);
}

export async function namesBelowManyBarsDoNotOverlapOnAPhone() {
  await browser.resize(390, 800);
  render(shownFigure(figureOf(Array.from({ length: 28 }, (_, i) => ({ architecture: `n${i}`, label: `Network ${i}`, settings: {}, phrases: [], runs: [], published: {} })))), root);
  await visible('@comparison-chart');
  // Words of 12 px that are turned by 60 degrees are 14 px apart.
  equal(only('@comparison-chart').getBoundingClientRect().width > 28 * 14 + 100, true);
  const { scrollWidth, clientWidth } = document.documentElement;
  equal(scrollWidth <= clientWidth, true);
}
