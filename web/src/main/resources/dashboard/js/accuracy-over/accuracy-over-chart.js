import { MOST_NETWORKS } from '../charts/networks.js';
import { fitting, tickWords } from '../charts/ticks.js';
import { accuracyCurvesFigure } from '../results/accuracy-curves.js';
import { axisWords, positionWords } from '../results/output-words.js';

/**
 * @typedef {import('../api/types.js').AccuracyCurve} Curve
 * @typedef {Curve['points'][number]} Point
 * @typedef {import('../experiment/experiments.js').Parameter} Parameter
 */

/** The default parameter. Its view also lists the other parameters that have curves. */
export const FIRST = 'trainImages';

/** From this ratio of the largest to the smallest positive value on, the axis is not linear. */
const LOGARITHMIC_FROM = 8;

/** Padding beyond the outermost points of a logarithmic axis, as a factor. */
const MARGIN = 1.15;

/** The most ticks that fit side by side; beyond that, some are left out. */
const MOST_TICKS = 12;

/** A point's position on the axis. @param {Point} point */
export const place = ({ at }) => tickWords(at);

/**
 * The parameter's value in the trainings; the parameter has its own word for no value.
 *
 * @param {Parameter} parameter
 * @param {Point} point
 */
export const valueWords = ({ otherwise = '' }, { value }) => (value === undefined ? otherwise : String(value));

/**
 * Whether the value of some point differs from its position: the number of training images, for example, is set as a
 * limit per class.
 *
 * @param {Curve[]} curves
 */
export const valuesDiffer = (curves) => curves.some(({ points }) => points.some(({ at, value }) => at !== value));

/**
 * Test accuracy against a training parameter.
 *
 * @param {Parameter} parameter
 * @param {import('../api/types.js').Axis} axis
 * @param {Curve[]} all curves of one data set
 * @param {import('../api/types.js').MeasuredOn} on
 * @returns {import('../charts/figure.js').Figure}
 */
export function accuracyOverFigure(parameter, axis, all, on) {
  const curves = drawn(all);
  const points = curves.flatMap((curve) => curve.points);
  const places = [...new Set(points.map(({ at }) => at))].sort((a, b) => a - b);
  const differ = valuesDiffer(curves);
  /** @param {Point} point @returns {string[]} */
  const tick = (point) => (differ ? [place(point), valueWords(parameter, point)] : [place(point)]);
  const ticks = places.map((at) => tick(/** @type {Point} */ (points.find((point) => point.at === at))));
  const linesAt = (/** @type {number} */ value) => ticks[places.indexOf(value)];
  const longestLine = (/** @type {number} */ value) => linesAt(value).reduce((one, other) => (other.length > one.length ? other : one));
  const [least, most] = [places[0], places[places.length - 1]];
  const ratio = most / (places.find((at) => at > 0) ?? most);
  // Values that differ this much go on a logarithmic axis, but 0 cannot be shown there.
  const type = ratio < LOGARITHMIC_FROM ? 'linear' : least > 0 ? 'logarithmic' : 'category';
  const numeric = type !== 'category';
  const margin = (most - least) / 20;
  /** Puts ticks at the measured values instead of at round numbers. */
  const scale = numeric
    ? {
        type,
        min: type === 'linear' ? least - margin : least / MARGIN,
        max: type === 'linear' ? most + margin : most * MARGIN,
        afterBuildTicks: (/** @type {{ticks: {value: number}[]} & Parameters<typeof fitting>[1]} */ built) => {
          built.ticks = fitting(places, built, longestLine).map((value) => ({ value }));
        },
        ticks: { autoSkip: false, maxRotation: 0, callback: linesAt },
      }
    : { type, labels: places.map(String), ticks: { autoSkip: places.length > MOST_TICKS, maxRotation: 0, callback: (/** @type {number} */ index) => ticks[index] } };
  const name = `accuracy-over-${parameter.name}`;
  return accuracyCurvesFigure(
    curves,
    (curve) => curve.points.map((point) => ({
      x: numeric ? point.at : String(point.at),
      place: positionWords(axis, place(point)),
      title: `${axisWords(axis)}: ${tick(point).join(', ')}`,
      accuracy: point.test,
      receptiveField: point.receptiveField,
    })),
    on,
    {
      name,
      testId: `${name}-chart`,
      zoom: numeric ? { x: places, logX: type === 'logarithmic' } : {},
      title: `Test accuracy over ${axis.label.toLowerCase()} on ${on.dataset}`,
      axis: { ...scale, title: { display: true, text: differ ? `${axisWords(axis)}; ${parameter.title.toLowerCase()}` : axisWords(axis) } },
    },
  );
}

/** The curves that a chart can show distinguishably. @param {Curve[]} curves */
export const drawn = (curves) => curves.slice(0, MOST_NETWORKS);
