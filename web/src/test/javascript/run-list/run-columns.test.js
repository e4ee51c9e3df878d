import { equal, partial } from '../testing.js';
import { commonWords, configurationColumns, shownColumns, wordsOf } from './run-columns.js';

/** Otherwise a note is outside of what a laptop shows. */
export function whatPeopleWroteAboutARunStandsBesideItsAccuracies() {
  const columns = ['run', 'network', 'imageSize', 'test', 'seconds', 'tags', 'note'].map((name) => ({ name, type: name === 'test' ? 'share' : 'text' }));
  equal(
    shownColumns(partial({ columns, varying: ['imageSize', 'note'] }), []).map(({ name }) => name),
    ['run', 'network', 'test', 'tags', 'note', 'imageSize', 'seconds'],
  );
}

export function whatAllRunsHaveInCommonIsALineInsteadOfColumns() {
  const column = (/** @type {string} */ name, /** @type {string} */ label, more = {}) => ({ name, label, type: 'number', parameter: true, ...more });
  const columns = [column('imageSize', 'Image size', { unit: 'px' }), column('seed', 'Seed'), column('width', 'Width'), column('clip', 'Clip'),
    { name: 'dataset', label: 'Data set', type: 'text', parameter: false }, { name: 'seconds', label: 'Duration', type: 'seconds', parameter: false }];
  const found = partial({ columns, varying: ['seed'], runs: [{ dataset: 'scenes', seconds: 3, parameters: { imageSize: 64, seed: 1, width: 0.25 } }] });
  equal(commonWords(found, shownColumns(found, [])), ['Image size 64 px', 'Width 0.25', 'Data set scenes']);
  equal(commonWords(found, shownColumns(found, ['width'])), ['Image size 64 px', 'Data set scenes']);
}

export function configurationsHaveTheirCurvesAfterTheAccuracies() {
  const columns = ['run', 'network', 'seed', 'test', 'seconds', 'width'].map((name) => ({ name, label: name, type: name === 'test' ? 'share' : 'text' }));
  equal(configurationColumns(partial({ columns, varying: ['seed', 'width'] }), []).map(({ name }) => name), ['run', 'network', 'test', 'curve', 'width']);
}

export function aNumberHasItsUnit() {
  const words = (/** @type {string} */ name, /** @type {string|undefined} */ unit, /** @type {number} */ value) => wordsOf(partial({ name, type: 'number', unit }), value);
  equal(words('imagesPerSecond', 'images/s', 561.234), '561 images/s');
  equal(words('imageSize', 'px', 64), '64 px');
  equal(words('width', '×', 0.25), '0.25');
  equal(words('epochs', undefined, 12), '12');
}
