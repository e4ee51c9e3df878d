import { Problem } from '../api/client.js';
import { all, becomes, browser, contains, count, events, has, lacks, openPage, partial, texts, visible } from '../testing.js';
import { open } from './comparison-page.js';

/** Nobody should queue again what is being trained, nor train what cannot be compared. */
export async function anUnmeasuredNetworkSaysWhatTrainsItOrIsMeasuredInTheSettingOfTheOthers() {
  const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
  const setting = { dataset: 'd', recipe: 'quick', batchSize: 32, learningRate: 0.1 };
  const unmeasured = (architecture) => ({ architecture, label: architecture, settings: {}, phrases: [], runs: [], published: {} });
  const row = (architecture, run, more) => ({ ...unmeasured(architecture), regime: 'from scratch', settings: { ...setting, ...more }, runs: [run], test: measured });
  const job = (id, state, architecture, dataset = 'd') => ({ id, state, spec: { kind: 'train', architecture, dataset } });
  /** @type {unknown[]} */
  let rows = ['running', 'queued', 'neither'].map(unmeasured);
  let jobs = [job(3, 'RUNNING', 'running'), job(4, 'QUEUED', 'running'), job(5, 'QUEUED', 'queued'), job(6, 'QUEUED', 'neither', 'other')];
  const live = events();
  openPage(open, {
    comparison: async () => ({ dataset: 'd', datasets: ['d'], settings: rows.length === 3 ? [] : [{ settings: setting, phrases: [], run: 1, networks: 2 }], otherConfigurations: 0, rows, missing: rows.map((_, i) => (i === rows.length - 1 ? [{ spec: { kind: 'train', architecture: 'neither', dataset: 'd', ...(rows.length > 3 && setting), seed: 2 } }] : [])), leftOut: [{ run: 7, label: 'VGG', seed: 3, trouble: 'diverged' }], trialsLeftOut: rows.length === 3 ? 0 : 12, otherNetworks: [], publishedApplies: false }),
    jobs: async ({ state }) => ({ jobs: jobs.filter((each) => each.state === state) }),
    sweeps: async () => ({ sweeps: [{ id: 'demo', counts: {} }] }),
    ...Object.fromEntries(['differences', 'errorAgreement', 'changes'].map((name) => [name, () => new Promise(() => {})])),
  }, { live });
  await texts('tr[data-architecture=neither] @queue-row-2', 'Train with seed 2');
  await contains('main @empty', '3 trainings are running or queued');
  await count('main @empty @demo-sweep', 0);
  await contains('tr[data-architecture=running] .unmeasured', 'Running');
  await has('tr[data-architecture=running] .unmeasured a', 'href', '#/jobs/3');
  await contains('tr[data-architecture=queued] .unmeasured', 'Queued');
  await has('tr[data-architecture=queued] .unmeasured a', 'href', '#/jobs/5');
  await has('@measure-neither', 'href', '#/queue?form=train&architecture=neither&dataset=d&section=form');

  jobs = [];
  live.send('job', job(3, 'CANCELLED', 'running'));
  await contains('main @empty', 'No results on d yet');
  await count('main @empty @demo-sweep', 0);
  await has('main @empty @demo-queued', 'href', '#/sweeps/demo');
  await becomes(() => all('@first-steps >> a').map((link) => link.getAttribute('href')), ['#/sweeps/demo', '#/queue?form=train&section=form', '#/datasets?section=import']);

  rows = [
    row('one', 1, { imageSize: 64, width: 0.125, epochs: 16 }), row('one', 9, { imageSize: 96, width: 1, epochs: 2 }),
    row('two', 2, { imageSize: 64, width: 0.125, epochs: 16 }), ...rows,
  ];
  live.send('job', { state: 'SUCCEEDED' });
  await has('@measure-neither', 'href',
    '#/queue?form=train&architecture=neither&dataset=d&recipe=quick&batchSize=32&learningRate=0.1&section=form');
  // The server has no request for it, as where each network starts from weights of its own.
  await has('@measure-running', 'href', '#/queue?form=train&architecture=running&dataset=d&section=form');
  await texts('@measure-running', 'Other settings');
  await count('main @empty', 0);
  await contains('@left-out', '#7 VGG, seed 3 (the loss exploded)');
  await browser.click('@count-troubled');
  await becomes(() => location.href.includes('troubled=true'), true);
  await visible('@troubled');
  await contains('@trials-left-out', '12 trials of searches are left out');
  await browser.click('@count-trials');
  await becomes(() => location.href.includes('trials=true'), true);
  await contains('@trials-left-out', 'Trials of searches count as results here.');
}

/** The table is drawn again when a job is queued. */
export async function seedsThatAreQueuedSayWhichJobsTrainThem() {
  const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
  const spec = (seed) => ({ kind: 'train', architecture: 'one', dataset: 'd', learningRate: 0.1, seed });
  const row = (runs) => ({ architecture: 'one', label: 'one', phrases: [], published: {}, regime: 'from scratch', settings: { dataset: 'd', learningRate: 0.1 }, runs, requiredCode: 'code 11111111', test: measured });
  let comparison = { rows: [row([1])], missing: [[{ spec: spec(2) }, { spec: spec(3) }]] };
  /** @type {unknown[]} */
  let jobs = [];
  const live = events();
  openPage(open, {
    comparison: async () => ({ dataset: 'd', datasets: ['d'], settings: [], otherConfigurations: 0, leftOut: [], trialsLeftOut: 0, otherNetworks: [], publishedApplies: false, ...comparison }),
    jobs: async ({ state }) => ({ jobs: jobs.filter((each) => partial(each).state === state) }),
    checkBatch: async () => ({ jobs: [{ title: 'one, seed 2' }, { title: 'one, seed 3' }], refused: [] }),
    submitBatch: async () => ({ queued: [12, 13], existing: [] }),
    ...Object.fromEntries(['differences', 'errorAgreement', 'changes', 'digest'].map((name) => [name, () => new Promise(() => {})])),
  }, { live });
  await texts('@queue-row-0', 'Train with seeds 2, 3');
  await browser.click('@queue-row-0');
  await contains('dialog p', 'The row is of code 11111111: runs that other code computes make a row of their own.');
  await browser.click('@queue-missing');
  await texts('@queue-row-0-outcome', 'Queued 2 jobs. See the queue');
  jobs = [{ id: 12, state: 'QUEUED', spec: { ...spec(2), epochs: 4 } }, { id: 13, state: 'QUEUED', spec: { ...spec(3), epochs: 4 } }];
  live.send('job', jobs[0]);
  await texts('@queued-row-0', 'seeds 2, 3 queued or running: #12, #13');
  await count('@queue-row-0', 0);
  await texts('@queue-row-0-outcome', 'Queued 2 jobs. See the queue');
  comparison = { rows: [row([1, 12])], missing: [[{ spec: spec(3) }]] };
  jobs = [{ id: 13, state: 'FAILED', spec: spec(3) }];
  live.send('job', { ...spec(2), state: 'SUCCEEDED' });
  await texts('@queue-row-0', 'Train with seed 3');
  await count('@queued-row-0', 0);
}

/** Rows of settings that were only tried would hide those that can be compared. */
export async function theSettingWithTheMostNetworksIsShownUntilAnotherOrAllAreChosen() {
  const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
  const row = (architecture, run, words) => ({ architecture, label: architecture, phrases: [words, 'code 4f'], published: {}, regime: 'from scratch', settings: {}, runs: [run], test: measured });
  const rows = { 1: [row('one', 1, '64 px'), row('two', 2, '64 px')], 3: [row('one', 3, '96 px')] };
  const settings = [1, 3].map((run) => ({ run, networks: rows[run].length, regime: 'from scratch', phrases: [rows[run][0].phrases[0]], settings: {} }));
  /** @type {unknown[]} */
  const asked = [];
  const view = (filter) => {
    const setting = settings.find(({ run }) => String(run) === (filter.setting === 'most' ? '1' : filter.setting));
    return { dataset: 'd', datasets: ['d'], settings, setting, leftOut: [], trialsLeftOut: 0, otherNetworks: [], publishedApplies: false,
      rows: setting ? rows[setting.run] : [...rows[1], ...rows[3]], otherConfigurations: setting ? 3 - rows[setting.run].length : 0, missing: [[], [], []] };
  };
  openPage(open, {
    comparison: async (filter) => { asked.push(filter.setting); return view(filter); },
    differences: async (filter) => { asked.push(['differences', filter.setting]); return { dataset: 'd', settings, setting: settings[0], measure: 'test', leftOut: [], networks: [], pairs: [] }; },
    jobs: async () => ({ jobs: [] }),
    ...Object.fromEntries(['errorAgreement', 'changes', 'digest'].map((name) => [name, () => new Promise(() => {})])),
  }, { live: events() });
  await texts('@comparison-table tbody th', 'one', 'two');
  await contains('@in-common-table-1', 'All have: from scratch, 64 px, code 4f');
  await contains('@other-configurations', '1 configuration of other settings or learning rates is not shown.');
  await browser.select('@setting', '3');
  await contains('@other-configurations', '2 configurations');
  await texts('@comparison-table tbody th', 'one');
  await becomes(() => location.href.includes('setting=3'), true);
  await browser.click('@all-settings');
  await texts('@comparison-table tbody th', 'one a', 'two', 'one b');
  await contains('@in-common-table-1', 'All have: from scratch, code 4f');
  await count('@other-configurations', 0);
  await becomes(() => asked, ['most', ['differences', '1'], '3', ['differences', '3'], 'all', ['differences', undefined]]);
}

/** A link to the setting of a run outlives the run. */
export async function theSettingOfADeletedRunGivesWayToThatWithTheMostNetworks() {
  const view = { dataset: 'd', datasets: ['d'], settings: [], leftOut: [], trialsLeftOut: 0, otherNetworks: [], publishedApplies: false, otherConfigurations: 0, rows: [], missing: [] };
  openPage(open, {
    comparison: async ({ setting }) => {
      if (setting !== 'most') {
        throw new Problem({ detail: 'Run 3 is not a training on d that succeeded.', status: 404 });
      }
      return view;
    },
    jobs: async () => ({ jobs: [] }),
    sweeps: async () => ({ sweeps: [] }),
    ...Object.fromEntries(['differences', 'errorAgreement', 'changes', 'digest'].map((name) => [name, () => new Promise(() => {})])),
  }, { query: new URLSearchParams('setting=3') });
  await contains('@setting-gone', 'Run 3, whose setting was chosen, is not among these results any more.');
  await count('@comparison-table', 1);
}

/** Whatever code computes them here. */
export async function furtherSeedsOfAnImportedRowMakeARowOfTheirOwn() {
  const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
  const row = { architecture: 'one', label: 'one', phrases: ['imported from lab 1234'], published: {}, regime: 'from scratch', settings: { dataset: 'd' }, runs: [1], lab: '1234', requiredCode: 'code 11111111', test: measured };
  openPage(open, {
    comparison: async () => ({ dataset: 'd', datasets: ['d'], settings: [], otherConfigurations: 0, leftOut: [], trialsLeftOut: 0, otherNetworks: [], publishedApplies: false, rows: [row], missing: [[{ spec: { kind: 'train', seed: 2 } }]] }),
    jobs: async () => ({ jobs: [] }),
    checkBatch: async () => ({ jobs: [{ title: 'one, seed 2' }], refused: [] }),
    ...Object.fromEntries(['differences', 'errorAgreement', 'changes', 'digest'].map((name) => [name, () => new Promise(() => {})])),
  }, { live: events() });
  await browser.click('@queue-row-0');
  await contains('dialog p', 'imported from another lab: runs of this one make a row of their own.');
  await lacks('dialog p', 'code 11111111');
}
