import { render } from 'lit-html';
import { api } from '../api/client.js';
import { all, becomes, browser, contains, equal, partial, root, texts } from '../testing.js';
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
    trainings: 2, about: 0, deviceSeconds: 0, timed: 0, problems: [], warnings: grid?.batchSize?.includes(512) ? ['2 of 2 with batch size 512 failed: Out of memory'] : [],
  });
  const sweep = async () => ({ definition: { name: 'large', base: { dataset: 'controlled-15', architecture: 'bagnet9' }, grid: { batchSize: [32, 512] } } });
  let form;
  const draw = () => form && render(form.template(), root);
  // Which defaults the server fills in is asked apart, and not needed.
  const check = async () => { throw new Error('No answer.'); };
  form = sweepForm(partial({ ...api, check, checkSweep, sweep }), { draw, started() {}, submitted() {} });
  await form.like('large');
  await contains('@failure-warning', '2 of 2 with batch size 512 failed: Out of memory');
}

/** @param {object} definition @param {{field: string, detail: string}[]} problems */
async function filledIn(definition, problems) {
  let form;
  const draw = () => form && render(form.template(), root);
  form = sweepForm(partial({ ...api, checkSweep: async () => ({ trainings: 1, about: 0, deviceSeconds: 0, timed: 0, problems, warnings: [] }), sweep: async () => ({ definition }) }), { draw, started() {}, submitted() {} });
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

/** What is not at its default is said of a fold, and an error opens it. */
export async function theFormIsFoldedByGroup() {
  let problems = [];
  const definition = { name: 'filled', base: { ...BASE, learningRate: 0.1 }, halving: { firstEpochs: 1, factor: 3 }, priority: 3 };
  let form;
  const draw = () => form && render(form.template(), root);
  const checkSweep = async () => ({ trainings: 3, about: 2, deviceSeconds: 600, timed: 2, judgedBy: 'OTHER_NETWORKS', problems, warnings: [] });
  form = sweepForm(partial({ ...api, checkSweep, sweep: async () => ({ definition }) }), { draw, started() {}, submitted() {} });
  await form.like('filled');
  await contains('@sweep-jobs', '2 of the trainings take at most about 10 min of device time (a rough guess from other networks), if none exists yet; none like the others has run yet.');
  const folds = () => all('details.group').map((group) => /** @type {HTMLDetailsElement} */ (group));
  equal(folds().some(({ open }) => open), false);
  const words = folds().map((group) => group.querySelector('summary')?.textContent?.replace(/\s+/g, ' ').trim());
  equal(['Search and early stopping 1 changed', 'Queue 1 changed', 'After each training'].every((each) => words.includes(each)), true);
  problems = [{ field: 'priority', detail: 'priority must be a whole number.' }];
  await form.like('filled');
  await becomes(() => folds().filter(({ open }) => open).map((group) => group.querySelector('summary')?.textContent?.trim().slice(0, 5)), ['Queue']);
}

/** A long rule, such as that of the recipe, would be cut off, and the form of a training shows the value, too. */
export async function aDefaultIsTheValueThatTheServerFillsIn() {
  let form;
  const draw = () => form && render(form.template(), root);
  form = sweepForm(api, { draw, started() {}, submitted() {} });
  await form.start('');
  const chosen = '#field-recipe option:checked';
  await texts(chosen, 'default: quick');
  await browser.select('#field-recipe', 'sgd');
  await contains(chosen, 'sgd');
  await contains('#field-recipe option >> nth=0', 'otherwise quick');
  await browser.select('#field-recipe', '');
  await texts(chosen, 'default: quick');
}

export async function noChoiceIsCutOffOnAPhone() {
  await browser.resize(390, 844);
  let form;
  const draw = () => form && render(form.template(), root);
  form = sweepForm(api, { draw, started() {}, submitted() {} });
  await form.start('');
  await texts('#field-recipe option:checked', 'default: quick');
  const cut = () => /** @type {HTMLSelectElement[]} */ (all('@sweep-form select')).filter((select) => {
    const copy = /** @type {HTMLSelectElement} */ (select.cloneNode(true));
    copy.replaceChildren(...[...copy.options].filter((_, i) => i === select.selectedIndex));
    copy.style.width = 'max-content';
    select.after(copy);
    const wanted = copy.offsetWidth;
    copy.remove();
    return wanted > select.offsetWidth;
  }).map(({ name }) => name);
  root.querySelectorAll('details').forEach((fold) => { fold.open = true; });
  equal(cut(), []);
}
