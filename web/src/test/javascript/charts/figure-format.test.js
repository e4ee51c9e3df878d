import { render } from 'lit-html';
import { comparisonFigure } from '../comparison/comparison-chart.js';
import { all, browser, equal, partial, root } from '../testing.js';
import { shownFigure } from './figure.js';
import { svgOf } from './figure-svg.js';

const figureOf = () => comparisonFigure(partial({ rows: ['ResNet-50', 'BagNet-9'].map((label) => ({ architecture: label, label, settings: {}, phrases: [], runs: [], published: { test: 0.8 } })), dataset: 'scenes', datasets: ['scenes'] }), 'test', true);

/** @param {string} svg */
const read = (svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;

export async function aFigureIsAsWideAndItsTextAsLargeAsChosenWhereverItIsSaved() {
  localStorage.clear();
  render([shownFigure(figureOf()), shownFigure({ ...figureOf(), name: 'second', testId: 'second' })], root);
  equal(read(svgOf(figureOf(), 'x')).getAttribute('width'), '752');
  await browser.select('main [data-format=width] >> nth=0', 'column');
  equal(all('[data-format=width]').map((each) => /** @type {HTMLSelectElement} */ (each).value), ['column', 'column']);
  equal(all('[data-format=text]').map((each) => /** @type {HTMLSelectElement} */ (each).value), ['8', '8']);
  const drawn = read(svgOf(figureOf(), 'x'));
  equal(drawn.getAttribute('width'), '84mm');
  // Text of 8 points is 12 units high: 84 mm are 238.11 points.
  equal(drawn.getAttribute('viewBox')?.split(' ')[2], String(Number(((238.1102 / 8) * 12).toFixed(2))));
  equal([...drawn.querySelectorAll('text')].every((text) => Number(text.getAttribute('x')) < 358), true);
  const said = () => [...read(svgOf(figureOf(), 'x')).querySelectorAll('text')].some((text) => text.textContent?.startsWith('From x'));
  equal([said(), read(svgOf(figureOf(), 'x')).querySelector('desc')?.textContent?.endsWith('From x')], [false, true]);
  await browser.click('main [data-format=caption] >> nth=0');
  equal(all('[data-format=caption]').map((each) => /** @type {HTMLInputElement} */ (each).checked), [true, true]);
  equal(said(), true);
  localStorage.setItem('bagnetlab.figure-format', 'something else');
  equal(read(svgOf(figureOf(), 'x')).getAttribute('width'), '752');
  localStorage.clear();
}
