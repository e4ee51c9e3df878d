import { COLORS } from '../picture/diverging-colors.js';

/** @typedef {import('../picture/npy.js').Grid} Grid */

/**
 * The colour of a value, as 0xRRGGBB; values beyond the limit get the colour of the limit.
 *
 * @param {number} value
 * @param {number} limit above 0
 */
const colorOf = (value, limit) => COLORS[Math.round(((Math.max(-1, Math.min(1, value / limit)) + 1) * (COLORS.length - 1)) / 2)];

/** @type {WeakMap<HTMLCanvasElement, {grid: Grid, limit: number}>} what each canvas shows */
const painted = new WeakMap();

/**
 * Paints a map, one pixel per value, unless the canvas already shows it.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Grid} grid
 * @param {number} limit value at which colours saturate
 */
export function paint(canvas, grid, limit) {
  const before = painted.get(canvas);
  if (before?.grid === grid && before.limit === limit) {
    return;
  }
  painted.set(canvas, { grid, limit });
  canvas.width = grid.width;
  canvas.height = grid.height;
  fill(canvas, grid.values.length, (i) => colorOf(grid.values[i], limit));
}

/** Paints all colours in a row. @param {HTMLCanvasElement} canvas */
export function paintScale(canvas) {
  if (canvas.width !== COLORS.length) {
    canvas.width = COLORS.length;
    canvas.height = 1;
    fill(canvas, COLORS.length, (i) => COLORS[i]);
  }
}

/** @param {HTMLCanvasElement} canvas @param {number} pixels @param {(i: number) => number} color as 0xRRGGBB */
function fill(canvas, pixels, color) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < pixels; i += 1) {
    const painted = color(i);
    image.data.set([painted >> 16, (painted >> 8) & 0xff, painted & 0xff, 0xff], 4 * i);
  }
  context.putImageData(image, 0, 0);
}
