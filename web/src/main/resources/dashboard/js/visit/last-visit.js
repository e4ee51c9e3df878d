/** When the reader last looked at the first page in this browser, kept in its local storage. */

const KEY = 'bagnetlab.visit';

/**
 * @typedef {Record<string, import('../api/types.js').Claim['verdict']>} Verdicts by claim
 *
 * What is kept.
 * @typedef {object} Visit
 * @property {number} at the last moment at which the page was looked at, in milliseconds
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
    /** Records that the reader begins to look. */
    look() {
      const before = read();
      keep({ at: now(), since: before?.since ?? before?.at });
    },

    /** Records that the reader has looked until now. */
    leave() {
      keep({ at: now() });
    },

    /** When the visit before ended, in milliseconds; undefined if there was none, or if the reader has seen what happened since. */
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
