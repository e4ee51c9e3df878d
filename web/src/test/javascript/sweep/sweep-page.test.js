import { becomes, browser, contains, equal, events, openPage } from '../testing.js';
import { open } from './sweep-page.js';

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
  reads.at(-1)({ id: 'ten', createdAt, counts: {}, jobs: [1, 2, 3].map((id) => job(id, 'QUEUED')) });
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
