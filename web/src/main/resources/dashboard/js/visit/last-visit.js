/** When the reader last looked at the dashboard in this browser, kept in its local storage. */

const KEY = 'bagnetlab.visit';

/** After a shorter pause, such as that of a reload or between two tabs, a visit goes on. */
const PAUSE_MS = 3000;

/**
 * @typedef {Record<string, import('../api/types.js').Claim['verdict']>} Verdicts by claim
 *
 * What is kept.
 * @typedef {object} Visit
 * @property {number} at the last moment at which the dashboard was looked at, in milliseconds
 * @property {number} [since] when the visit before this one ended, until the reader has seen what happened since
 * @property {Record<string, Verdicts>} verdicts those that the reader has seen, by data set
 */

/**
 * Follows the reader's visits.
 *
 * @param {() => Storage} storage where it is blocked, this throws
 * @param {() => number} now
 */
export function lastVisit(storage = () => localStorage, now = Date.now) {
  /** @returns {Visit|undefined} */
  function read() {
    try {
      const visit = JSON.parse(storage().getItem(KEY) ?? '');
      return typeof visit.at === 'number' && typeof visit.verdicts === 'object' ? visit : undefined;
    } catch {
      return undefined; // None yet, or of another version.
    }
  }

  /** @param {Partial<Visit>} changes */
  function keep(changes) {
    try {
      storage().setItem(KEY, JSON.stringify({ at: now(), verdicts: {}, ...read(), ...changes }));
    } catch {
      // Storage is full or forbidden: then no visit is remembered.
    }
  }

  return {
    /** Records that the reader looks: a visit begins, or goes on. */
    look() {
      const before = read();
      keep({ at: now(), since: before?.since ?? (before && now() - before.at >= PAUSE_MS ? before.at : undefined) });
    },

    /** Records that the reader has looked until now. */
    leave() {
      keep({ at: now() });
    },

    /** When the last visit ended, in milliseconds; undefined if that is too short ago, or if the reader has seen what happened since. */
    since: () => read()?.since,

    /** The verdicts that the reader has seen. @param {string} dataset @returns {Verdicts|undefined} */
    verdicts: (dataset) => read()?.verdicts[dataset],

    /** @param {string} dataset @param {Verdicts} verdicts */
    seenVerdicts(dataset, verdicts) {
      keep({ verdicts: { ...read()?.verdicts, [dataset]: verdicts } });
    },

    /** Records that the reader has seen what happened. */
    seen() {
      keep({ since: undefined });
    },
  };
}

/** Keeps the time of the visit up to date while the dashboard is open. @param {ReturnType<typeof lastVisit>} visit */
export function followVisit(visit) {
  const visible = () => document.visibilityState === 'visible';
  if (visible()) {
    visit.look();
  }
  document.addEventListener('visibilitychange', () => (visible() ? visit.look() : visit.leave()));
  // Of a hidden tab, the reader has looked away before.
  addEventListener('pagehide', () => visible() && visit.leave());
}
