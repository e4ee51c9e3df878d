/** The 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * The 95 % Wilson interval of a proportion, as the server computes it for whole sets.
 *
 * @param {number} correct
 * @param {number} images number of images, at least one
 * @returns {{low: number, high: number}}
 */
export function wilson(correct, images) {
  const share = correct / images;
  const spread = Z * Math.sqrt((share * (1 - share) + (Z * Z) / (4 * images)) / images);
  const middle = share + (Z * Z) / (2 * images);
  const whole = 1 + (Z * Z) / images;
  return { low: Math.max(0, (middle - spread) / whole), high: Math.min(1, (middle + spread) / whole) };
}
