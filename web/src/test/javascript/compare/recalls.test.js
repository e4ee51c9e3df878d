import { render } from 'lit-html';
import { count, partial, root, texts } from '../testing.js';
import { recalls } from './recalls.js';

const run = (id, values) => ({
  row: { id, label: 'BagNet-9' },
  classes: { results: Object.entries(values).map(([name, value]) => ({ axes: { class: name }, metric: 'recall', set: 'test', value })) },
});
const REFERENCE = run(1, { sea: 0.9, forest: 0.5 });
const OTHER = run(2, { sea: 0.3, forest: 0.6 });
const PAIR = {
  byClass: {
    sentence: 'They differ in 1: sea.',
    classes: [
      { name: 'forest', difference: 0.1, low: -0.05, high: 0.25, adjusted: 0.4, significant: false },
      { name: 'sea', difference: -0.6, low: -0.72, high: -0.48, adjusted: 0.0002, significant: true },
    ],
  },
};

export async function theDifferenceOfTwoRunsIsTestedInEachClass() {
  render(recalls(partial([REFERENCE, OTHER]), 'test', partial(PAIR)), root);
  await texts('@recalls-sentence', 'They differ in 1: sea.');
  await texts('thead th', 'Class', 'BagNet-9 #1', 'BagNet-9 #2', 'Difference', '95 % interval', 'pHolm-corrected for 2 comparisons');
  await texts('tr[data-class=sea] td', '90.0 %', '30.0 %', '−60.0', '−72.0 to −48.0', '< 0.001');
  await texts('tr[data-class=forest] td', '50.0 %', '60.0 %', '+10.0', '−5.0 to +25.0', '0.400');
  await texts('.clear', '−60.0');
}

export async function severalRunsHaveNoTestOfEachClass() {
  render(recalls(partial([REFERENCE, OTHER, run(3, { sea: 0.4, forest: 0.7 })]), 'test'), root);
  await texts('thead th', 'Class', 'BagNet-9 #1', 'BagNet-9 #2', 'BagNet-9 #3', 'Spread');
  await count('@recalls-sentence', 0);
}
