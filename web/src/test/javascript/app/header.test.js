import { becomes, browser, equal, events, only, partial, texts, visible } from '../testing.js';
import { openHeader } from './header.js';

/** The time left is last in the words of the running job, so it is cut first. */
export async function aNarrowHeaderShowsTheTimeLeftAndStaysOneRow() {
  await browser.resize(1280, 720);
  const job = {
    id: 1, state: 'RUNNING', title: 'BagNet-33 on scenes, 64 px', spec: { kind: 'train' },
    progress: { job: 1, phase: 'training', epoch: 15, epochs: 16, done: 3, total: 30, secondsLeft: 725 },
  };
  const api = {
    jobs: async () => ({ jobs: [job], counts: { QUEUED: 5 } }), storage: async () => ({}),
    session: async () => ({ login: true, name: 'margarethe-hilbert', role: 'viewer' }),
  };
  const header = document.createElement('header');
  header.className = 'header';
  header.id = 'header-under-test';
  document.body.prepend(header);
  openHeader(header, partial({ api, live: events() }));
  await visible('#header-under-test @visitor');
  await texts('#header-under-test .now-words', 'Epoch 15 of 16 · 12 min 05 s left');
  const { scrollWidth, clientWidth } = only('#header-under-test .now-words');
  equal(scrollWidth <= clientWidth, true);
  equal(only('#header-under-test .header-row').getBoundingClientRect().height < 60, true);
  await browser.resize(390, 800);
  equal([...only('#header-under-test .now-words').children].filter((part) => part.checkVisibility()).map((part) => part.textContent), ['12 min 05 s left']);
}

/** Held jobs wait for a user, not for a device. */
export async function heldJobsAreNotSaidToWait() {
  for (const { counts, held, shown } of [
    { counts: { QUEUED: 5 }, held: 5, shown: 'Nothing running, 5 jobs held' },
    { counts: { QUEUED: 5 }, held: 3, shown: '2 jobs waiting' },
    { counts: {}, held: 0, shown: 'Nothing running' },
  ]) {
    const header = document.createElement('header');
    header.id = 'held-under-test';
    document.body.prepend(header);
    const api = { jobs: async () => ({ jobs: [], counts, held }), storage: async () => ({}), session: async () => ({ login: false, name: '', role: 'operator' }) };
    openHeader(header, partial({ api, live: events() }));
    await texts('#held-under-test @now-idle', shown);
    header.remove();
  }
}

export async function pagesAreInFourGroups() {
  const header = document.createElement('header');
  header.className = 'header';
  header.id = 'groups-under-test';
  document.body.prepend(header);
  const api = { jobs: async () => ({ jobs: [], counts: {}, held: 0 }), storage: async () => ({}), session: async () => ({ login: false, name: '', role: 'operator' }) };
  openHeader(header, partial({ api, live: events() })).at('claims');
  await texts('#groups-under-test .nav-title', 'Results', 'Evidence', 'Data', 'Work');
  await texts('#groups-under-test [aria-current=page]', 'Claims');
  await browser.resize(1280, 720);
  equal(only('#groups-under-test .header-row').getBoundingClientRect().height < 60, true);
  header.remove();
}

export async function withoutAConnectionTheTabHasNoPerCent() {
  const header = document.createElement('header');
  document.body.prepend(header);
  const job = { id: 1, state: 'RUNNING', title: 'BagNet-33', spec: { kind: 'train' }, progress: { job: 1, phase: 'training', epoch: 8, epochs: 16, done: 3, total: 30 } };
  const api = { jobs: async () => ({ jobs: [job], counts: {} }), storage: async () => ({}), session: async () => ({ login: false, name: '', role: 'operator' }) };
  const live = { ...events(), lost: false };
  /** @type {string[]} */
  const shown = [];
  openHeader(header, partial({ api, live }), { progress: (done) => void shown.push(typeof done) });
  await becomes(() => shown, ['number']);
  live.lost = true;
  live.send('connection', { lost: true });
  equal(shown, ['number', 'undefined']);
  header.remove();
}
