import { render } from 'lit-html';
import { pdfOf } from '../charts/figure-pdf.js';
import { all, becomes, browser, contains, count, equal, has, only, partial, root } from '../testing.js';
import { parallelChart } from './parallel-chart.js';

const column = (name, label, type = 'number') => ({ name, label, type, parameter: true });
const COLUMNS = [column('epochs', 'Epochs'), column('learningRate', 'Learning rate'), column('recipe', 'Recipe', 'text')];
const METRIC = { name: 'validation', label: 'Validation', type: 'share', parameter: false };
const run = (id, accuracy, parameters, outcome = 'finished') => ({ id, label: 'BagNet-9', outcome, parameters, validation: accuracy && { accuracy } });
const RUNS = [
  run(1, 0.5, { epochs: 1, learningRate: 0.001, recipe: 'quick' }, 'pruned'),
  run(2, 0.9, { epochs: 2, learningRate: 0.1, recipe: 'report' }),
  run(3, 0.7, { epochs: 3, learningRate: 0.01 }),
  run(4, undefined, { epochs: 3 }),
];

function shown(runs = RUNS, columns = COLUMNS) {
  const parts = new Map();
  const draw = () => render(parallelChart(partial(runs), partial(columns), partial(METRIC), {
    parts,
    set(name, part) {
      if (part) {
        parts.set(name, part);
      } else {
        parts.delete(name);
      }
      draw();
    },
    clear() {
      parts.clear();
      draw();
    },
  }, 'Sweep rates'), root);
  draw();
}

const keptRuns = () => all('.parallel-run').filter((line) => !line.classList.contains('parallel-off')).map((line) => line.dataset.run).sort();

export async function linesNameTheirRuns() {
  shown();
  await has('@parallel', 'aria-label', 'Parallel coordinates of 3 runs: Epochs, Learning rate, Recipe, Validation. Arrow keys lead from run to run.');
  await count('@parallel >> a', 3);
  await has('a[data-run="2"]', 'aria-label', 'BagNet-9 #2: Epochs 2, Learning rate 0.1, Recipe report, Validation 90.0 %');
  equal(only('a[data-run="2"]').classList.contains('parallel-step-7'), true);
  equal(only('a[data-run="1"]').classList.contains('parallel-step-0'), true);
  only('a[data-run="2"]').focus();
  await browser.press('ArrowDown');
  await becomes(() => /** @type {HTMLElement} */ (document.activeElement).dataset.run, '3');
}

/** Neither the labels of an axis nor its title cross the axis or the title before it. */
export async function axesStandAsFarApartAsTheirLabelsNeed() {
  const columns = [COLUMNS[0], ...Array.from({ length: 7 }, (_, i) => column(`choice${i}`, i % 2 ? 'Of' : 'A setting with a long name', 'text'))];
  const choices = (words) => Object.fromEntries(columns.slice(1).map(({ name }, i) => [name, i % 3 ? words : `${words} with rather many more words`]));
  shown([run(1, 0.5, { epochs: 1, ...choices('one') }), run(2, 0.9, { epochs: 2, ...choices('two') })], columns);
  await count('.parallel-axis', 9);
  const boxes = all('.parallel-axis').map((axis) => ({
    line: /** @type {Element} */ (axis.querySelector('path')).getBoundingClientRect().left,
    labels: [...axis.querySelectorAll('text')].map((text) => text.getBoundingClientRect()),
  }));
  const crossing = boxes.flatMap(({ labels: [title, ...labels] }, i) => {
    const before = boxes[i - 1];
    return before && (title.left < before.labels[0].right || (i < boxes.length - 1 && labels.some(({ left }) => left < before.line))) ? [i] : [];
  });
  equal(crossing, []);
}

export async function keysKeepTheRunsOfAPartOfAnAxis() {
  shown();
  equal(keptRuns(), ['1', '2', '3']);
  only('@brush-validation').focus();
  await browser.press('ArrowUp');
  await becomes(keptRuns, ['2', '3']);
  await contains('@parallel-kept', '2 of 3 runs kept.');
  await has('@brush-validation', 'aria-valuetext', 'from about 50.0 % to 90.0 %');
  await browser.press('Escape');
  await becomes(keptRuns, ['1', '2', '3']);
}

export async function draggingKeepsTheRunsThatPassThere() {
  shown();
  const area = only('@brush-learningRate');
  const { left, top, width, height } = area.getBoundingClientRect();
  const event = (type, part) => new PointerEvent(type, { pointerId: 1, bubbles: true, clientX: left + width / 2, clientY: top + height * (1 - part) });
  area.setPointerCapture = () => {};
  area.dispatchEvent(event('pointerdown', 1));
  area.dispatchEvent(event('pointermove', 0.4));
  area.dispatchEvent(event('pointerup', 0.4));
  await becomes(keptRuns, ['2', '3']);
  only('@brush-clear').click();
  await becomes(keptRuns, ['1', '2', '3']);
}

export async function itIsSavedAsItIsBrushed() {
  /** @type {Blob[]} */
  const saved = [];
  URL.createObjectURL = (blob) => {
    saved.push(/** @type {Blob} */ (blob));
    return '#';
  };
  shown();
  only('@brush-validation').focus();
  await browser.press('ArrowUp');
  await becomes(keptRuns, ['2', '3']);
  await browser.click('@save-parallel-coordinates-svg');
  await becomes(() => saved.length, 1);
  const text = await saved[0].text();
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
  const lines = [...svg.querySelectorAll('.parallel-line')];
  // From the lowest value to the highest: the light theme's ends of the scale; what is not kept is faint.
  equal(lines.map((line) => line.getAttribute('stroke')).filter((_, i) => i !== 1), ['rgb(199, 123, 176)', 'rgb(1, 25, 88)']);
  equal(lines.map((line) => line.getAttribute('opacity')), ['0.12', null, null]);
  equal(text.includes('var(--'), false);
  equal([...svg.querySelectorAll('text')].some(({ textContent }) => textContent?.startsWith('Sweep rates: Epochs, Learning rate')), true);
  equal((await pdfOf(text)).size > 1000, true);
}
