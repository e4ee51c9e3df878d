import { html } from 'lit-html';
import { failure } from '../controls/notices.js';
import { drawing } from './view.js';

/** Another version of the server has pages of other names, which only its own document knows. */
const retry = () => fetch('/').then(() => location.reload(), () => {});

/**
 * In place of a page that could not be fetched; tries again by itself when the server is back.
 *
 * @type {import('./view.js').OpenView}
 */
export const open = (root, _route, { live }) => {
  const { draw, close } = drawing(
    root,
    () => html`<h1>Connection lost</h1>
      ${failure('This page could not be fetched from the server, which may have been stopped.', retry)}`,
  );
  const unsubscribe = live.subscribe(({ type }) => {
    if (type === 'reset') {
      retry();
    }
  });
  draw();
  return {
    title: 'Connection lost',
    close() {
      unsubscribe();
      close();
    },
  };
};
