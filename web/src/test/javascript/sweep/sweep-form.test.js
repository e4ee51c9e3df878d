import { api } from '../api/client.js';
import { equal, partial } from '../testing.js';
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
