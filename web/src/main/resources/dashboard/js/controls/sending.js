import { Problem } from '../api/client.js';

/**
 * @typedef {import('../experiment/submission.js').FieldErrors} FieldErrors
 *
 * The state of a submission and its errors, by field or general.
 * @typedef {{busy: boolean, errors: FieldErrors, problem: unknown}} Sending
 */

/**
 * Submits a form, with one submission at a time, and moves focus to the first invalid field.
 *
 * @param {object} form
 * @param {() => void} form.draw
 * @param {() => FieldErrors|Promise<FieldErrors>} [form.check] validation before anything is sent
 * @param {(form: HTMLFormElement) => Promise<unknown>} form.send
 * @param {(problem: Problem) => string|undefined} form.fieldOf the form's field for a problem, if it has one
 * @returns {{state: Sending, submit: (event: Event) => Promise<void>}}
 */
export function sending({ draw, check = () => ({}), send, fieldOf }) {
  /** @type {Sending} */
  const state = { busy: false, errors: {}, problem: undefined };
  const wrong = () => Object.keys(state.errors).length > 0;

  /** @param {HTMLFormElement} form */
  async function attempt(form) {
    try {
      await send(form);
    } catch (cause) {
      const field = cause instanceof Problem ? fieldOf(cause) : undefined;
      if (field) {
        state.errors = { [field]: /** @type {Problem} */ (cause).message };
      } else {
        state.problem = cause;
      }
    }
  }

  return {
    state,
    async submit(event) {
      event.preventDefault();
      // A second click may arrive before the button is rendered as disabled.
      if (state.busy) {
        return;
      }
      const form = /** @type {HTMLFormElement} */ (event.target);
      state.problem = undefined;
      state.busy = true;
      draw();
      state.errors = await check();
      if (!wrong()) {
        await attempt(form);
      }
      state.busy = false;
      draw();
      if (wrong()) {
        requestAnimationFrame(() => {
          const field = /** @type {HTMLElement|null} */ (form.querySelector('[aria-invalid]'));
          // Who closed a fold has not seen this error in it.
          field?.closest('details')?.setAttribute('open', '');
          field?.focus();
        });
      }
    },
  };
}
