import { nothing, render } from 'lit-html';

/**
 * The services available to a page.
 *
 * @typedef {{api: typeof import('../api/client.js').api, live: import('../api/events.js').LiveEvents}} Lab
 *
 * A page's lifecycle: `open` renders into the root and returns a handle to close it.
 * @typedef {(root: HTMLElement, route: import('./routes.js').Route, lab: Lab) => View} OpenView
 * A page may itself follow a link to another of its addresses; it returns false if the link leads to another page.
 * @typedef {{title: string, close: () => void, follow?: (route: import('./routes.js').Route) => boolean}} View
 */

/**
 * A page and its close actions. It is rendered immediately, in its loading state, and then at most once per frame,
 * however often data arrive.
 *
 * @param {HTMLElement} root
 * @param {string} title
 * @param {() => unknown} template
 */
export function openPage(root, title, template) {
  let frame = 0;
  let closed = false;
  /** @type {(() => void)[]} */
  const closing = [];

  function draw() {
    if (!closed && frame === 0) {
      frame = requestAnimationFrame(() => {
        frame = 0;
        render(template(), root);
      });
    }
  }

  draw();
  return {
    title,
    draw,

    /** @param {() => void} action called when the page is closed */
    onClose: (action) => {
      closing.push(action);
    },
    close() {
      closed = true;
      cancelAnimationFrame(frame);
      render(nothing, root);
      closing.forEach((action) => action());
    },
  };
}

/**
 * Throttles an action: it runs once for a burst of calls, and repeatedly during a steady stream of them.
 *
 * @param {() => void} action
 * @param {number} [milliseconds]
 */
export function throttled(action, milliseconds = 300) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const call = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      action();
    }, milliseconds);
  };
  call.stop = () => clearTimeout(timer);
  return call;
}

/**
 * Loads data for a page, one request at a time: calls during a request cause one more request after it. Every response
 * is used, unless the inputs have changed in the meantime.
 *
 * @template T
 * @param {() => Promise<T>} read
 * @param {(outcome: {data?: T, error?: unknown}) => void} settle
 * @param {() => unknown} [question] the inputs that the response depends on, such as a filter
 */
export function loader(read, settle, question = () => undefined) {
  let busy = false;
  let again = false;
  return async () => {
    again = true;
    if (busy) {
      return;
    }
    busy = true;
    while (again) {
      again = false;
      const asked = question();
      const outcome = await outcomeOf(read);
      if (question() === asked) {
        settle(outcome);
      }
    }
    busy = false;
  };
}

/**
 * @template T
 * @param {() => Promise<T>} read
 * @returns {Promise<{data?: T, error?: unknown}>}
 */
async function outcomeOf(read) {
  try {
    return { data: await read() };
  } catch (error) {
    return { error };
  }
}
