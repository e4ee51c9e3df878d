import { equal } from '../testing.js';
import { browserTab } from './browser-tab.js';

export function titleAndIconShowHowFarTheRunningJobIs() {
  const icon = /** @type {HTMLLinkElement} */ (document.createElement('link'));
  icon.rel = 'icon';
  icon.href = '/favicon.svg';
  const head = document.createElement('head');
  head.append(icon);
  const tab = browserTab(/** @type {any} */ ({ head }));
  tab.page('Queue');
  equal(document.title, 'Queue · Bagnet Lab');
  tab.progress(0.349);
  equal(document.title, '34 % · Queue · Bagnet Lab');
  equal(icon.href.startsWith('data:image/svg+xml,'), true);
  tab.page('Runs');
  equal(document.title, '34 % · Runs · Bagnet Lab');
  tab.progress(undefined);
  equal(document.title, 'Runs · Bagnet Lab');
  equal(new URL(icon.href).pathname, '/favicon.svg');
}
