/**
 * A diverging colour map that is centred at zero and perceptually uniform: on each side, colours lie on a straight line in
 * Oklab (Ottosson, 2020) from white to blue or red of the same lightness, so equal differences of values look equally
 * large, and both signs equally strong. Blue and red also differ for colour-blind eyes.
 */

const WHITE = { lightness: 0.97, chroma: 0, hue: 0 };
const BLUE = { lightness: 0.42, chroma: 0.15, hue: 258 };
const RED = { lightness: 0.42, chroma: 0.15, hue: 25 };

/** Colours on each side of zero. */
const STEPS = 127;

/** @param {{lightness: number, chroma: number, hue: number}} color @returns {[number, number, number]} in Oklab */
const oklab = ({ lightness, chroma, hue }) => [lightness, chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];

/** @param {number} linear @returns {number} in [0, 255] */
const encoded = (linear) => {
  const value = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055));
};

/** @param {[number, number, number]} color in Oklab @returns {[number, number, number]} red, green and blue in [0, 255] */
function rgb([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** @param {{lightness: number, chroma: number, hue: number}} end @param {number} share in [0, 1] */
function between(end, share) {
  const [from, to] = [oklab(WHITE), oklab(end)];
  const at = (/** @type {number} */ i) => from[i] + (to[i] - from[i]) * share;
  return rgb([at(0), at(1), at(2)]);
}

/** All colours, from the lowest value to the highest. @type {[number, number, number][]} */
export const COLORS = Array.from({ length: 2 * STEPS + 1 }, (_, i) => between(i < STEPS ? BLUE : RED, Math.abs(i - STEPS) / STEPS));

/**
 * The colour of a value. Values beyond the limit have the colour of the limit.
 *
 * @param {number} value
 * @param {number} limit above 0
 */
export const colorOf = (value, limit) => COLORS[Math.round((Math.max(-1, Math.min(1, value / limit)) + 1) * STEPS)];
