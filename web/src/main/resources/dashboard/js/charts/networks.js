import { dashOf } from './lines.js';
import { NETWORK_COLORS } from './palette.js';
import { NETWORK_DASHES } from './symbols.js';

/**
 * How networks are drawn: an architecture has the same colour in every chart, and networks that share a colour differ
 * in their dashes or in the shape of their points.
 *
 * @typedef {{color: number, shape: number}} NetworkStyle
 */

/** The architectures of Table 1, each with its own colour. All others share these colours. */
const TABLE_1 = ['resnet50', 'bagnet9', 'bagnet17', 'bagnet33', 'densenet121', 'cbam_resnet50', 'densenet169'];

/** The most networks that a chart can show distinguishably. */
export const MOST_NETWORKS = 10;

/**
 * @param {{architecture: string}[]} networks of a chart, in order
 * @returns {NetworkStyle[]}
 */
export function networkStyles(networks) {
  /** @type {number[]} */
  const used = new Array(NETWORK_COLORS).fill(0);
  return networks.map(({ architecture }) => {
    const color = colorOf(architecture);
    return { color, shape: used[color]++ % NETWORK_DASHES.length };
  });
}

/** A second version has the colour of the first; the sum starts so that no colour has more networks than dashes. @param {string} architecture */
function colorOf(architecture) {
  const place = TABLE_1.indexOf(architecture.replace(/_v2$/, ''));
  return place >= 0 ? place : [...architecture].reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) % 65_521, 8) % NETWORK_COLORS;
}

/** @param {import('./palette.js').Palette} colors @param {NetworkStyle} style */
export function networkLine(colors, { color, shape }) {
  const ink = colors.networks[color];
  return {
    borderColor: ink,
    backgroundColor: ink,
    intervalColor: ink,
    borderWidth: 2,
    borderDash: dashOf(NETWORK_DASHES[shape]),
  };
}

/** The style of a network's points without a connecting line. @param {import('./palette.js').Palette} colors @param {NetworkStyle} style */
export function networkPoints(colors, style) {
  const line = networkLine(colors, style);
  return {
    ...line,
    borderDash: [],
    showLine: false,
    pointStyle: style.shape < 2 ? 'circle' : 'triangle',
    pointBackgroundColor: style.shape % 2 === 0 ? line.borderColor : colors.surface,
    pointBorderWidth: 2,
  };
}

/** The entry in the legend. @param {string} words @param {NetworkStyle} style @returns {import('./legend.js').LegendEntry} */
export const networkLineEntry = (words, { color, shape }) => [`network-line-${color}-${shape}`, words];

/** The entry in the legend. @param {string} words @param {NetworkStyle} style @returns {import('./legend.js').LegendEntry} */
export const networkPointsEntry = (words, { color, shape }) => [`network-point-${color}-${shape}`, words];
