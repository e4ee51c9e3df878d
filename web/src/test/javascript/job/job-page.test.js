import { becomes, browser, contains, count, equal, events, has, openPage, partial, root, texts } from '../testing.js';
import { open } from './job-page.js';

/** A job, and what else its page asks for. */
const pageOf = (job) => ({
  job,
  run: { id: 1, spec: job.spec, changed: [], results: {}, artifacts: [], history: [], otherImages: [], tags: [], title: job.title, state: job.state },
  timeline: { transitions: [] }, results: { results: [] }, experiments: { experiments: [] }, log: '', repeatedImages: undefined,
  architectures: { architectures: [] }, datasets: { datasets: [], damaged: [] }, devices: { devices: [] },
});

/** Outside of its window no job starts, however free a device is. */
export async function aQueuedJobSaysWhyNoDeviceStartsIt() {
  const job = { id: 1, state: 'QUEUED', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: new Date().toISOString() };
  const refusal = 'Jobs run from 20:00 to 08:00; the next window opens today at 20:00.';
  const first = openPage(open, answering({ ...pageOf(job), devices: { devices: [{ name: 'GPU 0', slots: 1, refusal }, { name: 'GPU 1', slots: 0, refusal: 'broken' }] } }), { id: 1 });
  await contains('main', `no job starts now. ${refusal}`);
  first.close();
  openPage(open, answering({ ...pageOf(job), devices: { devices: [{ name: 'GPU 0', slots: 1, refusal }, { name: 'GPU 1', slots: 1 }] } }), { id: 1 });
  await contains('main', 'starts when a device is free');
}

/** The words are those of the list. */
export async function aQueuedJobSaysWhenItWillRun() {
  const at = (/** @type {number} */ minutes) => new Date(new Date().setHours(21, minutes, 30)).toISOString();
  const job = { id: 1, state: 'QUEUED', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: new Date().toISOString(), position: 2, expectedStart: at(40), expectedEnd: at(52) };
  openPage(open, answering(pageOf(job)), { id: 1 });
  await contains('main', '; 2nd to start, about 21:40 to 21:52');
}

/** Of the jobs before it, the page of a job is told nothing. */
export async function thePlaceOfAWaitingJobIsReadAgain() {
  await browser.installClock();
  const job = { id: 1, state: 'QUEUED', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: new Date().toISOString() };
  let place = 2;
  const page = openPage(open, { ...answering(pageOf(job)), job: async () => ({ ...job, position: place }) }, { id: 1 });
  await contains('main', '; 2nd to start');
  place = 1;
  await browser.runClock(6000);
  await contains('main', '; 1st to start');
  page.close();
}

/** Its last worker ran for ten seconds. */
export async function anEndedJobSaysHowLongItsWorkersRan() {
  const job = { id: 1, state: 'FAILED', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: '2026-01-02T03:04:05Z', startedAt: '2026-01-02T03:04:05Z', endedAt: '2026-01-02T03:04:15Z', seconds: 205 };
  openPage(open, answering(pageOf(job)), { id: 1 });
  await contains('main', ', ran 3 min 25 s');
}

/** The list of runs has trainings with results only. */
export async function aTrainingThatFailedIsAmongTheJobsWhateverItsAddress() {
  const job = { id: 1, state: 'FAILED', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: '2026-01-02T03:04:05Z', error: { family: 'USER_ERROR', code: 'diverged', message: 'The training diverged.' } };
  const answers = pageOf(job);
  const page = openPage(open, answering({ ...answers, run: { ...answers.run, trouble: 'diverged', troubleSince: 3 } }), { name: 'run', id: 1 });
  await texts('.crumb', 'Queue / job #1');
  await contains('@job-error', 'The training diverged.');
  await count('@trouble', 0);
  page.close();
  openPage(open, answering(pageOf({ ...job, state: 'SUCCEEDED', error: undefined })), { name: 'run', id: 1 });
  await texts('.crumb', 'Runs / run #1');
}

/** What cannot succeed is not what the page offers first. */
export async function aJobThatWouldFailAgainIsReplacedByOneWithOtherSettings() {
  const failed = (/** @type {string} */ family) => pageOf({ id: 1, state: 'FAILED', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: '2026-01-02T03:04:05Z', error: { family, message: 'It failed.' } });
  for (const [family, primary] of [['USER_ERROR', 'New job like this'], ['EXTERNAL', 'Try again']]) {
    openPage(open, answering(failed(family)), { id: 1 });
    await texts('@actions .button-primary', primary);
  }
}

/** Where the picture of a training's images is: any picture. */
const jobImages = () => '/favicon.svg';

const answering = (answers, guard = () => {}) => ({
  jobImages,
  ...Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, async () => {
    guard();
    return answer;
  }])),
});

/** Nobody knows what has become of a worker since, so nothing grows that is shown of it. */
export async function whatIsShownOfAJobWhileTheServerIsAwayIsSaidToBeOld() {
  await browser.installClock();
  const began = new Date(Date.now() - 60_000).toISOString();
  const job = {
    id: 1, state: 'RUNNING', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: began, startedAt: began,
    progress: { job: 1, phase: 'training', epoch: 1, epochs: 2, done: 3, total: 30, imagesPerSecond: 101, secondsLeft: -1 },
  };
  const live = events();
  const api = answering(pageOf(job), () => {
    if (live.lostAt) {
      throw new Error('Cannot reach the server.');
    }
  });
  openPage(open, api, { live, id: 1 });
  await browser.runClock(2000);
  await contains('@progress', 'estimating the time left');
  await contains('@progress', 'running for 1 min 0');
  live.lostAt = new Date().toISOString();
  live.send('connection', { lost: true });
  live.send('job', job);
  await browser.runClock(120_000);
  await contains('@progress', 'running for 1 min 0');
  await contains('@stale', 'when the connection to the server was lost');
  await texts('.stale .chip', 'Running');
  live.lostAt = undefined;
  live.send('connection', { lost: false });
  live.send('reset', {});
  await browser.runClock(2000);
  await contains('@progress', 'running for 3 min 0');
  await count('@stale', 0);
  await count('@error', 0);
}

export async function aLogIsEmptyOnlyOnceThatIsKnown() {
  const at = new Date().toISOString();
  const answers = pageOf({ id: 1, state: 'SUCCEEDED', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: at, startedAt: at, endedAt: at });
  const logs = [];
  openPage(open, { ...answering(answers), log: () => new Promise((resolve) => logs.push(resolve)) }, { id: 1, tab: 'log' });
  await contains('section[aria-labelledby=log-title]', 'Loading');
  await becomes(() => logs.length, 1);
  logs[0]('');
  await contains('section[aria-labelledby=log-title]', 'No log output.');
}

const queued = () =>
  answering(pageOf({ id: 1, state: 'QUEUED', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: new Date().toISOString() }));

export async function aTrainingShowsItsImages() {
  openPage(open, queued(), { id: 1, tab: 'pictures' });
  await has('@training-images >> img', 'src', jobImages());
}

/** Opens the pictures of a training, whose images are at an address that is no picture, and waits for the second request. @param {string} address */
async function withoutPicture(address) {
  let answered = false;
  const request = globalThis.fetch;
  globalThis.fetch = async (...about) => {
    const response = await request(...about);
    answered ||= String(about[0]) === address;
    return response;
  };
  openPage(open, { ...queued(), jobImages: () => address }, { id: 1, tab: 'pictures' });
  await becomes(() => answered, true);
  globalThis.fetch = request;
}

export async function imagesThatAreGoneAreNotShown() {
  await browser.expectErrors('/jobs/99/images');
  await withoutPicture('/api/v1/jobs/99/images');
  await count('@training-images', 0);
}

/** The server may be too busy to draw them. */
export async function aPictureThatFailsToLoadMayExist() {
  await withoutPicture(new URL('/api/v1/experiments', location.href).href);
  await count('@training-images', 1);
}

const ended = (spec) => ({ id: 1, state: 'SUCCEEDED', title: 'A job', spec, priority: 0, createdAt: '2026-01-01T00:00:00Z' });

/** A page with everything would take seconds. */
export async function aTabRequestsWhatItShowsOnceItIsOpened() {
  const asked = [];
  const answers = { ...pageOf(ended({ kind: 'train', seed: 1 })), statistic: {}, runs: {} };
  const api = answering(answers);
  const view = openPage(open, Object.fromEntries(Object.entries(api).map(([name, answer]) => [name, async () => { asked.push(name); return answer(); }])), { id: 1 });
  await texts('.tabs a', 'Settings', 'Curves', 'Pictures', 'Analyses', 'Log');
  await texts('.tabs a[aria-current=page]', 'Settings');
  await becomes(() => asked.includes('timeline'), true);
  equal(['log', 'results', 'runs', 'statistic'].filter((name) => asked.includes(name)), []);
  equal(view.follow?.({ name: '', id: 1, tab: 'log', query: new URLSearchParams() }), true);
  await contains('section[aria-labelledby=log-title]', 'No log output.');
  await texts('.tabs a[aria-current=page]', 'Log');
  equal(view.title, 'Job #1, Log');
  equal(view.follow?.({ name: '', id: 2, query: new URLSearchParams() }), false);
}

/** Its result is what it was queued for. */
export async function aHeatmapJobStartsWithItsPictures() {
  const answers = pageOf(ended({ kind: 'heatmap', run: 7 }));
  const artifacts = [{ id: 1, kind: 'heatmap', name: 'map', mediaType: 'image/png', url: '/favicon.svg', facts: { image: 'a', class: 'b' } }];
  openPage(open, answering({ ...answers, run: { ...answers.run, artifacts } }), { id: 1, tab: 'pictures' });
  await texts('.tabs a', 'Settings', 'Log');
  await texts('.tabs a[aria-current=page]', 'Settings');
  await count('@heatmap', 1);
}

export async function theAddressOfASectionLeadsToItsTab() {
  open(root, { name: 'job', id: 1, query: new URLSearchParams({ section: 'curve' }) }, partial({ api: answering({ ...pageOf(ended({ kind: 'train', seed: 1 })), runs: {} }), live: events() }));
  await texts('.tabs a[aria-current=page]', 'Curves');
}

/** Stopping it frees the device hours before it would end. */
export async function aTrainingWhoseLossExplodesIsOfferedToBeStopped() {
  const at = new Date().toISOString();
  const job = { id: 1, state: 'RUNNING', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: at, startedAt: at };
  const live = events();
  const cancelled = [];
  openPage(open, { ...answering(pageOf(job)), cancel: async (id) => { cancelled.push(id); return job; } }, { live, id: 1 });
  await contains('@progress', 'Starting the worker');
  await count('@trouble', 0);
  const epoch = (epoch, trainLoss, trouble) => live.send('metric', {
    job: 1, epoch, learningRate: 1, trainLoss, trainAccuracy: 0.1, validationLoss: 2, validationAccuracy: 0.1, best: epoch === 1, seconds: 1, trouble,
  });
  epoch(1, 2.5);
  epoch(2, 90, 'diverged');
  epoch(3, 1e6, 'diverged');
  await contains('@trouble', 'The loss exploded, from epoch 2 on.');
  await browser.click('@stop');
  // A slip must not end hours of training.
  await contains('dialog', '#1, A training?');
  equal(cancelled, []);
  await browser.click('@cancel-confirm-1');
  await becomes(() => cancelled, [1]);
  epoch(4, 2.5);
  await count('@trouble', 0);
}

/** In the words of the queue's list. */
export async function cancellingAJobAsksByItsName() {
  const job = { id: 12, state: 'QUEUED', title: 'BagNet-17 on controlled-15', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: new Date().toISOString() };
  const cancelled = [];
  openPage(open, { ...answering(pageOf(job)), cancel: async (id) => { cancelled.push(id); return job; } }, { id: 12 });
  await browser.click('@cancel-12');
  await texts('dialog p', 'Cancel #12, BagNet-17 on controlled-15?');
  equal(cancelled, []);
  await browser.click('@cancel-confirm-12');
  await becomes(() => cancelled, [12]);
}
