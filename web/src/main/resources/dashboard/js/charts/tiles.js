/** The colours of each pattern, for drawings other than canvases. @type {WeakMap<CanvasPattern, {color: string, ground: string}>} */
const COLORS = new WeakMap();

/** Side of the pattern in pixels; its tiles are half as wide. */
export const TILE = 8;

/**
 * A fill pattern of tiles, which marks scrambled images.
 *
 * @param {string} color
 * @param {string} ground
 * @returns {CanvasPattern|string}
 */
export function tiles(color, ground) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = TILE;
  const context = canvas.getContext('2d');
  if (!context) {
    return color;
  }
  context.fillStyle = ground;
  context.fillRect(0, 0, TILE, TILE);
  context.fillStyle = color;
  context.fillRect(0, 0, TILE / 2, TILE / 2);
  context.fillRect(TILE / 2, TILE / 2, TILE / 2, TILE / 2);
  const pattern = context.createPattern(canvas, 'repeat');
  if (pattern) {
    COLORS.set(pattern, { color, ground });
  }
  return pattern ?? color;
}

/** @param {CanvasPattern} pattern made by {@link tiles} */
export const tileColors = (pattern) => COLORS.get(pattern);
