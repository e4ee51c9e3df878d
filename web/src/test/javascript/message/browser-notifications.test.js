import { equal } from '../testing.js';
import { notificationState, unseenNews } from './browser-notifications.js';

const ENDED = '2026-01-02T03:04:05Z';
const NOW = Date.parse(ENDED) + 2000;

/** @param {object} [more] */
const sweep = (more) => /** @type {any} */ ({ type: 'sweep', data: { id: 'night', counts: { SUCCEEDED: 11, FAILED: 1 }, ...more } });

/** @param {number} id @param {object} [more] */
const job = (id, more) => /** @type {any} */ ({ type: 'job', data: { id, state: 'FAILED', endedAt: ENDED, title: 'BagNet-9', error: { message: 'It ran out of memory.' }, ...more } });

export function theEndOfASweepAndAFailedJobAreNewsOnce() {
  const unseen = unseenNews();
  equal(unseen.of(sweep(), NOW), undefined);
  equal(unseen.of(sweep({ endedAt: ENDED }), NOW), { title: 'Sweep night has ended', body: '11 succeeded, 1 failed', href: '#/sweeps/night', tag: '#/sweeps/night' });
  equal(unseen.of(sweep({ endedAt: ENDED }), NOW), undefined);
  equal(unseen.of(job(3, { state: 'RUNNING', endedAt: undefined }), NOW), undefined);
  equal(unseen.of(job(3), NOW), { title: 'Job #3 failed', body: 'BagNet-9\nIt ran out of memory.', href: '#/jobs/3', tag: 'failed' });
  equal(unseen.of(job(3), NOW), undefined);
}

export function whatEndedLongAgoIsNoNewsButClocksMayDiffer() {
  const before = '2026-01-02T02:04:05Z';
  equal(unseenNews().of(sweep({ endedAt: before }), NOW), undefined);
  equal(unseenNews().of(job(3, { endedAt: before }), NOW), undefined);
  for (const minutes of [-5, 5]) {
    equal(unseenNews().of(job(3), NOW + minutes * 60_000)?.title, 'Job #3 failed');
  }
}

export function manyFailuresAreOneNotificationUntilTheReaderLooks() {
  const unseen = unseenNews();
  unseen.of(job(3), NOW);
  unseen.of(job(4), NOW);
  equal(unseen.of(job(5), NOW), { title: '3 jobs failed', body: 'The last: #5, BagNet-9\nIt ran out of memory.', href: '#/queue?state=FAILED', tag: 'failed' });
  unseen.seen();
  equal(unseen.of(job(6), NOW)?.title, 'Job #6 failed');
}

export function whereStorageIsBlockedNotificationsAreOff() {
  Object.defineProperty(window, 'localStorage', {
    get() {
      throw new Error('Access is denied for this document.');
    },
  });
  Object.defineProperty(Notification, 'permission', { value: 'granted' });
  equal(notificationState(), 'off');
}
