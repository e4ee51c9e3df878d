import { render } from 'lit-html';
import { api } from '../api/client.js';
import { contains, equal, partial, root, texts } from '../testing.js';
import { sweepForm } from './sweep-form.js';

/** What somebody enters after choosing a preset must not be replaced when the choices arrive. */
export async function aPresetIsFilledInAtOnceWhileTheChoicesAreReadAgain() {
  let reads = 0;
  let filled;
  const presets = () => (++reads > 1 ? new Promise(() => {}) : api.presets());
  const form = sweepForm(partial({ ...api, presets }), { draw() {}, started: (name) => { filled = name; }, submitted() {} });
  await form.start('demo');
  form.loadChoices();
  form.start('table-1');
  equal(filled, 'table-1');
}

export async function valuesThatFailedBeforeAreWarnedAbout() {
  const checkSweep = async ({ grid }) => ({
    trainings: 2, about: 0, problems: [], warnings: grid?.batchSize?.includes(512) ? ['2 of 2 with batch size 512 failed: Out of memory'] : [],
  });
  const sweep = async () => ({ definition: { name: 'large', base: { dataset: 'controlled-15', architecture: 'bagnet9' }, grid: { batchSize: [32, 512] } } });
  let form;
  const draw = () => form && render(form.template(), root);
  form = sweepForm(partial({ ...api, checkSweep, sweep }), { draw, started() {}, submitted() {} });
  await form.like('large');
  await contains('@failure-warning', '2 of 2 with batch size 512 failed: Out of memory');
}

/** @param {object} definition @param {{field: string, detail: string}[]} problems */
async function filledIn(definition, problems) {
  let form;
  const draw = () => form && render(form.template(), root);
  form = sweepForm(partial({ ...api, checkSweep: async () => ({ trainings: 1, about: 0, problems, warnings: [] }), sweep: async () => ({ definition }) }), { draw, started() {}, submitted() {} });
  await form.like('filled');
}

const BASE = { dataset: 'controlled-15', architecture: 'bagnet9' };

/** One job would be what there is without the search. */
export async function aSearchWithoutARangeSaysWhichIsMissing() {
  await filledIn({ name: 'filled', base: BASE, random: { trials: 20, learningRate: { from: '', to: '' }, width: { from: 0.1, to: 1 } } },
    [{ field: 'random.learningRate', detail: 'from must be a number.' }]);
  await texts('@sweep-jobs', 'Enter From and To of Learning rate to see the number of jobs.');
}

export async function invalidFieldsAreNamed() {
  const definition = { name: 'filled', base: { ...BASE, batchSize: -1 }, random: { trials: 'x', width: { from: 1, to: 0 } }, then: [{ kind: 'heatmap', stride: 'y' }], priority: 'high' };
  await filledIn(definition, ['batchSize', 'random.trials', 'random.width', 'then.heatmap.stride', 'priority'].map((field) => ({ field, detail: 'It is wrong.' })));
  await texts('@sweep-jobs', '5 fields are invalid: Batch size, Trials, Width, Stride, Priority.');
}
