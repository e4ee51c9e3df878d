import { nothing, render } from 'lit-html';

/**
 * What a view gets: the services it may use.
 *
 * @typedef {{api: typeof import('./api.js').api, live: import('./live.js').LiveEvents}} Lab
 *
 * A view's life: `open` fills the root and returns how to leave.
 * @typedef {(root: HTMLElement, route: import('./routes.js').Route, lab: Lab) => View} OpenView
 * @typedef {{title: string, close: () => void}} View
 */

/**
 * Draws at most once a frame, however often data arrive.
 *
 * @param {HTMLElement} root
 * @param {() => unknown} template
 * @returns {{draw: () => void, close: () => void}}
 */
export function drawing(root, template) {
  let frame = 0;
  let closed = false;
  return {
    draw() {
      if (!closed && frame === 0) {
        frame = requestAnimationFrame(() => {
          frame = 0;
          render(template(), root);
        });
      }
    },
    close() {
      closed = true;
      cancelAnimationFrame(frame);
      render(nothing, root);
    },
  };
}

/**
 * Runs soon, once, after the last of a burst of calls.
 *
 * @param {() => void} action
 * @param {number} [milliseconds]
 */
export function settled(action, milliseconds = 300) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const call = () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
  call.stop = () => clearTimeout(timer);
  return call;
}

/**
 * Loads data for a view. Where loads overlap, only the last one begun counts: an earlier answer that
 * comes late must not replace what was asked for since.
 *
 * @template T
 * @param {() => Promise<T>} read
 * @param {(outcome: {data?: T, error?: unknown}) => void} settle
 */
export function loader(read, settle) {
  let last = 0;
  return async () => {
    const turn = ++last;
    /** @type {{data?: T, error?: unknown}} */
    let outcome;
    try {
      outcome = { data: await read() };
    } catch (error) {
      outcome = { error };
    }
    if (turn === last) {
      settle(outcome);
    }
  };
}
