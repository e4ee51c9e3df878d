import { html, nothing } from 'lit-html';
import { failure } from './notices.js';
import { askingButton } from './question.js';

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

  /** Why the last action failed, in words, if it was about this. @param {unknown} [about] */
  const failed = (about) => (error && subject === about ? failure(error) : nothing);

  return {
    act,
    failure: failed,

    get busy() {
      return busy;
    },

    /** Why the last action failed, if it was about this. @param {unknown} [about] @returns {unknown} */
    error: (about) => (subject === about ? error : undefined),

    /** The button that deletes something of a name, and why that failed. @param {string} name @param {{what: string, text: string, confirm: string}} question confirm: its button's id @param {() => Promise<unknown>} remove */
    deletion: (name, { what, text, confirm }, remove) => html`${askingButton({
        id: `delete-${name}`, small: true, busy, action: () => act(remove, name), question: { label: `Delete the ${what} ${name}?`, text, id: confirm },
      })} ${failed(name)}`,
  };
}
