import { render } from 'lit-html';
import { partial, root, texts } from '../testing.js';
import { runSettings } from './run-facts.js';

/** What somebody chose is read first; what nobody did is folded. */
export async function settingsThatDifferFromTheDefaultsAreFirst() {
  const parameters = [
    { name: 'recipe', title: 'Recipe', essential: true }, { name: 'epochs', title: 'Epochs', essential: true }, { name: 'flip', title: 'Flip' },
    { name: 'blur', title: 'Blur' }, { name: 'mixup', title: 'Mixup' }, { name: 'weights', title: 'Starting weights' },
  ];
  const spec = { kind: 'train', recipe: 'quick', epochs: 3, flip: 0.5, blur: 0, mixup: 0 };
  render(runSettings(partial({}), partial({ spec, changed: ['epochs', 'flip'] }), partial(parameters), (name) => `The ${name}`), root);
  await texts('main > div > .facts > div', 'Epochs3', 'Flip0.5', 'Recipequick default');
  await texts('@settings-others', '2 other settings, at their defaults');
  await texts('details dt', 'Blur', 'Mixup');
}
