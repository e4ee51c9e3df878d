import { render } from 'lit-html';
import { browser, becomes, contains, count, equal, events, has, lacks, partial, root, texts } from '../testing.js';
import { runsPanel } from './runs-panel.js';

/** @param {string} name @param {string} label @param {string} type @param {boolean} [parameter] */
const column = (name, label, type, parameter = false) => ({ name, label, type, parameter });

const COLUMNS = [column('run', 'Run', 'number'), column('network', 'Network', 'text'), column('epochs', 'Epochs', 'number', true), column('seed', 'Seed', 'number', true), column('test', 'Test', 'share'), column('tags', 'Tags', 'list')];

/** @param {number} id @param {object} [more] */
const run = (id, more = {}) => ({
  id, title: 'a run', trained: true, architecture: 'bagnet9', label: 'BagNet-9', regime: 'scratch', dataset: 'scenes', parameters: { seed: id, epochs: 3 },
  test: { accuracy: 0.5, low: 0.4, high: 0.6, images: 100 }, endedAt: '2026-01-01T00:00:00Z', sweeps: [], tags: [], ...more,
});

/** @param {object[]} runs @param {object} [more] */
const page = (runs, more = {}) => ({ runs, total: runs.length, columns: COLUMNS, varying: ['run', 'seed'], datasets: [], networks: [], sweeps: [], tags: [], parameters: [], ...more });

/** Opens the list, and returns what closes it. @param {object} api @param {string} [query] */
function open(api, query = '') {
  history.replaceState(null, '', '#/runs');
  /** @type {(() => void)[]} */
  const closing = [];
  const owner = { draw: () => render(panel.template(), root), onClose: (/** @type {() => void} */ action) => void closing.push(action) };
  const panel = runsPanel(partial({ api: { experiments: async () => ({ experiments: [] }), ...api }, live: events() }), new URLSearchParams(query), owner);
  return () => closing.forEach((action) => action());
}

export async function oneAnalysisIsQueuedForTheChosenRuns() {
  /** @param {string} name @param {string} kind @param {Record<string, object>} properties @param {string[]} [required] */
  const experiment = (name, kind, properties, required = []) => ({ name, label: name, subject: { kind, requires: [], architectures: [] }, parameters: { properties, required } });
  const number = { run: { type: 'integer', format: 'run' } };
  /** @type {unknown[]} */
  const sent = [];
  open({
    runs: async () => page([run(2), run(1)]),
    experiments: async () => ({ experiments: [
      experiment('train', 'dataset', {}),
      experiment('heatmap', 'run', { ...number, stride: { type: 'integer' } }, ['run']),
      experiment('other-images', 'run', { ...number, dataset: { type: 'string', format: 'dataset' } }, ['run', 'dataset']),
    ] }),
    checkBatch: async () => ({ jobs: [{ title: 'Heatmap of BagNet-9, seed 1' }, { title: 'Heatmap of BagNet-9, seed 2' }], refused: [] }),
    submitBatch: async (/** @type {unknown} */ batch) => {
      sent.push(batch);
      return { queued: [7, 8], existing: [] };
    },
  });
  await browser.click('@choose-shown');
  await texts('@chosen-analysis option', 'none', 'heatmap');
  await count('@chosen-analyse', 0);
  await browser.select('@chosen-analysis', 'heatmap');
  await browser.click('@chosen-analyse');
  await browser.click('@queue-missing');
  await texts('@chosen-analyse-outcome', 'Queued 2 jobs. See the queue');
  equal(sent, [{ jobs: [{ spec: { kind: 'heatmap', run: 2 } }, { spec: { kind: 'heatmap', run: 1 } }] }]);
}

export async function manyRunsAreTaggedAndDeletedAndWhatCannotBeIsSaid() {
  let runs = [run(4), run(3), run(2), run(1)];
  /** @type {string[]} */
  const asked = [];
  open({
    runs: async () => page(runs),
    async changeTags(/** @type {number} */ id, /** @type {object} */ change) {
      asked.push(`${id} ${JSON.stringify(change)}`);
    },
    async remove(/** @type {number} */ id) {
      asked.push(`delete ${id}`);
      if (id === 2) {
        throw new Error('Run 9 starts from it.');
      }
      runs = runs.filter((each) => each.id !== id);
    },
  });
  await browser.click('@choose-shown');
  await contains('@chosen', '4 runs chosen: #4, #3, #2, #1');
  await browser.click('@choose-4');
  await browser.fill('@chosen-tags', 'two words!');
  await browser.click('@chosen-tag-add');
  await contains('#chosen-tags-wrong', 'but one is “words!”');
  equal(asked, []);
  await browser.fill('@chosen-tags', 'paper');
  await browser.click('@chosen-tag-add');
  await contains('@chosen-outcome', 'Added paper to 3 runs.');
  equal(asked.splice(0), ['3 {"add":["paper"]}', '2 {"add":["paper"]}', '1 {"add":["paper"]}']);

  await texts('@chosen-delete', 'Delete 3 runs');
  await browser.click('@chosen-delete');
  await contains('dialog', 'Delete 3 runs with results and files: BagNet-9 #3, BagNet-9 #2, BagNet-9 #1?');
  equal(asked, []);
  await browser.click('@chosen-delete-confirm');
  await contains('@chosen-outcome', 'Deleted 2 of 3 runs.');
  await contains('@chosen-outcome', '#2: Run 9 starts from it.');
  equal(asked, ['delete 3', 'delete 2', 'delete 1']);
  await count('@runs-table >> tbody tr', 2);
  // What failed stays chosen.
  await contains('@chosen', '1 run chosen: #2');
}

export async function closingThePageStopsAChangeAfterTheCurrentRun() {
  /** @type {number[]} */
  const asked = [];
  let answer = () => {};
  const close = open({
    runs: async () => page([run(3), run(2), run(1)]),
    remove(/** @type {number} */ id) {
      asked.push(id);
      return new Promise((done) => {
        answer = () => done(undefined);
      });
    },
  });
  await browser.click('@choose-shown');
  await browser.click('@chosen-delete');
  await browser.click('@chosen-delete-confirm');
  await becomes(() => asked, [3]);
  close();
  history.replaceState(null, '', '#/queue');
  answer();
  // All that follows from the answer has been done by the next task.
  await new Promise((next) => setTimeout(next));
  equal(asked, [3]);
  equal(location.hash, '#/queue');
}

export async function ofTooManyRunsTheNewestAreChosenAndOnlyAFewAreInTheAddress() {
  const runs = Array.from({ length: 2000 }, (_, i) => run(10_000 - i));
  open({ runs: async (/** @type {{limit: number}} */ { limit }) => page(runs.slice(0, limit), { total: 10_000 }) });
  await browser.click('@choose-shown');
  await texts('@chosen', '50 runs chosen');
  await becomes(() => location.hash.split('%2C').length, 50);
  await texts('@choose-all', 'Choose the newest 2,000 of 10,000');
  await contains('.run-chosen', 'Up to 8 can be compared.');
  await browser.click('@choose-all');
  await texts('@chosen', '2,000 runs chosen');
  await count('@choose-all', 0);
  equal(location.hash, '#/runs');
}

export async function theWholeListIsChosenAndNoMoreThanEightAreCompared() {
  const runs = Array.from({ length: 60 }, (_, i) => run(60 - i));
  open({ runs: async (/** @type {{limit: number}} */ { limit }) => page(runs.slice(0, limit), { total: 60 }) });
  await browser.click('@choose-shown');
  await texts('@chosen', '50 runs chosen');
  await count('@compare', 0);
  await browser.click('@choose-all');
  await texts('@chosen', '60 runs chosen');
  await browser.click('@choose-none');
  await count('@chosen', 0);
  await browser.click('@choose-60');
  await browser.click('@choose-59');
  await has('@compare', 'href', '#/compare?runs=60,59');
}

export async function aConfigurationHasMeansAndUnfoldsToItsRuns() {
  /** @type {object[]} */
  const asked = [];
  const mean = { mean: 0.6, values: [0.5, 0.7], n: 2, images: 100, sd: 0.1 };
  const found = page([run(3, { trouble: 'diverged', parameters: { seed: 3, epochs: 3 } }), run(2), run(1)], { configurations: {
    page: [{ runs: [3, 2, 1], counted: [2, 1], test: mean, curve: [0.2, 0.4, 0.5] }], total: 1,
  } });
  open({ runs: async (/** @type {object} */ filter) => (asked.push(filter), found) }, 'grouped=yes');
  await contains('@configurations-table >> tbody tr', /2 seeds \+ 1 left out of the mean\s*BagNet-9\s*60\.0 %/);
  equal(/** @type {any} */ (asked[0]).grouped, true);
  await has('@sparkline', 'aria-label', 'Validation accuracy over 3 epochs, mean of 2 seeds: from 20.0 % to 50.0 %');
  await count('tr[data-run]', 0);
  await browser.click('@unfold-3');
  await contains('tr[data-run]', '#3 seed 3, diverged: left out of the mean', '#2 seed 2', '#1 seed 1');
  await lacks('tr[data-run="2"]', 'left out');
  await browser.click('@choose-configuration-3');
  await contains('@chosen', '3 runs chosen');
  await browser.click('@check-grouped');
  await becomes(() => location.hash, '#/runs?chosen=3%2C2%2C1');
}

/** Jobs that failed have no results and are no runs. */
export async function aQueryForFailedJobsLeadsToTheQueue() {
  open({ runs: async ({ query }) => page(query ? [] : [run(1)]) }, 'query=failed');
  await contains('@runs-none', 'columns are compared as in test > 0.9');
  await has('@queue-FAILED', 'href', '#/queue?state=FAILED');
  await texts('@queue-FAILED', 'Failed jobs are in the queue');
}

/** A training whose loss became infinite has failed, and is no run either. */
export async function aQueryForDivergedTrainingsLeadsToThoseThatFailed() {
  open({ runs: async ({ query }) => page(query ? [] : [run(1)]) }, `query=${encodeURIComponent('trouble = diverged')}`);
  await has('@queue-FAILED', 'href', '#/queue?state=FAILED');
}

/** What is typed next must not be lost because an answer is awaited. */
export async function aQueryThatFoundNothingIsClearedInItsField() {
  open({ runs: async ({ query, limit }) => (query === '' && limit > 1 ? new Promise(() => {}) : page([])) }, 'query=failed');
  await contains('main', '0 runs');
  await browser.fill('@runs-search', '');
  await becomes(() => location.hash, '#/runs');
  await count('@runs-search', 1);
  await lacks('main', 'No runs yet');
}
