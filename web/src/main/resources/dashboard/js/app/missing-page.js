import { html } from 'lit-html';
import { drawing } from './view.js';

/** @type {import('./view.js').OpenView} */
export function open(root) {
  const { draw, close } = drawing(
    root,
    () => html`<h1>Page not found</h1>
      <p class="lead">There is no page at this address. Go to <a href="#/">Table 1</a>.</p>`,
  );
  draw();
  return { title: 'Page not found', close };
}
