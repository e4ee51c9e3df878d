import { html, render } from 'lit-html';
import { becomes, browser, equal, only, root } from '../testing.js';
import { scroll } from './scroll.js';

/** Words for screen readers are placed absolutely, which a box without a position does not clip. */
export async function whatIsHiddenInAWideTableDoesNotWidenThePage() {
  await browser.resize(390, 800);
  render(scroll('Wide', html`<table><tr>${Array.from({ length: 60 }, () => html`<td>12.5 <span class="visually-hidden">one run</span></td>`)}</tr></table>`), root);
  equal(only('.scroll').scrollWidth > 800, true);
  await becomes(() => document.documentElement.scrollWidth <= 390, true);
}
