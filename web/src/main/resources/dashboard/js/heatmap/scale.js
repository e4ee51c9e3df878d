/** @typedef {import('../picture/npy.js').Grid} Grid */

/** The share of a map's magnitudes within the limit: a few extreme pixels must not make all others pale. */
const SHARE = 0.99;

/** @type {WeakMap<Grid, number>} */
const limits = new WeakMap();

/**
 * The value at which a map's colours saturate if it has its own scale: the 99th percentile of its magnitudes.
 *
 * @param {Grid} grid
 */
export function ownLimit(grid) {
  let limit = limits.get(grid);
  if (limit === undefined) {
    const magnitudes = grid.values.map(Math.abs).sort();
    limit = magnitudes[Math.min(magnitudes.length - 1, Math.floor(SHARE * magnitudes.length))] || magnitudes[magnitudes.length - 1] || 1;
    limits.set(grid, limit);
  }
  return limit;
}

/** The share of a map's pixels whose values exceed the limit in magnitude. @param {Grid} grid @param {number} limit */
export function saturated({ values }, limit) {
  let beyond = 0;
  for (const value of values) {
    if (Math.abs(value) > limit) {
      beyond += 1;
    }
  }
  return beyond / values.length;
}
