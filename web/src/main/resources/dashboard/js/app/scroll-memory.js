import { toSection } from '../controls/heading.js';

/** A page fills in after it was opened: until then it may be too short to be scrolled. */
const FILLED_MS = 5_000;

const KEPT_EVERY_MS = 150;

/**
 * Keeps with each entry of the browser's history how far its page was scrolled, and scrolls there when the entry is opened
 * again: by going back, or by loading the page again. The browser itself would do so before the page has its content.
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
    /** Before another page is shown: what the window does until it is there is nobody's scrolling. */
    leave() {
      clearTimeout(keeping);
      keeping = undefined;
      stop();
      restoring = true;
    },

    /** After a page was opened. @param {string|null} section where to begin, if the page has not been scrolled yet */
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
      // From now on the reader scrolls.
      for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
        addEventListener(event, () => stop(), { passive: true, signal: given.signal });
      }
      size.observe(main);
    },
  };
}
