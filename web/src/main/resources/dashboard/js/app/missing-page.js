import { html } from 'lit-html';
import { openPage } from './view.js';

/** @type {import('./view.js').OpenView} */
export const open = (root) => openPage(root, 'Page not found', () => html`<h1>Page not found</h1>
  <p class="lead">There is no page at this address. Go to <a href="#/">Table 1</a>.</p>`);
