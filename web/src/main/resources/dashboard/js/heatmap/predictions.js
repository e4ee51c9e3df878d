import { Problem } from '../api/client.js';

/**
 * @typedef {import('../api/types.js').PredictionPage} PredictionPage
 * @typedef {import('../api/types.js').ImagePrediction} ImagePrediction
 *
 * A run's predictions for an image and for its scrambled version, if they are among its test images.
 * @typedef {{classes: string[], whole?: ImagePrediction, scrambled?: ImagePrediction}} ImagePredictions
 */

/** The most that the server returns at once, which is more than anyone will look through. */
const MOST_IMAGES = 1000;

const TOP = 5;

/**
 * The predictions of runs, each requested once; undefined if a run stored no predictions.
 *
 * @param {typeof import('../api/client.js').api} api
 */
export function predictions(api) {
  /** @type {Map<string, Promise<PredictionPage|undefined>>} */
  const asked = new Map();

  /** @param {number} run @param {import('../api/client.js').PredictionFilter} filter */
  function ask(run, filter) {
    const key = JSON.stringify([run, filter]);
    let answer = asked.get(key);
    if (!answer) {
      answer = api.predictions(run, filter).catch((problem) => {
        if (problem instanceof Problem && problem.code === 'predictions-not-found') {
          return undefined;
        }
        // Failed requests may be repeated.
        asked.delete(key);
        throw problem;
      });
      asked.set(key, answer);
    }
    return answer;
  }

  return {
    /** The run's test images of a class. @param {number} run @param {string} name */
    images: (run, name) => ask(run, { set: 'test', class: name, order: 'image', top: 0, limit: MOST_IMAGES }),

    /** The first of a run's test images. @param {number} run */
    first: (run) => ask(run, { set: 'test', order: 'image', top: 0, limit: 1 }),

    /** @param {number} run @param {string} image @returns {Promise<ImagePredictions|undefined>} */
    async ofImage(run, image) {
      const page = await ask(run, { set: 'all', image, order: 'image', top: TOP });
      const of = (/** @type {string} */ set) => page?.predictions.find((each) => each.set === set);
      return page && { classes: page.classes, whole: of('test'), scrambled: of('scrambled') };
    },
  };
}
