import { all, becomes, browser, contains, equal, events, has, openPage, texts } from '../testing.js';
import { open } from './sweep-page.js';

const NOTHING = { jobs: 0, deviceSeconds: 0, jobsWithEnergy: 0 };

export async function aSweepIsReadAgainOnlyForWhatEventsDoNotTell() {
  await browser.installClock();
  const createdAt = '2026-01-02T03:04:05Z';
  const job = (id, state) => ({ id, state, title: `Job ${id}`, sweep: 'ten', spec: { kind: 'train', seed: id }, priority: 0, createdAt });
  const reads = [];
  const live = events();
  const tell = (id, state) => live.send('job', job(id, state));
  openPage(open, {
    sweep: () => new Promise((resolve) => reads.push(resolve)),
    experiments: async () => ({ experiments: [] }),
  }, { live, sweep: 'ten' });
  await becomes(() => reads.length, 1);
  tell(1, 'RUNNING');
  reads.at(-1)({ id: 'ten', createdAt, counts: {}, cost: NOTHING, jobs: [1, 2, 3].map((id) => job(id, 'QUEUED')) });
  await contains('@sweep-bar', '1 running');
  tell(1, 'SUCCEEDED');
  tell(2, 'RUNNING');
  await contains('@sweep-bar', '1 succeeded');
  await contains('@sweep-bar', '1 running');
  await contains('@sweep-bar', '1 queued');
  await browser.runClock(1000);
  equal(reads.length, 1);
  tell(4, 'QUEUED');
  await browser.runClock(1000);
  equal(reads.length, 2);
}

export async function aBudgetIsShownWithTheHoursThatWereUsed() {
  openPage(open, {
    sweep: async () => ({
      id: 'night', createdAt: '2026-01-02T03:04:05Z', counts: {}, jobs: [], cost: NOTHING, budget: { hours: 10, usedHours: 10.416 },
      hold: 'held after it used its budget of 10 device hours', holdCode: 'budget-used',
    }),
    experiments: async () => ({ experiments: [] }),
  }, { sweep: 'night' });
  await contains('@sweep-when', '10.42 of 10 device hours used');
  await contains('@hold-reason', 'Releasing the sweep grants it as many device hours again.');
}

export async function valuesOfTrialsThatWaitMayChange() {
  const createdAt = '2026-01-02T03:04:05Z';
  const job = (id, state, startedAt) => ({ id, state, startedAt, title: `Job ${id}`, sweep: 'search', spec: { kind: 'train', seed: id }, priority: 0, createdAt });
  const jobs = [job(1, 'SUCCEEDED', createdAt), job(2, 'QUEUED', createdAt), job(3, 'QUEUED')];
  openPage(open, {
    sweep: async () => ({ id: 'search', createdAt, counts: {}, cost: NOTHING, jobs, definition: { name: 'search', random: { trials: 3, sampler: 'tpe' } } }),
    experiments: async () => ({ experiments: [] }),
  }, { sweep: 'search' });
  await becomes(() => all('.job').map((each) => each.textContent.includes('values may change when it starts')), [false, false, true]);
}

const TRIALS = [[0.001, 0.3], [0.001, 0.3], [0.001, 0.3], [0.01, 0.5], [0.01, 0.6], [0.01, 0.7], [0.1, 0.9]].map(([learningRate, accuracy], i) => ({
  job: i + 1, dataset: 'controlled-15', architecture: 'bagnet9', label: 'BagNet-9', outcome: 'finished', settings: { learningRate, width: 0.25 * (i + 1) }, epochs: 3, seconds: 60, accuracy, compared: accuracy,
}));

export async function whichSettingsMatteredIsReadWhenAskedFor() {
  const createdAt = '2026-01-02T03:04:05Z';
  const jobs = [1, 2, 3].map((id) => ({ id, state: 'SUCCEEDED', title: `Job ${id}`, sweep: 'search', spec: { kind: 'train', seed: id }, priority: 0, createdAt }));
  let reads = 0;
  openPage(open, {
    sweep: async () => ({ id: 'search', createdAt, counts: { SUCCEEDED: 3 }, cost: NOTHING, jobs }),
    experiments: async () => ({ experiments: [] }),
    sweepTrials: async () => ({ startedAt: createdAt, settings: ['width', 'learningRate'].map((name) => ({ name, label: name === 'width' ? 'Width' : 'Learning rate', number: true, choices: [] })), trials: TRIALS, best: [2], bestSettings: [], curves: [] }),
    async sweepImportance() {
      reads++;
      return {
        fewest: 10,
        leastP: 0.025,
        datasets: [
          { dataset: 'scene15', fromRun: true, trainings: 3, configurations: 2, selected: false },
          {
            dataset: 'controlled-15', fromRun: false, trainings: 40, configurations: 40, selected: false, forest: {
              error: 0.021, errorOfMean: 0.07, settings: [
                { setting: 'learningRate', label: 'Learning rate', with: ['Schedule', 'Optimiser'], values: 40, rise: 0.052, p: 0.025, matters: true },
                { setting: 'epochs', label: 'Epochs', with: [], values: 5, rise: -0.0001, p: 0.9, matters: false },
              ],
            },
          },
          { dataset: 'fractals-60', fromRun: false, trainings: 12, configurations: 12, selected: false, forest: { error: 0.08, errorOfMean: 0.07, settings: [] } },
        ],
      };
    },
  }, { sweep: 'search', query: new URLSearchParams({ over: 'width' }) });
  await contains('@importance', 'Which settings mattered');
  equal(reads, 0);
  await browser.click('@importance > summary');
  await texts('.importance tbody tr', 'Learning rate changes together with schedule, optimiser 40 5.2 points yes p = 0.025 0.01 60.0 %, 3 trials', 'Epochs 5 0.0 points unclear p = 0.900 –');
  await contains('@importance', '3 trainings from runs on scene15: 2 configurations with a result; at least 10 different ones are needed.');
  await contains('@importance', '12 trainings on fractals-60: typical error 8.0 points; guessing the mean of the others, 7.0. So the settings do not predict the accuracy.');
  await contains('.importance caption', '40 trainings on controlled-15: typical error 2.1 points; guessing the mean of the others, 7.0.');
  await contains('@importance', '0.025 is the least that can be told');
  equal(reads, 1);
  // From what mattered to the plot over it.
  await has('@trial-scatter', 'aria-label', /over width/);
  await browser.click('.importance button');
  await has('@trial-scatter', 'aria-label', /over learning rate/);
}

/** The event of an end does not say it. */
export async function aJobThatEndsSaysHowLongItRan() {
  const createdAt = '2026-01-02T03:04:05Z';
  const job = (state, more = {}) => ({ id: 1, state, title: 'Job 1', sweep: 'one', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt, startedAt: createdAt, ...more });
  const live = events();
  openPage(open, {
    sweep: async () => ({ id: 'one', createdAt, counts: {}, cost: NOTHING, jobs: [job('RUNNING')] }),
    experiments: async () => ({ experiments: [] }),
    job: async () => job('SUCCEEDED', { endedAt: '2026-01-02T03:04:15Z', seconds: 205 }),
  }, { live, sweep: 'one' });
  await contains('@sweep-bar', '1 running');
  live.send('job', job('SUCCEEDED', { endedAt: '2026-01-02T03:04:15Z' }));
  await contains('.job-when', ', ran 3 min 25 s');
}
