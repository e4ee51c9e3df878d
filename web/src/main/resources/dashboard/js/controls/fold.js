import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';

/**
 * The less important fields of a form, folded, with the number of those that are not at their defaults. It opens for an
 * error.
 *
 * @param {string} words
 * @param {{changed: number, wrong: boolean, opened: Set<string>}} state opened: the folds of the form that had an error
 * @param {unknown} content
 */
export function fold(words, { changed, wrong, opened }, content) {
  if (wrong) {
    // It must not close while the user types a right value.
    opened.add(words);
  }
  return html`<details class="group" ?open=${opened.has(words)}><summary>${words}
      <span class="group-changed" data-testid="changed">${changed > 0 ? `${count(changed)} changed` : nothing}</span></summary>
    ${content}</details>`;
}
