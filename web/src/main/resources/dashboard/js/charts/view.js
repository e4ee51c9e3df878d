import { logTicks, numberAxis, roundTicks, tickWords } from './ticks.js';

/**
 * The part of a chart that is shown, and whether its axes are logarithmic. A view lasts as long as its page: nothing is
 * hidden from who opens a page.
 *
 * @typedef {[low: number, high: number]} Ends
 * @typedef {{x?: Ends, y?: Ends, logX?: boolean, logY?: boolean}} View
 *
 * What a reader can change of a chart.
 * @typedef {object} Zoom
 * @property {number[]} [x] the values on the horizontal axis, if they are numbers rather than places
 * @property {boolean} [logX] whether that axis is logarithmic at first
 * @property {boolean} [logY] whether the vertical axis can be made logarithmic
 */

/** Room around points to which an axis is fitted, as a share of its length. */
const ROOM = 0.05;

/** Half the size of a point, which is drawn whole at the edge. */
const EDGE = 7;

/** The smallest ratio of values for which a logarithmic axis differs visibly from a linear one. */
const LOGARITHMIC_FROM = 3;

/** @param {View} view */
export const isPart = ({ x, y }) => x !== undefined || y !== undefined;

/** Whether these values can be on a logarithmic axis, and it would make a difference. @param {number[]} values */
export const canBeLogarithmic = (values) => values.length > 1 && Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= LOGARITHMIC_FROM;

/** The points of a chart; categories are numbered. @param {any} configuration @returns {{x: number, y: number}[]} */
export function pointsOf({ data, options }) {
  const { type, labels = [] } = options.scales.x;
  return data.datasets
    .flatMap((/** @type {any} */ dataset) => dataset.data)
    .map((/** @type {any} */ { x, y }) => ({ x: type === 'category' ? labels.indexOf(x) : Number(x), y: y === null || y === undefined ? Number.NaN : Number(y) }))
    .filter((/** @type {{x: number, y: number}} */ { x, y }) => Number.isFinite(x) && Number.isFinite(y));
}

/** Whether a point is in a view. @param {{x: number, y: number}} point @param {View} view */
const isShown = ({ x, y }, view) => within(x, view.x) && within(y, view.y) && (!view.logY || y > 0);

/** @param {number} value @param {Ends|undefined} ends */
const within = (value, ends) => !ends || (value >= ends[0] && value <= ends[1]);

/** How many points are not shown in a view. @param {{x: number, y: number}[]} points @param {View} view */
export const outside = (points, view) => points.filter((point) => !isShown(point, view)).length;

/** The ends of an axis that just shows these values. @param {number[]} values @param {boolean} [log] @returns {Ends} */
export function fitted(values, log = false) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (log && low > 0) {
    const factor = (high / low) ** ROOM || 1;
    return [low / Math.max(factor, 1.01), high * Math.max(factor, 1.01)];
  }
  const room = (high - low) * ROOM || Math.abs(high) * ROOM || 1;
  return [low - room, high + room];
}

/**
 * The ends of an axis that shows a part of what it showed.
 *
 * @param {Ends} ends
 * @param {number} factor its length; more than 1 zooms out
 * @param {number} shift by this share of the new length
 * @param {boolean} [log]
 * @param {number} [around] what a shorter axis shows in its middle, as far as it stays within the longer one; without it, what was in the middle
 * @returns {Ends}
 */
export function moved([low, high], factor, shift, log = false, around) {
  const [scaled, back] = log ? [Math.log, Math.exp] : [Number, Number];
  const [from, to] = [scaled(low), scaled(high)];
  const length = (to - from) * factor;
  const middle = around === undefined ? (from + to) / 2 : Math.min(to - length / 2, Math.max(from + length / 2, scaled(around)));
  const start = middle - length / 2 + length * shift;
  return [back(start), back(start + length)];
}

/**
 * The configuration of a chart in a view; the same one for the whole chart.
 *
 * @param {(colors: import('./palette.js').Palette) => any} configure
 * @param {Zoom} zoom
 * @param {View} view
 * @returns {(colors: import('./palette.js').Palette) => object}
 */
export const viewed = (configure, zoom, view) => (colors) => {
  const configuration = configure(colors);
  if (!isPart(view) && view.logX === undefined && !view.logY) {
    return configuration;
  }
  const { x, y } = configuration.options.scales;
  const positive = pointsOf(configuration).map((point) => point.y).filter((value) => value > 0);
  return {
    ...configuration,
    data: { ...configuration.data, datasets: configuration.data.datasets.map((/** @type {object} */ dataset) => ({ ...dataset, clip: EDGE })) },
    options: { ...configuration.options, scales: { ...configuration.options.scales, x: across(x, zoom, view), y: up(y, view, positive) } },
    plugins: isPart(view) ? [...(configuration.plugins ?? []), clipped] : configuration.plugins,
  };
};

/** @param {any} axis @param {Zoom} zoom @param {View} view */
function across(axis, zoom, { x, logX }) {
  if (zoom.x) {
    const log = logX ?? zoom.logX ?? false;
    const { afterBuildTicks, ticks, ...rest } = axis;
    return { ...rest, ...numberAxis(zoom.x, { log, low: x?.[0], high: x?.[1] }), title: titled(axis.title, log) };
  }
  return x && axis.type !== 'category' ? { ...axis, min: x[0], max: x[1], afterBuildTicks: placesWithin(axis.afterBuildTicks, x) } : axis;
}

/** Places outside of the view have no tick. @param {((axis: any) => void)|undefined} build @param {Ends} ends */
const placesWithin = (build, ends) => (/** @type {{ticks: {value: number}[]}} */ axis) => {
  build?.(axis);
  axis.ticks = axis.ticks.filter(({ value }) => within(value, ends));
};

/** @param {any} axis @param {View} view @param {number[]} positive */
function up(axis, { y, logY }, positive) {
  if (!y && !logY) {
    return axis;
  }
  const [min, max] = y ?? fitted(positive, true);
  const { suggestedMin, suggestedMax, beginAtZero, grace, ...rest } = axis;
  return {
    ...rest,
    type: logY ? 'logarithmic' : 'linear',
    min,
    max,
    title: titled(axis.title, Boolean(logY)),
    afterBuildTicks: (/** @type {{ticks: {value: number}[]}} */ built) => {
      built.ticks = (logY ? logTicks(min, max, false) : roundTicks(min, max, false)).map((value) => ({ value }));
    },
    ticks: { ...axis.ticks, stepSize: undefined, autoSkip: true, callback: axis.ticks?.callback ?? tickWords },
  };
}

/** The title of an axis, with what it is. @param {{text?: string}|undefined} title @param {boolean} log */
function titled(title, log) {
  const words = [(title?.text ?? '').replace(/(, )?logarithmic$/, ''), ...(log ? ['logarithmic'] : [])].filter(Boolean).join(', ');
  return { ...title, display: words !== '', text: words };
}

/** Clips what plugins draw at points, as points are. @type {import('chart.js').Plugin} */
const clipped = {
  id: 'clipped',
  beforeDatasetsDraw({ ctx, chartArea: { left, top, right, bottom } }) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(left - EDGE, top - EDGE, right - left + 2 * EDGE, bottom - top + 2 * EDGE);
    ctx.clip();
  },
  afterDatasetsDraw({ ctx }) {
    ctx.restore();
  },
};
