import { html } from 'lit-html';
import { failure } from '../controls/notices.js';
import { drawing } from './view.js';

/**
 * In place of a page whose modules could not be fetched; tries again by itself when the server is back.
 *
 * @param {() => void} retry
 * @returns {import('./view.js').OpenView}
 */
export const unreachable = (retry) => (root, _route, { live }) => {
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
