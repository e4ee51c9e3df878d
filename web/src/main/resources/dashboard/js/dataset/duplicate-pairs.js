import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { more } from '../controls/more.js';

/**
 * @typedef {import('../api/types.js').DuplicatePair} DuplicatePair
 * @typedef {import('../api/types.js').DuplicatePairs} DuplicatePairs
 */

/**
 * The duplicate images of a data set, in pairs side by side.
 *
 * @param {DuplicatePairs} found
 * @param {(path: string) => string} address returns the URL of an image
 * @param {{shown: number, show: (shown: number) => void}} page the most pairs that are shown
 */
export const duplicatePairs = ({ threshold, pairs }, address, { shown, show }) =>
  pairs.length === 0
    ? html`<p data-testid="no-duplicates">No duplicates found.</p>`
    : html`<p data-testid="duplicates-summary">${summary(pairs, threshold)}</p>
        <ul class="duplicates" data-testid="duplicates">${pairs.slice(0, shown).map(
          (pair) => html`<li>
            ${[pair.first, pair.second].map(
              (path) => html`<figure><img src=${address(path)} width="128" height="128" loading="lazy" alt=${path}><figcaption>${path}</figcaption></figure>`,
            )}
            <p>${pair.identical ? 'identical files' : `correlation ${pair.correlation.toFixed(4)}`}${pair.crossSplit ? html`, <strong>across training and test</strong>` : nothing}</p>
          </li>`,
        )}</ul>
        ${more(shown, pairs.length, show)}`;

/** @param {DuplicatePair[]} pairs @param {number} threshold */
function summary(pairs, threshold) {
  const across = pairs.filter(({ crossSplit }) => crossSplit).length;
  const identical = pairs.filter(({ identical }) => identical).length;
  return `${plural(pairs.length, 'pair')} of duplicate images, ${across} across training and test: ${identical} identical as files, ${
    pairs.length - identical
  } with a correlation of ${threshold} or more at 32 × 32 pixels.`;
}
