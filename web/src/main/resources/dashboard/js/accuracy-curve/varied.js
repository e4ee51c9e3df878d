import { count } from '../app/format.js';

/**
 * @typedef {import('../api/types.js').AccuracyCurve['points'][number]} Point
 *
 * A setting of trainings over which accuracy is shown.
 * @typedef {object} Varied
 * @property {'learning-curves'|'sparsity-curves'} view
 * @property {string} label
 * @property {string} preset the sweep that varies it
 * @property {string} none that there is no curve yet
 * @property {string} how what becomes a curve
 * @property {string} note
 * @property {boolean} logarithmic whether its axis is; 0 has no place on such an axis
 * @property {[heading: string, value: (point: Point) => string][]} columns
 * @property {(point: Point) => string} place a point's value in words
 * @property {(point: Point) => string[]} tick the same below the axis, in lines
 */

/** @type {Record<'trainImages'|'sparsity', Varied>} */
export const VARIED = {
  trainImages: {
    view: 'learning-curves',
    label: 'Training images',
    preset: 'learning-curve',
    none: 'No network has been trained on training sets of different sizes yet',
    how: 'Trainings that differ in “Training images per class” and in nothing else become a curve.',
    note: 'A smaller set is a part of a larger one, and validation and test images are the same for all. All points of a network have equally many epochs, so fewer images mean fewer steps, too.',
    logarithmic: true,
    columns: [['Images', ({ at }) => count(at)], ['A class', ({ limit }) => (limit === undefined ? 'all' : count(limit))]],
    place: ({ at }) => `${count(at)} images`,
    tick: (point) => [count(point.at), limitWords(point)],
  },
  sparsity: {
    view: 'sparsity-curves',
    label: 'Sparsity',
    preset: 'sparsity',
    none: 'No BagNet has been trained with different factors of sparsity yet',
    how: 'Trainings that differ only in “Sparsity” form a curve; “Evidence” jobs measure how sparse their evidence is.',
    note: 'The factor weights the mean absolute value of the logit map, which is added to the cross-entropy. Sparseness is Hoyer’s, of each image’s logit map: 0 if all logits have the same magnitude, 1 if only one is not 0.',
    logarithmic: false,
    columns: [['Factor', ({ at }) => String(at)]],
    place: ({ at }) => `factor ${at}`,
    tick: ({ at }) => [String(at)],
  },
};

/** @param {Point} point */
const limitWords = ({ limit }) => (limit === undefined ? 'all' : `${count(limit)} a class`);
