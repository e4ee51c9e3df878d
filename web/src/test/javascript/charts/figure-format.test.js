import { render } from 'lit-html';
import { comparisonFigure } from '../comparison/comparison-chart.js';
import { all, browser, equal, partial, root } from '../testing.js';
import { shownFigure } from './figure.js';
import { LINE, svgOf } from './figure-svg.js';

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

/** A paper's caption cannot explain letters that it does not know of, and is there for all that a legend says in many words. */
export function aFigureOfOneColumnHasTheKeyOfItsLettersAndIsMostlyChart() {
  const value = { mean: 0.8, values: [0.7, 0.9], n: 2, images: 100 };
  const row = (architecture, words) => ({ architecture, label: architecture, regime: 'from scratch', settings: {}, phrases: words, runs: [1, 2], published: { test: 0.8 }, test: value, validation: value, ceiling: 0.733, readouts: { linear: 0.88, best: 0.992 } });
  const rows = ['ResNet-50', 'BagNet-17', 'BagNet-33'].flatMap((name) => [row(name, ['64 px', 'width 0.5']), row(name, ['64 px', 'width 1', '24 epochs'])]);
  const figure = comparisonFigure(partial({ rows, dataset: 'controlled-15', chance: 1 / 15 }), 'test', true);
  localStorage.setItem('bagnetlab.figure-format', JSON.stringify({ width: 'column', text: 8, caption: false }));
  const drawn = read(svgOf(figure, 'x'));
  localStorage.clear();
  const said = [...drawn.querySelectorAll('text')].map(({ textContent }) => textContent).join(' ');
  equal([said.includes(figure.letters ?? '?'), said.includes('Measured on'), said.includes('linear-bag limit'), said.includes('cross-entropy')], [true, false, true, false]);
  const height = Number(drawn.getAttribute('viewBox')?.split(' ')[3]);
  // The chart is from its place to the line above the key.
  const top = Number(/ ([\d.]+)\)/.exec([...drawn.querySelectorAll(':scope > g')].at(-1)?.getAttribute('transform') ?? '')?.[1]);
  const key = Number([...drawn.querySelectorAll('text')].find(({ textContent }) => textContent?.startsWith('Letters'))?.getAttribute('y'));
  const chart = key - LINE - top;
  equal([chart > 200, chart >= 0.6 * height], [true, true]);
}
