import { html } from 'lit-html';

/**
 * A question before something is deleted, in the place of the button that asks it. The keyboard's focus goes to the question
 * and back, so that it is heard and is not lost with the button.
 *
 * @param {{draw: () => void}} page
 */
export function deletion({ draw }) {
  let asked = '';

  /** The elements of one question. @param {string} key */
  const element = (key, part = '') => /** @type {HTMLElement|null} */ (document.querySelector(`[data-deletion="${key}"]${part}`));

  /** @param {string} key @param {string} part */
  const focus = (key, part = '') => requestAnimationFrame(() => element(key, part)?.focus());

  /** @param {string} key */
  function ask(key) {
    asked = key;
    draw();
    focus(key, ' [data-keep]');
  }

  /** Withdraws the question. */
  function keep() {
    const key = asked;
    asked = '';
    draw();
    focus(key);
  }

  /** @param {KeyboardEvent} event */
  function escape(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      keep();
    }
  }

  return {
    keep,
    /** @param {string} key */
    asks: (key) => asked === key,

    /** The button that asks. @param {{key: string, small?: boolean, id: string}} button */
    button: ({ key, small = false, id }) => html`<button class=${small ? 'button button-small' : 'button'} type="button"
      @click=${() => ask(key)} data-deletion=${key} data-testid=${id}>Delete</button>`,

    /**
     * The question.
     *
     * @param {object} question
     * @param {string} question.key
     * @param {string} question.label for those who do not see it
     * @param {string} question.text
     * @param {boolean} question.busy
     * @param {boolean} [question.small]
     * @param {() => void} question.remove
     * @param {string} question.id
     */
    question({ key, label, text, busy, small = false, remove, id }) {
      const size = small ? 'button button-small' : 'button';
      return html`<span class="question" role="group" aria-label=${label} data-deletion=${key} @keydown=${escape}>
        ${text}
        <button class=${`${size} button-bad`} type="button" ?disabled=${busy} @click=${remove} data-testid=${id}>Delete</button>
        <button class=${size} type="button" @click=${keep} data-keep>Keep</button></span>`;
    },
  };
}
