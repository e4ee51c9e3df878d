/** Notifications of the reader's browser, if asked for: at the end of a sweep, and when a job fails. */

import { countWords } from '../job/words.js';

const KEY = 'bagnetlab.notifications';

/** An end is news for so long; events also tell of changes after it. */
const NEWS_MS = 60_000;

/** Whether the browser can show notifications: it does so only for pages of this machine or over HTTPS. */
const possible = () => 'Notification' in window && isSecureContext;

/** @returns {'on'|'off'|'denied'|'impossible'} */
export function notificationState() {
  if (!possible()) {
    return 'impossible';
  }
  return Notification.permission === 'denied' ? 'denied' : Notification.permission === 'granted' && localStorage.getItem(KEY) === 'on' ? 'on' : 'off';
}

/** Turns notifications on, which asks for permission, or off. @param {boolean} on */
export async function turnNotifications(on) {
  localStorage.setItem(KEY, on ? 'on' : 'off');
  if (on) {
    await Notification.requestPermission();
  }
}

/**
 * What an event tells a reader who looks elsewhere; undefined if nothing.
 *
 * @param {import('../api/events.js').LiveEvent} event
 * @param {number} now in milliseconds
 * @returns {{title: string, body: string, href: string}|undefined}
 */
export function newsOf({ type, data }, now) {
  if (type === 'sweep' && data.endedAt && now - Date.parse(data.endedAt) < NEWS_MS) {
    return { title: `Sweep ${data.id} has ended`, body: countWords(data.counts), href: `#/sweeps/${data.id}` };
  }
  return type === 'job' && data.state === 'FAILED'
    ? { title: `Job #${data.id} failed`, body: `${data.title}\n${data.error?.message ?? ''}`, href: `#/jobs/${data.id}` }
    : undefined;
}

/** Shows notifications while the dashboard is open in a tab that is not looked at. @param {import('../api/events.js').LiveEvents} live */
export function openNotifications(live) {
  live.subscribe((event) => {
    const news = document.hidden && notificationState() === 'on' ? newsOf(event, Date.now()) : undefined;
    if (news) {
      // Of several with one tag, the browser shows the last.
      const shown = new Notification(news.title, { body: news.body, tag: news.href });
      shown.onclick = () => {
        focus();
        location.hash = news.href;
      };
    }
  });
}
