import { html, nothing } from 'lit-html';

/**
 * Asks for confirmation before something is deleted, cancelled or queued in numbers, in place of the button. Keyboard focus moves to the
 * question and back, so that screen readers announce it and focus is not lost with the button.
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

  /** Dismisses the question. */
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

    /** The button that asks. @param {{key: string, small?: boolean, id: string, verb?: string, label?: string, primary?: boolean}} button label: where the verb alone does not say of what */
    button: ({ key, small = false, id, verb = 'Delete', label, primary = false }) => html`<button class=${`button changes ${small ? 'button-small' : ''} ${primary ? 'button-primary' : ''}`} type="button"
      @click=${() => ask(key)} data-deletion=${key} aria-label=${label ?? nothing} data-testid=${id}>${verb}</button>`,

    /**
     * The question.
     *
     * @param {object} question
     * @param {string} question.key
     * @param {string} question.label for screen readers
     * @param {string} question.text
     * @param {boolean} question.busy
     * @param {boolean} [question.small]
     * @param {() => void} question.remove
     * @param {string} question.id
     * @param {string} [question.verb] the text of the button that confirms
     * @param {boolean} [question.harmless] whether nothing is lost
     */
    question({ key, label, text, busy, small = false, remove, id, verb = 'Delete', harmless = false }) {
      const size = small ? 'button button-small' : 'button';
      return html`<span class="question" role="group" aria-label=${label} data-deletion=${key} @keydown=${escape}>
        ${text}
        <button class=${`${size} ${harmless ? 'button-primary' : 'button-bad'}`} type="button" ?disabled=${busy} @click=${remove} data-testid=${id}>${verb}</button>
        <button class=${size} type="button" @click=${keep} data-keep>${harmless ? 'Not now' : 'Keep'}</button></span>`;
    },
  };
}
