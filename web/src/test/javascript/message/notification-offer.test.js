import { render } from 'lit-html';
import { browser, count, equal, root } from '../testing.js';
import { notificationState } from './browser-notifications.js';
import { notificationOffer } from './notification-offer.js';

export async function notificationsAreOfferedUntilTheReaderChooses() {
  localStorage.clear();
  let permission = 'default';
  Object.defineProperty(Notification, 'permission', { get: () => permission });
  Notification.requestPermission = async () => {
    permission = 'granted';
    return 'granted';
  };
  const draw = () => render(notificationOffer(draw), root);
  draw();
  await browser.click('@notification-no');
  await count('@notification-offer', 0);
  equal(notificationState(), 'off');
  localStorage.clear();
  draw();
  await browser.click('@notification-yes');
  await count('@notification-offer', 0);
  equal(notificationState(), 'on');
  localStorage.clear();
}
