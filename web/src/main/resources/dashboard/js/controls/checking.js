/** Delay between the last key press and the check. */
const PAUSE_MS = 200;

/**
 * Has the server check what is entered. An answer to what was entered earlier does not replace a later one; without one
 * the form keeps its state.
 *
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(answer: T) => void} settle
 */
export function checking(ask, settle) {
  let asked = 0;
  /** The last question whose answer counts. */
  let settled = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  async function now() {
    clearTimeout(timer);
    const turn = ++asked;
    const answer = await ask().catch(() => undefined);
    if (answer && turn > settled) {
      settled = turn;
      settle(answer);
    }
  }

  return {
    now,

    /** Once the user pauses. Answers that are still to come do not know of the last change. */
    soon() {
      settled = asked;
      clearTimeout(timer);
      timer = setTimeout(now, PAUSE_MS);
    },
  };
}
