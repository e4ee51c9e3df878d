import { html, render } from 'lit-html';
import { count, equal, root, texts } from '../testing.js';
import { csvOf, latexOf, textOf } from '../controls/table-content.js';
import { measured } from './measured.js';
import { oneRun } from './one-run.js';

/** @param {number} n @returns {any} */
const value = (n) => ({ mean: 0.5, values: Array(n).fill(0.5), low: 0.4, high: 0.6, n, images: 100, interval: n === 1 ? 'wilson' : 'seeds' });

/** @param {number[]} seeds of each row */
function table(seeds) {
  const single = oneRun(seeds.map((n) => [value(n), undefined]));
  render(html`<table><thead><tr><th>Seeds</th><th>Test</th></tr></thead>
    <tbody>${seeds.map((n) => html`<tr><th>${n}</th><td class="number">${measured(value(n), single.marked)}</td></tr>`)}</tbody></table>${single.note}`, root);
  return { common: single.common, table: /** @type {HTMLTableElement} */ (root.querySelector('table')) };
}

export async function whatAllRowsAreIsSaidOnce() {
  equal(table([1, 1]).common, ['one run each']);
  await count('.one-run', 0);
  await count('@one-run', 0);
}

export async function numbersOfOneRunAmongOthersHaveAMark() {
  const { common, table: marked } = table([1, 4]);
  equal(common, []);
  await texts('tr:nth-child(1) .one-run', '* this run only');
  await count('.one-run', 1);
  await texts('@one-run', '* One run only, which says nothing of the spread over seeds.');
  equal(textOf(marked), 'Seeds\tTest\n1\t50.0 40.0–60.0; this run only\n4\t50.0 40.0–60.0\n');
  equal(latexOf(marked).includes('\\textsuperscript{a}~this run only'), true);
  equal(csvOf(marked).trim().split('\n').map((line) => line.split(',').at(-1)), [' interval over"', 'images', 'seeds']);
}

export async function nothingIsSaidOfNumbersOverSeeds() {
  equal(table([3, 4]).common, []);
  await count('.one-run', 0);
  equal(oneRun([[undefined], [undefined]]).common, []);
}
