import { toSection } from '../controls/heading.js';

/** How long a page may take to fill with content after it is opened: until then it may be too short to scroll. */
const FILLED_MS = 5_000;

const KEPT_EVERY_MS = 150;

/**
 * Stores with each entry of the browser's history how far its page was scrolled, and restores that when the entry is
 * opened again, by going back or by reloading. The browser's own scroll restoration would run before the page has its
 * content.
 *
 * @param {HTMLElement} main
 */
export function scrollMemory(main) {
  history.scrollRestoration = 'manual';
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let keeping;
  /** @type {() => void} */
  let stop = () => {};
  let restoring = false;

  addEventListener(
    'scroll',
    () => {
      if (!restoring) {
        keeping ??= setTimeout(() => {
          keeping = undefined;
          history.replaceState({ ...history.state, scroll: scrollY }, '');
        }, KEPT_EVERY_MS);
      }
    },
    { passive: true },
  );

  return {
    /** Called before another page is shown: until it is there, scroll events are not caused by the user. */
    leave() {
      clearTimeout(keeping);
      keeping = undefined;
      stop();
      restoring = true;
    },

    /** Called after a page was opened. @param {string|null} section where to start if the page has not been scrolled yet */
    restore(section) {
      const { scroll } = history.state ?? {};
      const to = () => (scroll === undefined && section ? toSection(section) : scrollTo(0, scroll ?? 0));
      to();
      if (!scroll && !section) {
        restoring = false;
        return;
      }
      const size = new ResizeObserver(to);
      const given = new AbortController();
      stop = () => {
        size.disconnect();
        given.abort();
        clearTimeout(filled);
        restoring = false;
      };
      const filled = setTimeout(stop, FILLED_MS);
      // Any of these events means that the user is now scrolling.
      for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
        addEventListener(event, () => stop(), { passive: true, signal: given.signal });
      }
      size.observe(main);
    },
  };
}
