/**
 * What a network predicts for one image: logits by class, and the class of the image.
 *
 * @typedef {{image: string, label: number, predicted: number, logits?: number[]}} Prediction
 *
 * A run's predictions for its test images, whole and scrambled.
 * @typedef {{classes: string[], test: Prediction[], scrambled: Prediction[]}} Predictions
 */

/**
 * The classes with the highest logits, with their probabilities.
 *
 * @param {Predictions} predictions
 * @param {Prediction|undefined} prediction
 * @param {number} [most]
 * @returns {{name: string, share: number}[]}
 */
export function topClasses({ classes }, prediction, most = 5) {
  const logits = prediction?.logits ?? [];
  const highest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights
    .map((weight, i) => ({ name: classes[i], share: weight / total }))
    .sort((a, b) => b.share - a.share)
    .slice(0, most);
}

/** @param {Predictions|undefined} predictions @param {string} image */
export const predictionOf = (predictions, image) => predictions?.test.find((each) => each.image === image);

/** @param {Predictions|undefined} predictions @param {string} image */
export const scrambledPredictionOf = (predictions, image) => predictions?.scrambled?.find((each) => each.image === image);
