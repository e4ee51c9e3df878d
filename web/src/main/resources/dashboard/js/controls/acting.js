import { html, nothing } from 'lit-html';
import { failure } from './notices.js';
import { askingButton } from './question.js';

/**
 * Runs user actions, one at a time, and keeps the reason why the last one failed.
 *
 * @param {() => void} draw
 */
export function acting(draw) {
  let busy = false;
  /** @type {unknown} */
  let error;
  /** The subject of the last action. @type {unknown} */
  let subject;

  /** @param {() => Promise<unknown>} action @param {unknown} [about] */
  async function act(action, about) {
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
  }

  /** The message of why the last action failed, if it had this subject. @param {unknown} [about] */
  const failed = (about) => (error && subject === about ? failure(error) : nothing);

  return {
    act,
    failure: failed,

    get busy() {
      return busy;
    },

    /** The error of the last action, if it failed and had this subject. @param {unknown} [about] @returns {unknown} */
    error: (about) => (subject === about ? error : undefined),

    /**
     * The button that deletes the named item, and the message of why that failed.
     *
     * @param {string} name
     * @param {{what: string, text: string, confirm: string}} question confirm: the id of its confirm button
     * @param {() => Promise<unknown>} remove
     */
    deletion: (name, { what, text, confirm }, remove) => html`${askingButton({
        id: `delete-${name}`, small: true, busy, action: () => act(remove, name), question: { label: `Delete the ${what} ${name}?`, text, id: confirm },
      })} ${failed(name)}`,
  };
}
