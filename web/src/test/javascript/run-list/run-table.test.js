import { render } from 'lit-html';
import { all, becomes, browser, equal, only, partial, root, visible } from '../testing.js';
import { runTable } from './run-table.js';

const PARAMETERS = { dataset: 'controlled-15', recipe: 'augmented', imageSize: 224, width: 0.125, epochs: 200, batchSize: 128, learningRate: 4e-5, seed: 12 };

const COLUMNS = [
  ['run', 'Run', 'number'], ['network', 'Network', 'text'], ['dataset', 'Data set', 'text'], ['recipe', 'Recipe', 'text'], ['imageSize', 'Image size', 'number'],
  ['width', 'Width', 'number'], ['epochs', 'Epochs', 'number'], ['batchSize', 'Batch size', 'number'], ['learningRate', 'Learning rate', 'number'], ['seed', 'Seed', 'number'],
  ['validation', 'Validation', 'share'], ['test', 'Test', 'share'], ['scrambled', 'Scrambled', 'share'], ['seconds', 'Time', 'seconds'], ['tags', 'Tags', 'tags'],
].map(([name, label, type]) => ({ name, label, type, parameter: name in PARAMETERS }));

function show() {
  const accuracy = { accuracy: 0.667, low: 0.641, high: 0.692, images: 1200 };
  const run = {
    id: 1234, title: 't', label: 'CBAM-ResNet50', trained: true, sweeps: [], tags: ['baseline'], parameters: PARAMETERS,
    validation: accuracy, test: accuracy, scrambled: accuracy, seconds: 4000,
  };
  render(runTable(partial({ runs: [run], columns: COLUMNS, sort: '-run', order() {}, chosen: new Set(), choose() {}, filterByTag() {}, notes: { edits: () => false, edit() {} } })), root);
}

/** The last columns were hidden beside empty margins. */
export async function atADeskTheRunsOfSeveralDataSetsFitThePage() {
  await browser.resize(1440, 900);
  show();
  await becomes(() => only('main').getBoundingClientRect().width > 1390, true);
  const { clientWidth, scrollWidth } = only('.scroll');
  equal(scrollWidth <= clientWidth, true);
}

/** A column that is out of sight would be taken for one that does not exist. */
export async function onAPhoneARunIsACardWithAllItsValues() {
  await browser.resize(390, 844);
  show();
  await becomes(() => only('.scroll').scrollWidth <= only('.scroll').clientWidth, true);
  await becomes(() => all('tbody td, tbody th').filter((cell) => cell.getBoundingClientRect().right > innerWidth).length, 0);
  await becomes(() => all('tbody td.number').map((cell) => getComputedStyle(cell, '::before').content).filter((label) => ['"Validation"', '"Test"', '"Scrambled"'].includes(label)).length, 3);
  await visible('@sort-test');
}
