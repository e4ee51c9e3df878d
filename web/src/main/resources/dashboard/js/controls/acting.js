import { nothing } from 'lit-html';
import { failure } from './notices.js';

/**
 * What users do, one action at a time, and why the last one failed.
 *
 * @param {() => void} draw
 */
export function acting(draw) {
  let busy = false;
  /** @type {unknown} */
  let error;
  /** What the last action was about. @type {unknown} */
  let subject;

  return {
    get busy() {
      return busy;
    },

    /** @param {() => Promise<unknown>} action @param {unknown} [about] */
    async act(action, about) {
      busy = true;
      subject = about;
      error = undefined;
      draw();
      try {
        await action();
      } catch (cause) {
        error = cause;
      }
      busy = false;
      draw();
    },

    /** Why the last action failed, if it was about this. @param {unknown} [about] @returns {unknown} */
    error: (about) => (subject === about ? error : undefined),

    /** The same in words. @param {unknown} [about] */
    failure: (about) => (error && subject === about ? failure(error) : nothing),
  };
}
