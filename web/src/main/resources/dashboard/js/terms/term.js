import { html, render } from 'lit-html';
import { PHRASES, TERMS } from './terms.js';

/** @typedef {import('./terms.js').TermName} TermName */

/** Distance of an explanation from its word and from the edges of the window. */
const GAP = 8;

/** The id of the element with a term's explanation. @param {string} name */
const idOf = (name) => `term-${name}`;

/**
 * A word that shows its explanation when it is clicked.
 *
 * @param {TermName} name
 * @param {string} [words] the wording at this place
 */
export const term = (name, words = TERMS[name].title) =>
  html`<button type="button" class="term" popovertarget=${idOf(name)} data-term=${name}>${words}</button>`;

/**
 * A name, such as that of a data set or a parameter; if it is a term, clicking it shows the explanation.
 *
 * @param {string} name
 * @param {string} [words]
 */
export const nameOrTerm = (name, words = name) => (isTerm(name) ? term(name, words) : words);

/** @param {string} name @returns {name is TermName} */
export const isTerm = (name) => Object.hasOwn(TERMS, name);

/** Explains the terms in the headings of a table, which cannot do so themselves as they are buttons that sort it. @param {unknown[]} terms */
export const termsNote = (terms) => html`<p class="note" data-testid="table-terms">Terms in this table: ${terms.map((each, i) => html`${i > 0 ? ', ' : ''}${each}`)}.</p>`;

/** A text in which the first term shows its explanation when clicked. @param {string} text */
export function withTerms(text) {
  for (const [words, name] of PHRASES) {
    const found = words.exec(text);
    if (found) {
      return html`${text.slice(0, found.index)}${term(name, found[0])}${text.slice(found.index + found[0].length)}`;
    }
  }
  return text;
}

/**
 * The explanations of all terms, each once however often its word occurs on a page: a popover below the word, or at the
 * lower edge of a narrow window. It closes when the page on which it was opened is closed.
 */
export function openTerms() {
  const root = document.createElement('div');
  document.body.append(root);
  /** The word that was clicked last. @type {Element|undefined} */
  let word;
  document.addEventListener('click', ({ target }) => { word = (target instanceof Element && target.closest('.term')) || word; }, true);

  /** @param {Event} event */
  function placed({ currentTarget }) {
    const popover = /** @type {HTMLElement} */ (currentTarget);
    if (!word || !popover.matches(':popover-open')) {
      return;
    }
    const at = word.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = popover;
    const { clientWidth, clientHeight } = document.documentElement;
    const below = at.bottom + GAP;
    popover.style.setProperty('--term-left', `${Math.max(GAP, Math.min(at.left, clientWidth - offsetWidth - GAP))}px`);
    popover.style.setProperty('--term-top', `${below + offsetHeight <= clientHeight ? below : Math.max(GAP, at.top - GAP - offsetHeight)}px`);
  }

  render(
    Object.entries(TERMS).map(([name, { title, text, at }]) => html`<div class="meaning" id=${idOf(name)} popover role="dialog" aria-label=${title}
      @toggle=${placed} data-testid=${idOf(name)}>
      <p><strong>${title}.</strong> ${text}</p>
      <p><a href=${at}>More in the documents</a></p>
    </div>`),
    root,
  );
  addEventListener('hashchange', () => {
    for (const popover of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(':popover-open'))) {
      popover.hidePopover();
    }
  });
}
