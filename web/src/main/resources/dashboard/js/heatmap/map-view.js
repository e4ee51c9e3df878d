import { html, nothing } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { fine, percent } from '../app/format.js';
import { valueAt } from '../picture/npy.js';
import { paint, paintScale } from './heat-canvas.js';
import { saturated } from './scale.js';

/**
 * @typedef {import('../picture/npy.js').Grid} Grid
 *
 * A position in an image, as fractions of its width and height, and which of the images it is in.
 * @typedef {{x: number, y: number, scrambled: boolean}} Cursor
 *
 * @typedef {object} MapView
 * @property {string} url of the image below the map
 * @property {string} alt
 * @property {Grid} [grid] absent while it is loading
 * @property {unknown} [error] why it could not be loaded
 * @property {() => void} loadAgain
 * @property {number} limit
 * @property {number} opacity in [0, 1]
 * @property {boolean} scrambled
 * @property {Cursor|undefined} cursor
 * @property {(cursor: Cursor|undefined) => void} point
 * @property {(cursor: Cursor) => void} step called for a move with an arrow key
 */

/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * A map over its image, with the value at the cursor. All maps of the same image share a cursor.
 *
 * @param {MapView} view
 */
export function mapView({ url, alt, grid, error, loadAgain, limit, opacity, scrambled, cursor, point, step }) {
  const here = cursor?.scrambled === scrambled ? cursor : undefined;
  const value = grid && here && valueAt(grid, here.x, here.y);
  /** @param {PointerEvent} event */
  const pointed = ({ offsetX, offsetY, currentTarget }) => {
    const { clientWidth, clientHeight } = /** @type {Element} */ (currentTarget);
    point({ x: offsetX / clientWidth, y: offsetY / clientHeight, scrambled });
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const move = MOVES[event.key];
    if (move && grid) {
      event.preventDefault();
      const at = here ?? { x: 0.5, y: 0.5 };
      const within = (/** @type {number} */ share) => Math.min(0.9999, Math.max(0, share));
      step({ x: within(at.x + move[0] / grid.width), y: within(at.y + move[1] / grid.height), scrambled });
    }
  };
  return html`<figure class=${figureClass(scrambled)}>
    <div class="map-stack" data-testid=${scrambled ? 'scrambled-map' : 'whole-map'}>
      <img src=${url} alt="">
      ${grid
        ? html`<canvas role="img" tabindex="0" aria-label=${alt} data-limit=${limit} @pointermove=${pointed} @pointerleave=${() => point(undefined)} @keydown=${key}
            ${ref((canvas) => {
              if (canvas instanceof HTMLCanvasElement) {
                paint(canvas, grid, limit);
                canvas.style.opacity = String(opacity);
              }
            })}></canvas>`
        : nothing}
      ${here && grid ? crossAt(here) : nothing}
    </div>
    <figcaption>
      <span>${nameOf(scrambled)} <span class="map-here" data-testid="value-here">${value === undefined ? '' : `here ${fine(value)}`}</span></span>
      ${grid ? legend(grid, limit) : nothing}
      ${error ? html`<span role="alert" data-testid="map-error">The map could not be loaded: ${error instanceof Error ? error.message : String(error)}
        <button type="button" class="button button-small" @click=${loadAgain}>Try again</button></span>` : nothing}
    </figcaption>
  </figure>`;
}

/**
 * The image without a map, with the cursor of the maps beside it.
 *
 * @param {{url: string, alt: string, scrambled: boolean, cursor: Cursor|undefined}} view
 */
export const bareImage = ({ url, alt, scrambled, cursor }) => html`<figure class=${figureClass(scrambled)}>
  <div class="map-stack"><img src=${url} alt=${alt}>${cursor?.scrambled === scrambled ? crossAt(cursor) : nothing}</div>
  <figcaption>${nameOf(scrambled)}</figcaption>
</figure>`;

/** @param {boolean} scrambled */
const figureClass = (scrambled) => (scrambled ? 'map-view map-view-scrambled' : 'map-view');

/** @param {Cursor} cursor */
const crossAt = ({ x, y }) => html`<span class="map-cross" aria-hidden="true" ${ref((cross) => {
  if (cross instanceof HTMLElement) {
    cross.style.left = `${100 * x}%`;
    cross.style.top = `${100 * y}%`;
  }
})}></span>`;

/** What an image is called in captions. @param {boolean} scrambled */
export const nameOf = (scrambled) => (scrambled ? 'Scrambled' : 'Whole image');

/** @param {Grid} grid @param {number} limit */
function legend(grid, limit) {
  const beyond = saturated(grid, limit);
  return html`<span class="map-legend">
    <canvas aria-hidden="true" ${ref((canvas) => { if (canvas instanceof HTMLCanvasElement) { paintScale(canvas); } })}></canvas>
    <span class="scale-ends"><span>${fine(-limit)}</span><span>0</span><span>${fine(limit)}</span></span>
    <span class="faint" data-testid="saturated">${beyond > 0 ? `saturated: ${percent(beyond, beyond < 0.001 ? 2 : 1)} of the pixels` : 'nothing saturated'}</span>
  </span>`;
}
