import { html, nothing } from 'lit-html';

/**
 * Links to the parts of a page, one of which is shown.
 *
 * @param {string} label for a screen reader
 * @param {{name: string, label: string, href: string}[]} parts
 * @param {string} shown the name of the part that is shown
 */
export const tabs = (label, parts, shown) => html`<nav class="tabs" aria-label=${label}>
  ${parts.map(({ name, label, href }) => html`<a href=${href} aria-current=${name === shown ? 'page' : nothing} data-testid=${`tab-${name}`}>${label}</a>`)}
</nav>`;
