import { html, nothing } from 'lit-html';
import { replaceQuery, sectionHref } from '../app/routes.js';

/** The id of a section's heading. @param {string} section */
const idOf = (section) => `${section}-title`;

/**
 * The heading of a panel, whose id is the section's name and `-title`, with a link to the section.
 *
 * @param {string} section its name in URLs, unique on a page
 * @param {unknown} words
 */
export const heading = (section, words) => html`<div class="heading"><h2 id=${idOf(section)}>${words}</h2>
  <a class="heading-link" href=${sectionHref(section)} aria-label="Link to this section" aria-describedby=${idOf(section)} data-section=${section}
    @click=${(/** @type {Event} */ event) => {
      event.preventDefault();
      replaceQuery({ section });
      toSection(section);
    }}><span aria-hidden="true">#</span></a></div>`;

/**
 * A panel of a page, with its heading.
 *
 * @param {string} section as for the heading
 * @param {unknown} words
 * @param {unknown} content
 * @param {{beside?: unknown, testId?: string, kind?: string}} [options] beside: content beside the heading; kind: the panel's style
 */
export const panel = (section, words, content, { beside, testId, kind } = {}) => html`<section class=${kind ? `panel panel-${kind}` : 'panel'} aria-labelledby=${idOf(section)} data-testid=${testId ?? nothing}>
  <div class="panel-head">${heading(section, words)} ${beside || nothing}</div>
  ${content}
</section>`;

/** A page's title and introduction. @param {string} words @param {unknown} lead */
export const title = (words, lead) => html`<div class="title"><h1>${words}</h1><p class="lead">${lead}</p></div>`;

/** @param {string} section */
const panelOf = (section) => document.getElementById(idOf(section))?.closest('.panel');

/** Scrolls to a section, if it exists. @param {string} section */
export const toSection = (section) => panelOf(section)?.scrollIntoView();

/** Scrolls to a section, and to its first field, which shows where it is if the section already was in view. @param {string} section */
export function toFirstField(section) {
  toSection(section);
  /** @type {HTMLElement|null|undefined} */ (panelOf(section)?.querySelector('form :is(input, select, textarea)'))?.focus({ preventScroll: true });
}
