import { render } from 'lit-html';
import { browser, count, has, partial, root, texts, visible } from '../testing.js';
import { classRecalls } from './class-recalls.js';

export async function classesAreShownBySetWithTheirConfusion() {
  const value = (set, name, metric, value) => ({ output: '', set, axes: { class: name }, metric, value, images: 4 });
  const statistic = partial({
    statistic: 'classes',
    results: [
      value('test', 'a', 'recall', 0.75), value('test', 'a', 'precision', 1), value('test', 'a', 'images', 4),
      value('test', 'b', 'recall', 0.5), value('test', 'b', 'images', 4), value('scrambled', 'a', 'images', 4),
    ],
    matrices: [{ output: 'confusion', set: 'test', rows: ['a', 'b'], columns: ['a', 'b'], values: [[3, 1], [2, 2]] }],
    published: { source: 'the report', results: [{ metric: 'precision', set: 'test', axes: { class: 'a' }, value: 0.9 }] },
  });
  let chosen;
  const draw = () => render(classRecalls(statistic, { chosen, choose: (set) => { chosen = set; draw(); } }), root);
  draw();
  await texts('@recalls-test tr[data-class=a] td.number', '75.0 30.1–95.4', '–', '100.0', '90', '–', '–', '4');
  await texts('@confusion-test td >> nth=2', '1');
  await texts('@confusions > span', 'Most frequent', 'b → a 2', 'a → b 1');
  await count('@confusions >> a', 0);
  render(classRecalls(statistic, { run: 7, choose() {} }), root);
  await has('@confusions >> a >> nth=0', 'href', '#/mistakes?run=7&class=b&predicted=a');
  draw();
  await browser.click('label:has(> @class-set-scrambled)');
  await visible('@recalls-scrambled');
  await count('@confusion-test', 0);
}
