import { html, render } from 'lit-html';
import { browser, count, equal, only, partial, root, texts, visible } from '../testing.js';
import { joined, missingJobs, seedWords } from './missing-jobs.js';

/** @param {number} seed */
const job = (seed) => ({ spec: { kind: 'train', architecture: 'bagnet9', dataset: 'd', seed } });

export async function missingJobsAreNamedBeforeTheyAreQueued() {
  /** @type {unknown[]} */
  const sent = [];
  const api = partial({
    checkBatch: async () => ({ jobs: [{ title: 'BagNet-9, seed 2', deviceSeconds: 600 }, { title: 'BagNet-9, seed 3', existing: 7 }], refused: [] }),
    submitBatch: async (batch) => {
      sent.push(batch);
      return { queued: [12], existing: [7] };
    },
  });
  const missing = missingJobs(api, () => draw());
  const jobs = [job(2), job(3)];
  const draw = () => render(html`${missing.button(partial(jobs), { id: 'queue-row', verb: 'Train' })}`, root);
  draw();
  await browser.click('@queue-row');
  await texts('dialog p', 'Queue 1 job? 1 more is queued, running or done already. About 10 min of device time, judged by the newest job like it.');
  await texts('dialog li', 'BagNet-9, seed 2');
  equal(sent, []);
  await browser.click('@queue-missing');
  await texts('@queue-row-outcome', 'Queued 1 job. See the queue');
  equal(sent, [{ jobs }]);
}

/** A reader of hundreds of jobs wants to see each of them. */
export async function allJobsAreListedWithWhatToKnowOfThem() {
  const titles = Array.from({ length: 129 }, (_, i) => `Job ${i}`);
  const missing = missingJobs(partial({ checkBatch: async () => ({ jobs: titles.map((title) => ({ title })), refused: [] }) }), () => draw());
  const draw = () => render(html`${missing.button(partial([job(2)]), { id: 'queue-row', verb: 'Train', note: 'They make a row of their own.' })}`, root);
  draw();
  await browser.click('@queue-row');
  await texts('dialog p', 'Queue 129 jobs? No job like them has run yet, so their time is not known. They make a row of their own.');
  await count('dialog li', 129);
  equal(only('dialog').getBoundingClientRect().bottom <= innerHeight, true);
}

export async function jobsThatAllExistAreLinkedInsteadOfQueued() {
  const missing = missingJobs(partial({ checkBatch: async () => ({ jobs: [{ title: 'BagNet-9', existing: 7 }], refused: [] }) }), () => draw());
  const draw = () => render(html`${missing.button(partial([job(2)]), { id: 'queue-row', verb: 'Train' })}`, root);
  draw();
  await browser.click('@queue-row');
  await texts('@queue-row-outcome', 'Nothing to queue: #7 will have the results.');
  await count('dialog', 0);
}

export async function whyJobsAreNotQueuedIsShownAtTheirButton() {
  const missing = missingJobs(partial({ checkBatch: async () => { throw new Error('The data set d was removed.'); } }), () => draw());
  const draw = () => render(html`${missing.button(partial([job(2)]), { id: 'queue-row', verb: 'Train' })}${missing.button([], { id: 'none', verb: 'None' })}`, root);
  draw();
  await count('@none', 0);
  await browser.click('@queue-row');
  await texts('@error', 'The data set d was removed.');
  await visible('@queue-row');
}

export async function jobsThatAreNotPossibleAreLeftOut() {
  /** @type {unknown[]} */
  const sent = [];
  const api = partial({
    checkBatch: async () => ({ jobs: [{ title: 'Heatmap of BagNet-9' }], refused: [{ job: 1, reason: 'ResNet-50 is no BagNet.' }, { job: 3, reason: 'ResNet-50 is no BagNet.' }] }),
    submitBatch: async (batch) => {
      sent.push(batch);
      return { queued: [12], existing: [] };
    },
  });
  const missing = missingJobs(api, () => draw());
  const draw = () => render(html`${missing.button(partial([job(1), job(2), job(3)]), { id: 'queue-row', verb: 'Train' })}`, root);
  draw();
  await browser.click('@queue-row');
  await texts('dialog p', 'Queue 1 job? No job like it has run yet, so its time is not known. 2 jobs are left out: ResNet-50 is no BagNet.');
  await browser.click('@queue-missing');
  await texts('@queue-row-outcome', 'Queued 1 job. See the queue');
  equal(sent, [{ jobs: [job(2)] }]);
}

export async function whyNoJobIsPossibleIsShown() {
  const missing = missingJobs(partial({ checkBatch: async () => ({ jobs: [], refused: [{ job: 1, reason: 'ResNet-50 is no BagNet.' }] }) }), () => draw());
  const draw = () => render(html`${missing.button(partial([job(1)]), { id: 'queue-row', verb: 'Train' })}`, root);
  draw();
  await browser.click('@queue-row');
  await texts('@error', 'ResNet-50 is no BagNet.');
}

export function seedsAreListedAndSharedJobsAreQueuedOnce() {
  equal(seedWords(partial([job(2), job(3)])), 'seeds 2, 3');
  equal(seedWords(partial([job(2)])), 'seed 2');
  equal(joined(partial([[job(1), job(2)], [job(2)]])).length, 2);
}
