import { NETWORK_COLORS } from './palette.js';

/**
 * A stroke of a symbol: its path in a box of 20 × 16, filled or drawn in a colour of the palette.
 *
 * @typedef {'measured'|'measuredMid'|'measuredSoft'|'published'|'limit'|'train'|'ink'|'inkFaint'|`network-${number}`} Ink
 * @typedef {{d: string, fill?: Ink, line?: Ink, dash?: string, thin?: boolean}} Stroke
 */

const TILES = 'M3 2h4.7v4H3zM12.4 2H17v4h-4.6zM7.7 6h4.7v4H7.7zM3 10h4.7v4H3zM12.4 10H17v4h-4.6z';
const TILES_FRAME = 'M3.5 2.5h13v11h-13z';
const ACROSS = 'M1 8h18';
const TRIANGLE = 'M10 3.5 14.5 12h-9z';
const SQUARE = 'M5.5 3.5h9v9h-9z';
const POINT = 'M5.5 8a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0z';

/** The colours of lines that do not stand for networks; each colour is combined with each dash pattern. @type {Ink[]} */
export const SERIES_INKS = ['measured', 'train', 'ink'];
export const SERIES_DASHES = [undefined, '6 4', '2 3'];

/** The dash patterns that distinguish networks of the same colour. */
export const NETWORK_DASHES = [undefined, '6 4', '2 3', '9 3 2 3'];

/**
 * Symbols of lines and points in a network's colour.
 *
 * @param {number} color
 * @returns {[string, Stroke[]][]}
 */
const networkSymbols = (color) => {
  const ink = /** @type {Ink} */ (`network-${color}`);
  return [
    ...NETWORK_DASHES.map((dash, i) => /** @type {[string, Stroke[]]} */ ([`network-line-${color}-${i}`, [{ d: ACROSS, line: ink, dash }]])),
    [`network-point-${color}-0`, [{ d: POINT, fill: ink }]],
    [`network-point-${color}-1`, [{ d: POINT, line: ink }]],
    [`network-point-${color}-2`, [{ d: TRIANGLE, fill: ink }]],
    [`network-point-${color}-3`, [{ d: TRIANGLE, line: ink }]],
  ];
};

export const WIDTH = 20;
export const HEIGHT = 16;

/** The symbols used in charts, as small drawings. @type {Record<string, Stroke[]>} */
export const SYMBOLS = {
  'measured-bar': [{ d: 'M3 2h14v12H3z', fill: 'measured' }],
  'measured-tiles': [{ d: TILES_FRAME, line: 'measured' }, { d: TILES, fill: 'measured' }],
  'published-bar': [{ d: 'M3.75 2.75h12.5v11H3.75z', line: 'published' }],
  'published-tiles': [{ d: TILES_FRAME, line: 'published' }, { d: TILES, fill: 'published' }],
  'measured-point': [{ d: POINT, fill: 'measured' }],
  'published-point': [{ d: 'm10 2.6 5.4 5.4-5.4 5.4L4.6 8z', line: 'published' }],
  'scrambling-point': [{ d: 'M7 8a3 3 0 1 0 6 0 3 3 0 1 0-6 0z', fill: 'ink' }],
  'seed-point': [{ d: 'M7.5 8a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0z', fill: 'inkFaint' }],
  'two-seeds': [{ d: 'M7.5 4a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0zM7.5 12a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0z', fill: 'ink' }],
  'interval-across': [{ d: ACROSS, line: 'measured' }],
  interval: [{ d: 'M10 2v12M6.5 2h7M6.5 14h7', line: 'ink' }],
  'linear-bag-limit': [{ d: ACROSS, line: 'limit', dash: '4 3' }],
  'linear-readout': [{ d: ACROSS, line: 'limit', dash: '1.5 2.5' }],
  'best-readout': [{ d: ACROSS, line: 'limit' }],
  chance: [{ d: ACROSS, line: 'inkFaint', dash: '1.5 2.5' }],
  train: [{ d: ACROSS, line: 'train' }],
  'published-validation': [{ d: ACROSS, line: 'published', dash: '7 4' }],
  'published-train': [{ d: ACROSS, line: 'published', dash: '2 3', thin: true }],
  validation: [{ d: ACROSS, line: 'measured' }],
  ...Object.fromEntries(SERIES_DASHES.flatMap((dash, i) => SERIES_INKS.map((line, j) => [`series-${i * SERIES_INKS.length + j}`, [{ d: ACROSS, line, dash }]]))),
  'seed-band': [{ d: 'M1 3.5h18v9H1z', fill: 'measuredSoft' }, { d: 'M1 3.5h18M1 12.5h18', line: 'measuredMid', thin: true }],
  identity: [{ d: 'M3 14 17 2', line: 'inkFaint', dash: '4 3' }],
  onset: [{ d: 'M10 1v14', line: 'limit', dash: '4 3' }],
  'field-mark': [{ d: 'M10 8v6', line: 'ink' }],
  best: [{ d: POINT, line: 'measured' }],
  'best-so-far': [{ d: 'M1 12h6V4h12', line: 'ink' }],
  'rung-finished': [{ d: ACROSS, line: 'ink' }],
  'rung-open': [{ d: ACROSS, line: 'ink', dash: '6 4' }],
  'rung-pruned': [{ d: ACROSS, line: 'inkFaint', thin: true }],
  'trial-best': [{ d: 'm10 1.5 6.5 6.5-6.5 6.5L3.5 8z', fill: 'measured' }],
  'trial-finished': [{ d: POINT, fill: 'measured' }],
  'trial-pruned': [{ d: TRIANGLE, line: 'ink' }],
  'trial-running': [{ d: POINT, line: 'measured' }],
  'trial-waiting': [{ d: POINT, line: 'inkFaint' }],
  'trial-stopped': [{ d: SQUARE, line: 'inkFaint' }],
  'trial-diverged': [{ d: 'm5.5 3.5 9 9m0-9-9 9', line: 'limit' }],
  'trial-chance': [{ d: SQUARE, line: 'limit' }],
  'trial-failed': [{ d: 'M10 2.5v11M4.5 8h11', line: 'limit' }],
  ...Object.fromEntries(Array.from({ length: NETWORK_COLORS }, (_, color) => networkSymbols(color)).flat()),
};
