import { render } from 'lit-html';
import { api } from '../api/client.js';
import { contains, equal, partial, root } from '../testing.js';
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
