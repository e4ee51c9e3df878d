/** Delay between the last keystroke and the check. */
const PAUSE_MS = 200;

/**
 * Has the server validate the user's entries. A response to earlier entries does not replace one to later entries;
 * without a response the form keeps its state.
 *
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(answer: T) => void} settle
 */
export function checking(ask, settle) {
  let asked = 0;
  /** The latest request whose response has been used. */
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

    /** Checks once the user pauses. Pending responses are ignored, as they do not reflect the last change. */
    soon() {
      settled = asked;
      clearTimeout(timer);
      timer = setTimeout(now, PAUSE_MS);
    },
  };
}
