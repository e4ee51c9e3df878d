import { html } from 'lit-html';

/**
 * Controls for operators only. Viewers see a note on who may use them instead: the page's style sheet shows one of the
 * two.
 *
 * @param {string} what for example: queue jobs
 * @param {unknown} form
 */
export const operatorsOnly = (what, form) => html`<div class="changes">${form}</div>
  <p class="note for-viewers" data-testid="for-viewers">You are a viewer: only operators ${what}. Ask the lab’s owner for an operator’s token.</p>`;
