import { all, becomes, browser, contains, count, equal, events, openPage, partial, texts, words } from '../testing.js';
import { clock } from '../app/format.js';
import { OCCLUSION } from '../experiment/occlusion.js';
import { open } from './queue-page.js';

const STARTED = '2026-01-02T03:04:05Z';

/** @param {number} minutes after nine in the evening, tomorrow */
const at = (minutes) => new Date(new Date(Date.now() + 86_400_000).setHours(21, minutes, 30)).toISOString();

/** @param {number} id @param {string} state @param {object} [more] */
const job = (id, state, more = {}) => ({ id, state, title: `training ${id}`, spec: { kind: 'train' }, priority: 0, createdAt: STARTED, ...more });

/** The queue of a server that moves, pauses and cancels the jobs of a test. @param {object} [more] other requests */
function queue(more = {}) {
  const live = events();
  const sent = [];
  let jobs = [
    job(1, 'RUNNING', { startedAt: STARTED, resumed: 'resumed from epoch 7 of 30 (the server was stopped)' }),
    ...[2, 3, 4].map((id, i) => job(id, 'QUEUED', { position: i + 1, ...(i < 2 && { expectedStart: at(40 + i) }), ...(i < 1 && { expectedEnd: at(41) }), ...(i === 2 && { behind: 3 }) })),
    job(5, 'QUEUED', { held: true, sweep: 'night' }),
    job(6, 'SUCCEEDED', { startedAt: STARTED, endedAt: '2026-01-02T03:04:15Z', seconds: 205 }),
  ];
  const api = partial({
    jobs: async ({ kind }) => (kind ? { jobs: [] } : { jobs: jobs.map((each) => ({ ...each })), total: jobs.length, counts: { QUEUED: 4, RUNNING: 1, SUCCEEDED: 1 } }),
    devices: async () => ({ devices: [] }),
    experiments: async () => ({ experiments: [OCCLUSION] }),
    check: async () => ({ values: {}, changed: [], problems: [], equal: [], warnings: [] }),
    datasets: async () => ({ datasets: [], damaged: [] }),
    weights: async () => ({ weights: [], damaged: [] }),
    sweeps: async () => ({ sweeps: [{ id: 'demo', endedAt: STARTED, counts: {} }] }),
    changeJobs: async (change) => {
      sent.push(change);
      if (change.move) {
        const some = change.jobs.map((id) => jobs.find((each) => each.id === id));
        const others = jobs.filter(({ id }) => !change.jobs.includes(id));
        const { before, after } = change.move;
        const at = before !== undefined ? others.findIndex(({ id }) => id === before) : others.findIndex(({ id }) => id === after) + 1;
        let position = 0;
        jobs = [...others.slice(0, at), ...some, ...others.slice(at)].map((each) => (each.position ? { ...each, position: ++position } : each));
      }
      return { jobs: [] };
    },
    ...more,
  });
  openPage(open, api, { live });
  return { api, live, sent };
}

const order = () => all('@group-next >> li').map((row) => Number(row.dataset.jobId));

export async function jobsAreListedByWhatBecomesOfThem() {
  queue();
  await texts('h3', 'Running', 'Next', 'Held, paused or waiting for another job', 'Ended');
  await becomes(() => all('@group-next >> .job-when').map(words), [`1st to start, about ${clock(at(40))} to ${clock(at(41))}`, `2nd to start, about ${clock(at(41))}`, '3rd to start, at a time that depends on job 3, whose time is not known']);
  await texts('@group-running >> .job-reason', 'resumed from epoch 7 of 30 (the server was stopped)');
  // Its last worker ran for ten seconds.
  await contains('@group-ended >> .job-when', /, ran 3 min 25 s$/);
  await count('@demo-queued', 0);
}

/** Held and paused jobs, and those that have ended, are none of which the forecast tells. */
export async function theTimeOfRunningAndWaitingJobsIsSaidWhereTheyAreListed() {
  queue({ forecast: async () => ({ expectedEnd: new Date(Date.now() + 5 * 60_000).toISOString(), sweeps: [] }) });
  await texts('@queue-end', 'Running and waiting jobs: about 5 min left.');
  all('@filter-SUCCEEDED')[0].click();
  await count('@queue-end', 0);
  all('@filter-QUEUED')[0].click();
  await count('@queue-end', 1);
}

/** The forecast is read again after the jobs: meanwhile nothing is about to end. */
export async function withoutARunningOrWaitingJobNoTimeIsSaid() {
  let read = 0;
  queue({
    forecast: async () => { read += 1; return { expectedEnd: new Date().toISOString(), sweeps: [] }; },
    jobs: async ({ kind }) => (kind ? { jobs: [] } : { jobs: [job(6, 'SUCCEEDED', { endedAt: STARTED, seconds: 205 })], total: 1, counts: { SUCCEEDED: 1 } }),
  });
  await count('@group-ended >> li', 1);
  await becomes(() => read > 0, true);
  await count('@queue-end', 0);
}

export async function howTheOrderIsChangedIsSaidAboveTheJobsThatRunNext() {
  queue();
  await contains('@group-next >> @reorder-hint', 'To change the order, drag a row by its handle ⠿, or press an arrow key on it; or select jobs.');
}

export async function aJobIsMovedWithTheKeyboardAndKeepsTheFocus() {
  const { api, live, sent } = queue();
  await becomes(order, [2, 3, 4]);
  all('@drag-4')[0].focus();
  await browser.press('ArrowUp');
  await becomes(order, [2, 4, 3]);
  await becomes(() => document.activeElement?.getAttribute('data-testid'), 'drag-4');
  await texts('@moved', 'Job #4 is now 2nd to start.');
  await browser.press('Home');
  await becomes(order, [4, 2, 3]);
  await becomes(() => document.activeElement?.getAttribute('data-testid'), 'drag-4');
  await browser.press('End');
  await becomes(order, [2, 3, 4]);
  equal(sent, [{ jobs: [4], move: { before: 3 } }, { jobs: [4], move: { before: 2 } }, { jobs: [4], move: { after: 3 } }]);
  // Another user moves it, too.
  await api.changeJobs({ jobs: [4], move: { before: 2 } });
  live.send('reset', {});
  await becomes(order, [4, 2, 3]);
  await becomes(() => document.activeElement?.getAttribute('data-testid'), 'drag-4');
}

export async function whatWasSaidOfAMoveGoesWhenTheJobStarts() {
  const { live } = queue();
  await becomes(order, [2, 3, 4]);
  all('@drag-3')[0].focus();
  await browser.press('Home');
  await texts('@moved', 'Job #3 is now 1st to start.');
  live.send('job', job(3, 'RUNNING', { startedAt: STARTED }));
  await texts('@moved', '');
}

export async function selectedJobsAreChangedTogether() {
  const { sent } = queue();
  await becomes(order, [2, 3, 4]);
  const top = () => all('[data-job-id="6"]')[0].getBoundingClientRect().top + scrollY;
  const before = top();
  await browser.click('@select-3');
  await browser.click('@select-4');
  await texts('@selection >> [role=status]', '2 jobs selected');
  all('@drag-3')[0].focus();
  await browser.press('Home');
  await becomes(order, [3, 4, 2]);
  await texts('@moved', '2 jobs moved: now 1st and 2nd in the queue.');
  equal(top(), before);
  await browser.click('@cancel-3');
  await texts('dialog p', 'Cancel #3, training 3?');
  await browser.press('Escape');
  await browser.click('@select-1');
  await browser.click('@selected-cancel');
  await browser.click('@selected-cancel-confirm');
  await texts('@moved', '3 jobs cancelled.');
  await count('@selection', 0);
  equal(sent, [{ jobs: [3, 4], move: { before: 2 } }, { jobs: [1, 3, 4], action: 'cancel' }]);
}

/** On a wide screen the form is in view before, too. */
export async function theFirstFieldOfTheFormShowsWhereANewJobIsQueued() {
  queue();
  await becomes(() => all('form label').length > 0, true);
  await browser.click('@to-form');
  await becomes(() => document.activeElement?.closest('.panel')?.getAttribute('aria-labelledby'), 'form-title');
  equal(document.activeElement?.matches('input, select'), true);
}

/** What the form asks for is of no concern here. */
const never = () => new Promise(() => {});

export async function trainingsThatWentWrongAreMarked() {
  const at = new Date().toISOString();
  const job = (id, state, trouble) => ({
    id, state, trouble, title: `Training ${id}`, spec: { kind: 'train', seed: id }, priority: 0, createdAt: at, startedAt: at, ...(state === 'RUNNING' ? {} : { endedAt: at }),
  });
  const live = events();
  openPage(open, {
    jobs: async () => ({ jobs: [job(3, 'RUNNING'), job(2, 'SUCCEEDED', 'chance'), job(1, 'SUCCEEDED')], total: 3, counts: { RUNNING: 1, SUCCEEDED: 2 } }),
    devices: async () => ({ devices: [] }),
    experiments: never, datasets: never, weights: never, sweeps: never,
  }, { live });
  await texts('[data-job-id="2"] [data-trouble]', 'at chance');
  await count('[data-trouble]', 1);
  await texts('@cancel-3', 'Cancel');
  live.send('metric', { job: 3, epoch: 2, learningRate: 1, trainLoss: 90, trainAccuracy: 0.1, validationLoss: 2, validationAccuracy: 0.1, best: false, seconds: 1, trouble: 'diverged' });
  await texts('[data-job-id="3"] [data-trouble]', 'diverged');
  await contains('[data-job-id="3"]', 'the loss exploded.');
  await texts('@cancel-3', 'Stop it');
}

/** The server counts trials that a search pruned among the cancelled jobs. */
export async function prunedTrialsAreNotSaidToBeCancelled() {
  openPage(open, {
    jobs: async () => ({ jobs: [job(1, 'CANCELLED', { pruned: true, startedAt: STARTED, endedAt: STARTED })], total: 1, counts: { CANCELLED: 1 } }),
    devices: async () => ({ devices: [] }),
    experiments: never, datasets: never, weights: never, sweeps: never,
  });
  await texts('.job-chips', 'Pruned');
  await texts('fieldset label', 'All 1', 'Cancelled or pruned 1');
}
