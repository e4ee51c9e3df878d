/** Notifications of the reader's browser, if asked for: at the end of a sweep, and when a job fails. */

import { plural } from '../app/format.js';
import { jobHref, sweepHref } from '../app/routes.js';
import { countWords } from '../job/words.js';

const KEY = 'bagnetlab.notifications';

/**
 * An end is news for so long; events also tell of changes after it. The clocks of the browser and of the server may differ
 * by as much.
 */
const NEWS_MS = 10 * 60_000;

/** What the reader wants, where the browser stores nothing for this page. */
let wanted = false;

function isWanted() {
  try {
    return localStorage.getItem(KEY) === 'on';
  } catch {
    return wanted;
  }
}

/** Whether the reader has chosen. */
function isChosen() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return true; // An offer that is declined would come again.
  }
}

/** Whether notifications should be offered: they are possible, and the reader has not chosen yet. */
export const isOffer = () => notificationState() === 'off' && !isChosen();

/** Whether the browser can show notifications: it does so only for pages of this machine or over HTTPS. */
const possible = () => 'Notification' in window && isSecureContext;

/** @returns {'on'|'off'|'denied'|'impossible'} */
export function notificationState() {
  if (!possible()) {
    return 'impossible';
  }
  return Notification.permission === 'denied' ? 'denied' : Notification.permission === 'granted' && isWanted() ? 'on' : 'off';
}

/** Turns notifications on, which asks for permission, or off. @param {boolean} on */
export async function turnNotifications(on) {
  if (on && (await Notification.requestPermission()) === 'default') {
    return; // The question was closed without an answer.
  }
  wanted = on;
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // Then it is forgotten when the page is closed.
  }
}

/**
 * Of several notifications with one tag, the browser shows the last.
 *
 * @typedef {{title: string, body: string, href: string, tag: string}} News
 */

/** @param {string|undefined} endedAt @param {number} now in milliseconds */
const isNew = (endedAt, now) => endedAt !== undefined && Math.abs(now - Date.parse(endedAt)) < NEWS_MS;

/** What events tell a reader who looks elsewhere: each end once, and all jobs that failed since in one notification. */
export function unseenNews() {
  /** The ends that were told, each as what has ended and when. @type {Set<string>} */
  const told = new Set();
  let failed = 0;

  return {
    /**
     * What an event tells; undefined if nothing.
     *
     * @param {import('../api/events.js').LiveEvent} event
     * @param {number} now in milliseconds
     * @returns {News|undefined}
     */
    of({ type, data }, now) {
      if (type !== 'sweep' && (type !== 'job' || data.state !== 'FAILED')) {
        return undefined;
      }
      const end = `${type} ${data.id} ${data.endedAt}`;
      if (!isNew(data.endedAt, now) || told.has(end)) {
        return undefined;
      }
      told.add(end);
      if (type === 'sweep') {
        const href = sweepHref(data.id);
        return { title: `Sweep ${data.id} has ended`, body: countWords(data.counts), href, tag: href };
      }
      failed += 1;
      const one = { title: `Job #${data.id} failed`, body: `${data.title}\n${data.error?.message ?? ''}`, href: jobHref(data.id), tag: 'failed' };
      return failed === 1 ? one : { ...one, title: `${plural(failed, 'job')} failed`, body: `The last: #${data.id}, ${one.body}`, href: '#/queue?state=FAILED' };
    },

    /** The reader has seen the dashboard, and with it what has failed. */
    seen() {
      failed = 0;
    },
  };
}

/** Shows notifications while the dashboard is open in a tab that is not looked at. @param {import('../api/events.js').LiveEvents} live */
export function openNotifications(live) {
  const unseen = unseenNews();
  document.addEventListener('visibilitychange', unseen.seen);
  live.subscribe((event) => {
    const news = unseen.of(event, Date.now());
    if (news && document.hidden && notificationState() === 'on') {
      const shown = new Notification(news.title, { body: news.body, tag: news.tag });
      shown.onclick = () => {
        focus();
        location.hash = news.href;
      };
    }
  });
}
