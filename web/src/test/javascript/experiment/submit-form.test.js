import { render } from 'lit-html';
import { becomes, browser, contains, count, equal, has, only, partial, root, texts, value } from '../testing.js';
import { OCCLUSION } from './occlusion.js';
import { submitForm } from './submit-form.js';

export async function anExperimentThatIsAddedLaterHasAForm() {
  const run = (id, architecture) => ({ id, title: architecture, spec: { kind: 'train', architecture } });
  const sent = [];
  const api = partial({
    experiments: async () => ({ experiments: [OCCLUSION] }),
    datasets: async () => ({ datasets: [], damaged: [] }),
    weights: async () => ({ weights: [], damaged: [] }),
    failures: async () => ({
      failures: [{ kind: 'occlusion', cause: 'Out of memory', code: 'out-of-memory', jobs: 2, newest: [5, 4], values: [{ parameter: 'tiles', label: 'Tiles', value: 5, failed: 2, of: 2 }] }],
    }),
    jobs: async () => ({ jobs: [run(7, 'resnet50'), run(8, 'bagnet9')] }),
    check: async (name, said) => ({
      values: { order: 'low', tiles: said.order === 'high' ? 3 : 4, seed: 1, ...said },
      problems: [
        ...(said.run ? [] : [{ field: 'run', detail: 'run is missing' }]),
        ...(said.tiles === 0 ? [{ field: 'tiles', detail: 'tiles must be at least 1' }] : []),
      ],
    }),
    submit: async (request) => ({ id: sent.push(request) }),
  });
  let form;
  const draw = () => form && render(form.template(), root);
  form = submitForm(api, new URLSearchParams(), { draw, submitted() {} });
  draw();
  await becomes(() => partial(only('@kind-occlusion')).checked, true);
  await value('@field-tiles', '4');
  await browser.select('@field-order', 'high');
  await value('@field-tiles', '3');
  await browser.fill('@field-tiles', '0');
  await texts('@error-tiles', 'tiles must be at least 1');
  await count('@error-run', 0);
  await count('@failure-warning', 0);
  await browser.fill('@field-tiles', '5');
  await contains('@failure-warning', '2 of 2 with tiles 5 failed: Out of memory');
  await count('@error-tiles', 0);
  await browser.click('@submit');
  await texts('@error-run', 'run is missing');
  await browser.click('@field-run');
  await has("[role=option][data-value='7']", 'aria-disabled', 'true');
  await texts("[role=option][data-value='7']", '#7 resnet50: does not add up local evidence');
  await browser.fill('@field-run', '#8');
  await browser.press('Enter');
  await browser.fill('@field-seed', '1, 3-4');
  await texts('@submit', 'Queue 3 jobs');
  await browser.click('@submit');
  await contains('@submitted', '#3');
  equal(sent, [1, 3, 4].map((seed) => ({ kind: 'occlusion', run: 8, order: 'high', tiles: 5, seed })));
}
