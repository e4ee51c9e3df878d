import { render } from 'lit-html';
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

function shown() {
  const parts = new Map();
  const draw = () => render(parallelChart(partial(RUNS), partial(COLUMNS), partial(METRIC), {
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
  }), root);
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
