import { fileOf } from './figure-files.js';
import { FIGURES } from './figures.js';
import { equal, partial } from '../testing.js';
import { comparisonFigure } from '../comparison/comparison-chart.js';

export async function figuresOfOneSettingAreOfTheRequestedOne() {
  const asked = [];
  const none = { networks: [], pairs: [], changes: [], classes: [] };
  const answer = async (filter) => {
    asked.push(filter.setting);
    return none;
  };
  for (const view of ['differences', 'changes', 'error-agreement']) {
    await FIGURES[view](partial({ differences: answer, changes: answer, errorAgreement: answer }), { dataset: 'scene15', published: false, setting: 7 });
  }
  equal(asked.join(), '7,7,7,7,7');
}

/** As in the tables that are exported beside them. */
export async function figuresCountTrainingsThatLearntNothingIfAskedTo() {
  const asked = [];
  const none = { rows: [], accuracies: [], datasets: [{ dataset: 'scene15' }], published: [], curves: [], axis: {}, networks: [], pairs: [], changes: [], classes: [], outputs: [], counts: { width: 1 } };
  const answer = (name) => async (...input) => {
    asked.push([name, input.at(-1).troubled, input.at(-1).trials]);
    return none;
  };
  const views = ['comparison', 'receptiveFields', 'scrambling', 'accuracyOver', 'differences', 'analysis', 'changes', 'errorAgreement'];
  const experiments = async () => ({ experiments: [{ name: 'faithfulness', analysed: true, parameters: { properties: {} } }, { name: 'train', parameters: { properties: { width: {} } } }] });
  const api = partial({ ...Object.fromEntries(views.map((name) => [name, answer(name)])), experiments });
  // What is drawn of nothing is another test's.
  await Promise.allSettled(Object.values(FIGURES).map((figures) => figures(api, { dataset: 'scene15', published: false, troubled: true, trials: true })));
  equal(views.filter((name) => !asked.some(([view]) => view === name)), []);
  equal(asked.filter(([, troubled]) => troubled !== true), []);
  // Views over a parameter and of analyses always count the trials of searches.
  equal(asked.filter(([view, , trials]) => trials !== true && view !== 'accuracyOver' && view !== 'analysis'), []);
}

/** All figures of a lab go into one request. */
export async function figuresOfAnExportAreAsDenseAsOnAScreenInEveryFormat() {
  localStorage.setItem('bagnetlab.figure-format', JSON.stringify({ width: 'slide', text: 18 }));
  const figure = comparisonFigure(partial({ rows: [{ architecture: 'resnet50', label: 'ResNet-50', settings: {}, phrases: [], runs: [], published: { test: 0.8 } }], dataset: 'scenes', datasets: ['scenes'] }), 'test', true);
  const { svg, png, pdf } = await fileOf({ figure, address: '' });
  localStorage.clear();
  equal(svg.includes('width="254mm"'), true);
  const { width } = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (character) => character.charCodeAt(0))]));
  equal(width, 2 * 960);
  equal(atob(pdf).slice(0, 5), '%PDF-');
}
