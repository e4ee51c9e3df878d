import { render } from 'lit-html';
import { equal, only, partial, root } from '../testing.js';
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
  answers[1].answer({ values: { tiles: 2 }, problems: [] });
  equal(await tiles(), '2');
  answers[0].answer({ values: { tiles: 1 }, problems: [] });
  equal(await tiles(), '2');
  form.chosen();
  answers[2].refuse(new Error('the server is away'));
  equal(await tiles(), '2');
}
