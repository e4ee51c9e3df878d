import { render } from 'lit-html';
import { browser, contains, count, equal, has, partial, root, texts, value } from '../testing.js';
import { Problem } from '../api/client.js';
import { OCCLUSION } from './occlusion.js';
import { submitForm } from './submit-form.js';

export async function anExperimentThatIsAddedLaterHasAForm() {
  const run = (id, architecture) => ({ id, title: architecture, spec: { kind: 'train', architecture } });
  const sent = [];
  const api = partial({
    experiments: async () => ({ experiments: [OCCLUSION] }),
    datasets: async () => ({ datasets: [], damaged: [] }),
    weights: async () => ({ weights: [], damaged: [] }),
    jobs: async () => ({ jobs: [run(7, 'resnet50'), run(8, 'bagnet9')] }),
    check: async (name, said) => ({
      changed: [],
      equal: said.run === 8 && said.seed === undefined ? [{ id: 12, state: 'SUCCEEDED' }, { id: 9, state: 'FAILED' }] : [],
      deviceSeconds: said.run && said.seed !== 4 ? 100 : undefined,
      judgedBy: said.seed === 3 ? 'OTHER_NETWORKS' : 'LIKE_JOBS',
      values: { order: 'low', tiles: said.order === 'high' ? 3 : 4, seed: 1, ...said },
      problems: [
        ...(said.run ? [] : [{ field: 'run', detail: 'run is missing' }]),
        ...(said.tiles === 0 ? [{ field: 'tiles', detail: 'tiles must be at least 1' }] : []),
      ],
      warnings: said.tiles === 5 ? ['2 of 2 with tiles 5 failed: Out of memory'] : [],
    }),
    submit: async (request) => ({ id: sent.push(request) }),
  });
  let form;
  const draw = () => form && render(form.template(), root);
  form = submitForm(api, new URLSearchParams(), { draw, submitted() {} });
  draw();
  await value('@field-kind', 'Occlusion');
  await browser.click('summary');
  await value('@field-tiles', '4');
  await browser.select('@field-order', 'high');
  await value('@field-tiles', '3');
  await browser.fill('@field-tiles', '0');
  await texts('@error-tiles', 'Tiles must be at least 1');
  await count('@error-run', 0);
  await count('@expected-time', 0);
  await count('@failure-warning', 0);
  await browser.fill('@field-tiles', '5');
  await contains('@failure-warning', '2 of 2 with tiles 5 failed: Out of memory');
  await count('@error-tiles', 0);
  await browser.click('@submit');
  await texts('@error-run', 'Training run is missing');
  await browser.click('@field-run');
  await has("[role=option][data-value='7']", 'aria-disabled', 'true');
  await texts("[role=option][data-value='7']", '#7 resnet50: does not add up local evidence');
  await browser.fill('@field-run', '#8');
  await browser.press('Enter');
  await texts('@equal-jobs', 'Jobs with the same settings exist: #12 (succeeded), #9 (failed).');
  await texts('@submit', 'Queue the job again');
  await texts('@expected-time', 'About 2 min of device time, judged by the newest job like it.');
  form.jobChanged(partial({ id: 9, state: 'QUEUED' }));
  draw();
  await texts('@equal-jobs', 'Jobs with the same settings exist: #12 (succeeded), #9 (queued).');
  await browser.fill('@field-seed', '1, 3-4');
  await count('@equal-jobs', 0);
  await texts('@submit', 'Queue 3 jobs');
  await texts('@expected-time', 'About 3 min of device time (a rough guess from other networks), for 2 of them; no job like the others has run yet.');
  await browser.click('@submit');
  await contains('@submitted', '#3');
  equal(sent, [1, 3, 4].map((seed) => ({ kind: 'occlusion', run: 8, order: 'high', tiles: 5, seed })));
  // What was queued is not what the form says any more.
  await browser.fill('@field-seed', '5');
  await count('@submitted', 0);
}

/** The forms of a server that can be away, and where another may have queued the same. */
function server() {
  const state = { away: false, equal: /** @type {object[]} */ ([]), sent: 0 };
  const api = partial({
    experiments: async () => ({ experiments: [{ ...OCCLUSION, parameters: { type: 'object', properties: {} } }] }),
    datasets: async () => ({ datasets: [], damaged: [] }),
    weights: async () => ({ weights: [], damaged: [] }),
    jobs: async () => ({ jobs: [] }),
    check: async () => ({ values: {}, changed: [], problems: [], equal: state.equal, warnings: [] }),
    async submit() {
      if (state.away) {
        throw new Problem({ code: 'unreachable', detail: 'Cannot reach the server.' });
      }
      return { id: ++state.sent };
    },
  });
  let form;
  const draw = () => form && render(form.template(), root);
  form = submitForm(api, new URLSearchParams(), { draw, submitted() {} });
  draw();
  return { state, form };
}

export async function anEqualJobThatWasNotNamedIsNamedBeforeItIsQueuedAgain() {
  const { state } = server();
  await texts('@submit', 'Queue the job');
  state.equal = [{ id: 3, state: 'RUNNING' }];
  await browser.click('@submit');
  await texts('@equal-jobs', 'A job with the same settings exists: #3 (running).');
  equal(state.sent, 0);
  await browser.click('@submit');
  await contains('@submitted', '#1');
  equal(state.sent, 1);
  // The job that was just queued is an equal one, too.
  state.equal = [{ id: 1, state: 'QUEUED' }, { id: 3, state: 'RUNNING' }];
  await browser.click('@submit');
  await texts('@equal-jobs', 'Jobs with the same settings exist: #1 (queued), #3 (running).');
  equal(state.sent, 1);
  await texts('@submit', 'Queue the job again');
  await browser.click('@submit');
  await contains('@submitted', '#2');
  equal(state.sent, 2);
}

export async function thatTheServerIsAwayIsSaidUntilItAnswers() {
  const { state, form } = server();
  state.away = true;
  await texts('@submit', 'Queue the job');
  await browser.click('@submit');
  await contains('@error', 'Cannot reach the server.');
  state.away = false;
  form.load();
  await count('@error', 0);
}
