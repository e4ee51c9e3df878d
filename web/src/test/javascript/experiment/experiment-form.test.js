import { render } from 'lit-html';
import { becomes, browser, count, equal, has, only, partial, root, texts, visible } from '../testing.js';
import { experimentForm } from './experiment-form.js';
import { OCCLUSION } from './occlusion.js';

export async function onlyTheNewestAnswerFillsTheFormIn() {
  const answers = [];
  const api = partial({ check: () => new Promise((answer, refuse) => answers.push({ answer, refuse })) });
  const choices = { datasets: [], damaged: [], weights: [], runs: [] };
  const form = experimentForm(api, partial(OCCLUSION), { choices: partial(choices), draw() {} });
  const tiles = async () => {
    await new Promise((next) => setTimeout(next));
    render(form.template({}), root);
    return partial(only('@field-tiles')).value;
  };
  form.chosen();
  answers[1].answer({ values: { tiles: 2 }, changed: [], problems: [], equal: [], warnings: [] });
  equal(await tiles(), '2');
  answers[0].answer({ values: { tiles: 1 }, changed: [], problems: [], equal: [], warnings: [] });
  equal(await tiles(), '2');
  form.chosen();
  answers[2].refuse(new Error('the server is away'));
  equal(await tiles(), '2');
}

/** An experiment that learns images, with settings that are folded. */
const LEARNING = {
  name: 'learning', label: 'Learning', summary: 'Learn.', source: { work: 'w', section: 's' },
  subject: { kind: 'dataset', requires: [], architectures: [] },
  parameters: {
    type: 'object', required: ['images'],
    properties: {
      images: { type: 'string', format: 'dataset', title: 'Images', description: 'To learn.', group: 'Data', essential: true },
      rate: { type: 'number', title: 'Rate', description: 'Of steps.', minimum: 0.1, maximum: 1, group: 'Steps', essential: true },
      noise: { type: 'number', title: 'Noise', description: 'Of images.', minimum: 0, maximum: 1, group: 'Changes' },
      order: {
        type: 'string', title: 'Order', description: 'Of changes.', otherwise: 'same', group: 'Changes',
        oneOf: [{ const: 'same', title: 'the same' }, { const: 'random', title: 'random' }],
      },
      shift: { type: 'number', title: 'Shift', description: 'Of images.', minimum: 0, maximum: 1, group: 'Changes' },
    },
  },
  outputs: [],
};

/**
 * A drawn form of that experiment.
 *
 * @param {Record<string, string|number>} defaults
 * @param {object[]} [asked] requests for pictures
 * @param {Record<string, string>} [entries] prefilled values
 */
function learningForm(defaults, asked = [], entries = {}) {
  const api = partial({
    check: async (name, said) => ({
      values: { ...defaults, ...said },
      changed: Object.keys(said).filter((field) => said[field] !== defaults[field]),
      equal: [],
      warnings: [],
      problems: [
        ...(said.images ? [] : [{ field: 'images', detail: 'images is missing' }]),
        ...(said.noise > 1 ? [{ field: 'noise', detail: 'noise must be at most 1' }] : []),
      ],
    }),
    requestedImages: (name, request) => `/favicon.svg#${asked.push(request)}`,
  });
  const choices = { datasets: [{ name: 'scenes', classes: [], builtIn: false }], damaged: [], weights: [], runs: [] };
  let form;
  const draw = () => form && render(form.template({}), root);
  form = experimentForm(api, partial(LEARNING), { choices: partial(choices), draw, entries });
  draw();
  return form;
}

export async function theImagesAreShownAsTheLastValidValuesChangeThem() {
  const asked = [];
  const form = learningForm({ rate: 0.5, noise: 0, shift: 0, order: 'same' }, asked);
  await count('@training-images', 0);
  form.change('images', 'scenes');
  await has('@training-images >> img', 'src', /#1$/);
  form.change('noise', '0.5');
  await has('@training-images >> img', 'src', /#2$/);
  form.change('noise', '2');
  await becomes(() => only('@error-noise').textContent?.trim(), 'Noise must be at most 1');
  await has('@training-images >> img', 'src', /#2$/);
  equal(asked, [{ images: 'scenes' }, { images: 'scenes', noise: 0.5 }]);
  form.change('images', '');
  await count('@training-images', 0);
}

export async function settingsAreFoldedWithTheNumberOfChangedOnes() {
  learningForm({ rate: 0.5, noise: 0, shift: 0, order: 'same' });
  await becomes(() => only('@field-rate').checkVisibility(), true);
  await texts('summary', 'More settings');
  await becomes(() => only('@field-noise').checkVisibility(), false);
  await browser.click('summary');
  await browser.fill('@field-noise', '0.5');
  await texts('summary', 'More settings 1 changed');
  await browser.fill('@field-noise', '0');
  await texts('summary', 'More settings');
  await visible('@field-noise');
}

/** A form is prefilled with all settings of a job that is submitted again. */
export async function onlySettingsThatDifferFromTheDefaultsCountAsChanged() {
  learningForm({ rate: 0.5, noise: 0, shift: 0.25, order: 'same' }, [], { rate: '0.5', noise: '0.5', shift: '0.25', order: 'random' });
  await texts('summary', 'More settings 2 changed');
  await becomes(() => only('@field-noise').checkVisibility(), false);
}

export async function aFoldOpensForAnErrorAndStaysOpen() {
  const form = learningForm({ rate: 0.5, noise: 0, shift: 0, order: 'same' }, [], { noise: '2' });
  await visible('@field-noise');
  form.change('noise', '1');
  await count('@error-noise', 0);
  await visible('@field-noise');
}
