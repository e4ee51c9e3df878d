import { html, nothing, render } from 'lit-html';
import { scroll } from './scroll.js';

/**
 * The confirmation before something is deleted or cancelled, or before many jobs are queued.
 *
 * @typedef {object} Question
 * @property {string} label for screen readers
 * @property {string} text
 * @property {string} id for tests
 * @property {string} [verb] the text of the confirm button
 * @property {boolean} [harmless] whether nothing is lost
 * @property {string[]} [items] what it is about, as a list
 */

/**
 * Asks in a modal dialog, which returns the focus when it closes.
 *
 * @param {Question} question
 * @returns {Promise<boolean>} whether it was confirmed
 */
export function confirmed({ label, text, id, verb = 'Delete', harmless = false, items = [] }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'question';
  dialog.ariaLabel = label;
  render(html`<p>${text}</p>${items.length > 0 ? scroll(label, html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`) : nothing}<form class="actions" method="dialog">
    <button class=${`button ${harmless ? 'button-primary' : 'button-bad'}`} value="yes" data-testid=${id}>${verb}</button>
    <button class="button" autofocus>${harmless ? 'Not now' : 'Keep'}</button></form>`, dialog);
  document.body.append(dialog);
  dialog.showModal();
  const left = () => dialog.close();
  addEventListener('hashchange', left);
  return new Promise((resolve) => dialog.addEventListener('close', () => {
    removeEventListener('hashchange', left);
    dialog.remove();
    resolve(dialog.returnValue === 'yes');
  }));
}

/**
 * A button that asks for confirmation before its action.
 *
 * @param {object} button
 * @param {string} button.id
 * @param {string} [button.verb]
 * @param {string} [button.label] if the verb alone does not name the object
 * @param {boolean} [button.small]
 * @param {boolean} [button.primary]
 * @param {boolean} button.busy
 * @param {Question} button.question
 * @param {() => void} button.action
 */
export const askingButton = ({ id, verb = 'Delete', label, small = false, primary = false, busy, question, action }) => html`<button type="button"
  class=${`button changes ${small ? 'button-small' : ''} ${primary ? 'button-primary' : ''}`} ?disabled=${busy} aria-label=${label ?? nothing} data-testid=${id}
  @click=${async () => {
    if (await confirmed(question)) {
      action();
    }
  }}>${verb}</button>`;
