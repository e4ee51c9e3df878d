import { toSection } from '../controls/heading.js';

/** How long a page that is long enough to scroll may still change its layout, as its pictures arrive. */
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

  function keep() {
    clearTimeout(keeping);
    keeping = undefined;
    if (!restoring) {
      history.replaceState({ ...history.state, scroll: scrollY }, '');
    }
  }

  addEventListener(
    'scroll',
    () => {
      if (!restoring) {
        keeping ??= setTimeout(keep, KEPT_EVERY_MS);
      }
    },
    { passive: true },
  );
  // A link may lead to another page before the time is up.
  addEventListener('click', keep, { capture: true });

  return {
    /** Called before another page is shown: until it is there, scroll events are not caused by the user. */
    leave() {
      clearTimeout(keeping);
      keeping = undefined;
      stop();
      restoring = true;
    },

    /** Called after a page was opened. @param {string|null} section where to start if the page has not been scrolled yet @param {number} [otherwise] where to start without a section */
    restore(section, otherwise = 0) {
      const { scroll } = history.state ?? {};
      /** @type {ReturnType<typeof setTimeout>|undefined} */
      let filled;
      const to = () => {
        if (scroll === undefined && section) {
          toSection(section);
        } else {
          scrollTo(0, scroll ?? 0);
        }
        if (scroll === undefined || Math.abs(scrollY - scroll) < 1) {
          filled ??= setTimeout(stop, FILLED_MS);
        }
      };
      if (!scroll && !section) {
        scrollTo(0, scroll ?? otherwise);
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
      // Any of these events means that the user is now scrolling.
      for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
        addEventListener(event, () => stop(), { passive: true, signal: given.signal });
      }
      to();
      size.observe(main);
    },
  };
}
