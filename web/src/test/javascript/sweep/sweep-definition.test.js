import { api } from '../api/client.js';
import { equal, partial } from '../testing.js';
import { blank, definitionOf, entriesOf, fieldOf, rowErrors, same, settingsOf } from './sweep-definition.js';

const BASE = { dataset: 'controlled-15', architecture: 'bagnet9' };

const { experiments } = await api.experiments();
const settings = settingsOf(experiments);

/** What is filled in like another sweep asks for the same jobs; or the form is not offered. */
export async function theFormSaysWhatADefinitionSays() {
  const { presets } = await api.presets();
  const awkward = [
    { name: 'many-seeds', base: BASE, grid: { seed: Array.from({ length: 50 }, (_, i) => i + 1) } },
    { name: 'one-of-a-grid', base: BASE, grid: { width: [0.25] } },
    { name: 'names-like-numbers', base: { ...BASE, dataset: '15', weights: '2024-2026' } },
    { name: 'two-sets', base: { architecture: 'bagnet9' }, grid: { dataset: ['a', '15'] } },
    { name: 'kind', base: { ...BASE, kind: 'train', heatmapStride: 8 } },
    {
      name: 'all', base: { ...BASE, learningRate: 0.00004 }, priority: -3,
      stopAfterFailures: 0, budget: 2.5, again: true,
      random: { trials: 9, seed: 7, width: { from: 0.1, to: 1, scale: 'log' } },
      halving: { factor: 4 },
      then: [{ kind: 'heatmap', stride: 2 }, { kind: 'evaluate', scrambleSeed: [2, 3] }],
    },
    {
      name: 'learning', base: BASE,
      random: { trials: 9, sampler: 'tpe', startup: 3, width: { from: 0.1, to: 1, scale: 'log' } },
      medianStopping: { afterEpochs: 9 },
    },
    { name: 'an-image', base: BASE, then: [{ kind: 'heatmap', stride: [2, 8], image: 'test/a.png', mode: 'report' }] },
  ];
  // Trainings that follow trainings, and cases, are for the command line.
  const shown = presets.filter(({ definition }) => !definition.cases && !definition.then?.some(({ kind }) => kind === 'train'));
  const definitions = [...shown.map(({ definition }) => definition), ...awkward];
  equal(definitions.filter((definition) => {
    const entries = entriesOf(settings, partial(definition));
    return !entries || !same(definitionOf(settings, entries), partial(definition));
  }), []);
}

export function theFormOffersNothingThatItCannotSay() {
  equal([
    { name: 'number-for-a-name', base: { ...BASE, dataset: 15 } },
    { name: 'two-heatmaps', base: BASE, then: [{ kind: 'heatmap' }, { kind: 'heatmap', stride: 2 }] },
    { name: 'unknown', base: BASE, then: [{ kind: 'heatmap', colour: 'red' }] },
    { name: 'unheard-of', base: BASE, then: [{ kind: 'guess' }] },
    { name: 'values', base: BASE, random: { trials: 3, width: { values: [1, 2] } } },
  ].map((definition) => entriesOf(settings, partial(definition))).filter(Boolean), []);
}

export function valuesMayBeSeparatedWithBlanks() {
  const entries = blank(settings, 'controlled-15');
  Object.assign(entries.text, { seed: '1 2 3', learningRate: '0.1 0.2', width: '0.25,0.5; 1' });
  equal(definitionOf(settings, entries).grid, { width: [0.25, 0.5, 1], learningRate: [0.1, 0.2], seed: [1, 2, 3] });
}

export function aSettingThatIsGivenTwiceIsRefused() {
  const wrong = (changes, text) => {
    const entries = { ...blank(settings, 'controlled-15'), architectures: ['bagnet9'], ...changes };
    Object.assign(entries.text, { name: 'n' }, text);
    return Object.keys(rowErrors(settings, entries)).join();
  };
  const row = (name, values) => ({ name, values });
  const range = (name) => ({ name, from: '1', to: '2', log: false });
  equal(wrong({}), '');
  equal(wrong({ settings: [row('seed', '7')] }, { seed: '1, 2, 3' }), 'setting-0');
  equal(wrong({ settings: [row('seed', '7')] }, { seed: '' }), '');
  equal(wrong({ settings: [row('weights', 'a'), row('weights', 'b')] }), 'setting-1');
  equal(wrong({ settings: [row('architecture', 'bagnet17')] }), 'setting-0');
  equal(wrong({ settings: [row('dataset', 'a, b')] }), 'setting-0');
  equal(wrong({ settings: [row('dataset', 'a, b')] }, { dataset: '' }), '');
  equal(wrong({ random: true, ranges: [range('epochs')] }, { epochs: '1' }), 'range-0');
  equal(wrong({ random: true, ranges: [range('epochs')], settings: [row('epochs', '1')] }), 'range-0');
  equal(wrong({ random: true, ranges: [range('epochs'), range('epochs')] }), 'range-1');
  equal(wrong({ ranges: [range('epochs')] }, { epochs: '1' }), '');
}

export function aProblemIsShownAtItsField() {
  const entries = {
    ...blank(settings),
    then: ['heatmap'],
    random: true,
    ranges: [{ name: 'width', from: '', to: '', log: false }],
    settings: [{ name: 'weights', values: '' }],
  };
  const shownAt = (field) => fieldOf(field, entries);
  for (const field of ['name', 'random.seed', 'random.trials']) {
    equal(shownAt(field), field);
  }
  equal(shownAt('grid.seed'), 'seed');
  equal(shownAt('base.epochs'), 'epochs');
  equal(shownAt('random.width'), 'range-0');
  equal(shownAt('base.weights'), 'setting-0');
  equal(shownAt('halving'), 'halving.firstEpochs');
  equal(shownAt('then.stride'), 'then.heatmap.stride');
  equal(shownAt('kind'), undefined);
}
