import { lightTheme } from './paper-style.js';
import { logTicks, tickWords } from './ticks.js';

/** The number of colours for networks. */
export const NETWORK_COLORS = 8;

/**
 * The style sheet's colours for charts, which cannot use CSS custom properties.
 *
 * @typedef {ReturnType<typeof palette>} Palette
 */
export const palette = () => paletteOf(getComputedStyle(document.documentElement));

/** The colours of the light theme, for figures on white paper, regardless of the theme on the screen. */
export const paperPalette = () => paletteOf(lightTheme());

/** @param {CSSStyleDeclaration} style */
function paletteOf(style) {
  const value = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    surface: value('surface'),
    ink: value('ink'),
    inkSoft: value('ink-soft'),
    inkFaint: value('ink-faint'),
    line: value('line'),
    measured: value('measured'),
    measuredMid: value('measured-mid'),
    measuredSoft: value('measured-soft'),
    published: value('published'),
    publishedSoft: value('published-soft'),
    limit: value('limit'),
    train: value('train'),
    networks: Array.from({ length: NETWORK_COLORS }, (_, i) => value(`network-${i}`)),
    font: value('sans'),
  };
}

/** The colour of a symbol. @param {Palette} colors @param {import('./symbols.js').Ink} ink */
export const colorOf = (colors, ink) => {
  const network = /^network-(\d)$/.exec(ink);
  return network ? colors.networks[Number(network[1])] : colors[/** @type {'ink'} */ (ink)];
};

/**
 * The scale and grid that all accuracy charts share: 0 to 100 %, so that no chart exaggerates differences.
 *
 * @param {Palette} colors
 */
export const accuracyAxis = (colors) => ({
  min: 0,
  max: 100,
  border: { display: false },
  grid: { color: colors.line, drawTicks: false },
  ticks: { stepSize: 20, padding: 8, callback: (/** @type {number} */ value) => `${tickWords(value)} %` },
});

/**
 * The line at what chance reaches, if it is known, and room for its label.
 *
 * @param {Palette} colors
 * @param {number|undefined} y on the value axis
 */
export const chanceLine = (colors, y) => ({ layout: { padding: { right: y === undefined ? 0 : 53 } }, plugins: { chance: { y, label: 'chance', color: colors.inkFaint } } });

/**
 * Options of a chart of accuracies on one data set, with the line of chance accuracy, if it is known.
 *
 * @param {Palette} colors
 * @param {number|undefined} chance
 * @param {{x: object, plugins: object, [option: string]: object}} chart x: the horizontal axis
 */
export function accuracyOptions(colors, chance, { x, plugins, ...options }) {
  const line = chanceLine(colors, chance === undefined ? undefined : chance * 100);
  return { ...options, layout: line.layout, scales: { x, y: accuracyAxis(colors) }, plugins: { ...plugins, ...line.plugins } };
}

/** A value axis for anything other than accuracies. @param {Palette} colors @param {object} [options] @param {object} [ticks] */
export const valueAxis = (colors, options, ticks) => ({
  border: { display: false },
  grid: { color: colors.line, drawTicks: false },
  ...options,
  ticks: { padding: 8, maxTicksLimit: 6, callback: tickWords, ...ticks },
});

/** A value axis over orders of magnitude, with labels at powers of ten and, if those are few, at twice and five times them. */
export const logarithmic = () => ({
  options: {
    type: 'logarithmic',
    title: { display: true, text: 'logarithmic' },
    afterBuildTicks: (/** @type {{ticks: {value: number}[], min: number, max: number}} */ axis) => {
      axis.ticks = logTicks(axis.min, axis.max, false).map((value) => ({ value }));
    },
  },
  ticks: {
    autoSkip: false,
    callback: (/** @type {number} */ value) => (value >= 1e5 ? value.toExponential(0).replace('+', '') : tickWords(value)),
  },
});

/** A horizontal axis without grid lines. @param {Palette} colors @param {string|undefined} title @param {object} options */
export const acrossAxis = (colors, title, options) => ({
  grid: { display: false },
  border: { color: colors.inkFaint },
  ...(title && { title: { display: true, text: title } }),
  ...options,
});

/**
 * Puts ticks at the given positions instead of at round numbers.
 *
 * @param {number[]} places
 */
export const ticksAt = (places) => ({
  afterBuildTicks: (/** @type {{ticks: {value: number}[]}} */ axis) => {
    axis.ticks = places.map((value) => ({ value }));
  },
});

/**
 * @param {Palette} colors
 * @param {(item: any) => string|string[]} label
 * @param {(items: any[]) => string} [title]
 */
export const tooltip = (colors, label, title) => ({
  backgroundColor: colors.ink,
  titleColor: colors.surface,
  bodyColor: colors.surface,
  cornerRadius: 3,
  padding: 10,
  displayColors: false,
  callbacks: title ? { label, title } : { label },
});
