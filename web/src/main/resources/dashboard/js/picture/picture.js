import { html, nothing } from 'lit-html';
import { colorScale } from './color-scale.js';

/** @typedef {import('../api/types.js').Facts} Facts */

/**
 * A picture that a job drew. Heatmaps show their colour scale and, if the map is stored, the value under the cursor.
 *
 * @param {{url?: string, alt: string, caption: unknown, facts?: Facts, kind: string, note?: unknown, under?: import('./map-values.js').Under}} picture
 */
export function picture({ url, alt, caption, facts, kind, note, under }) {
  const heatmap = kind.endsWith('heatmap');
  return html`<figure class="picture">
    ${url
      ? html`<a href=${url} target="_blank" rel="noopener"><img src=${url} alt=${alt} data-testid=${kind}
          @pointermove=${under?.move ?? nothing} @pointerleave=${under?.leave ?? nothing}></a>`
      : html`<div class="picture-none">${note ?? 'no picture'}</div>`}
    <figcaption>
      ${caption}
      ${heatmap && facts ? colorScale(facts) : nothing}
      ${under ? html`<span class="map-value" data-testid="map-value">${under.words ? `here ${under.words}` : nothing}</span>` : nothing}
    </figcaption>
  </figure>`;
}

/**
 * The network's prediction, and whether it was correct.
 *
 * @param {string|undefined} predicted
 * @param {string|undefined} actual
 */
export function verdict(predicted, actual) {
  if (!predicted) {
    return nothing;
  }
  const right = predicted === actual;
  return html`<span class=${right ? 'verdict verdict-right' : 'verdict verdict-wrong'}>
    ${right ? '✓' : '✕'} ${predicted}<span class="visually-hidden">${right ? ', correct' : ', wrong'}</span></span>`;
}

/** @param {string} path */
export const fileName = (path) => path.slice(path.lastIndexOf('/') + 1);
