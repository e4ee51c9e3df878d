import { html } from 'lit-html';
import { drawing } from './view.js';

/** @type {import('./view.js').OpenView} */
export function open(root) {
  const { draw, close } = drawing(
    root,
    () => html`<h1>No such page</h1>
      <p class="lead">The address names no page of the dashboard. <a href="#/">Table 1</a> is a good place to start.</p>`,
  );
  draw();
  return { title: 'No such page', close };
}
