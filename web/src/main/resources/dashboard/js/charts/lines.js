/** Line charts. Lines that do not stand for networks, such as sets of images, use the `series-…` symbols of the legend. */

import { ROOM } from './onset.js';
import { accuracyAxis, acrossAxis, chanceLine, colorOf, tooltip, valueAxis } from './palette.js';
import { SERIES_DASHES, SERIES_INKS } from './symbols.js';

const HUES = SERIES_INKS.length;

/** An SVG dash pattern as a canvas takes it. @param {string} [dash] in SVG's notation */
export const dashOf = (dash = '') => dash.split(' ').filter(Boolean).map(Number);

/**
 * The style of line i; styles repeat if there are more lines than styles.
 *
 * @param {import('./palette.js').Palette} colors
 * @param {number} i
 */
export function lineStyle(colors, i) {
  const color = colorOf(colors, SERIES_INKS[i % HUES]);
  return {
    borderColor: color,
    backgroundColor: color,
    intervalColor: color,
    borderWidth: 2,
    borderDash: dashOf(SERIES_DASHES[Math.floor(i / HUES) % SERIES_DASHES.length]),
  };
}

/** The legend entry of line i. @param {string} words @param {number} i @returns {import('./legend.js').LegendEntry} */
export const lineEntry = (words, i) => /** @type {import('./legend.js').LegendEntry} */ ([`series-${i % (HUES * SERIES_DASHES.length)}`, words]);

/**
 * Lines over numeric positions or names. Hovering over a position shows the values of all lines there.
 *
 * @param {(colors: import('./palette.js').Palette) => {label: string, points: {x: string|number, y: number|null}[], [option: string]: any}[]} lines with
 *     their style; null is a gap
 * @param {object} chart
 * @param {string} chart.axis title of the horizontal axis
 * @param {object} chart.across options of the horizontal axis
 * @param {{options?: object, ticks?: object}} [chart.up] the vertical axis, unless values are fractions
 * @param {boolean} chart.share whether values are fractions
 * @param {(value: number, item: any) => string} chart.write
 * @param {number} [chart.chance] what chance reaches
 * @param {{x: number, label: string}} [chart.onset] where something began
 * @returns {(colors: import('./palette.js').Palette) => object}
 */
export const lineChart = (lines, { axis, across, up, share, write, chance, onset }) => (colors) => {
  const factor = share ? 100 : 1;
  const line = chanceLine(colors, chance === undefined ? undefined : chance * factor);
  return {
    type: 'line',
    data: { datasets: lines(colors).map(({ points, ...line }) => ({ clip: false, ...line, data: points.map(({ x, y }) => ({ x, y: y === null ? Number.NaN : y * factor })) })) },
    options: {
      interaction: { mode: 'x', intersect: false },
      layout: { padding: { ...line.layout.padding, top: onset ? ROOM : 0 } },
      scales: { x: acrossAxis(colors, axis, across), y: share ? accuracyAxis(colors) : valueAxis(colors, up?.options, up?.ticks) },
      plugins: {
        ...line.plugins,
        onset: { ...onset, color: colors.limit },
        tooltip: tooltip(colors, (item) => `${item.dataset.label}: ${write(item.parsed.y / factor, item)}`, ([{ label }]) => `${axis} ${label}`),
      },
    },
  };
};
