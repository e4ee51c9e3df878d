import { html } from 'lit-html';
import { chart } from '../charts/chart.js';
import { accuracyAxis, tooltip } from '../charts/palette.js';

/**
 * A line of a curve: values over positions.
 *
 * @typedef {{label: string, points: {x: string|number, y: number|null}[]}} Line
 */

/** Colours of lines; further lines reuse them, dashed. */
const COLORS = 3;

/**
 * Any output along an axis, as a line chart.
 *
 * @param {Line[]} lines
 * @param {{label: string, axis: string, share: boolean, write: (value: number) => string}} words share: whether values are parts of a whole
 */
export function outputCurve(lines, { label, axis, share, write }) {
  const places = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))];
  const numeric = places.every((place) => typeof place === 'number');
  const factor = share ? 100 : 1;

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'line',
    data: {
      labels: places,
      datasets: lines.map((line, i) => {
        const color = [colors.measured, colors.train, colors.ink][i % COLORS];
        return {
          label: line.label,
          clip: false,
          data: line.points.map(({ x, y }) => ({ x, y: y === null ? Number.NaN : y * factor })),
          borderColor: color,
          backgroundColor: color,
          borderWidth: 2,
          borderDash: i < COLORS ? [] : [6, 4],
          pointRadius: 2.5,
        };
      }),
    },
    options: {
      interaction: { mode: 'x', intersect: false },
      scales: {
        x: { type: numeric ? 'linear' : 'category', grid: { display: false }, border: { color: colors.inkFaint }, title: { display: true, text: axis }, ticks: { maxTicksLimit: 10 } },
        y: share ? accuracyAxis(colors) : { border: { display: false }, grid: { color: colors.line, drawTicks: false }, ticks: { padding: 8, maxTicksLimit: 6 } },
      },
      plugins: {
        legend: { display: false },
        tooltip: tooltip(colors, ({ dataset, parsed }) => `${dataset.label}: ${write(parsed.y / factor)}`, ([{ label }]) => `${axis} ${label}`),
      },
    },
  });

  const summary = lines.map((line) => {
    const last = line.points.at(-1);
    return last && last.y !== null ? `${line.label}: ${write(last.y)} at ${last.x}` : `${line.label}: no value`;
  });
  return html`<div class="chart chart-small">
    <canvas role="img" aria-label=${`${label} over ${axis.toLowerCase()}. ${summary.join('; ')}.`} data-testid="output-curve" ${chart(configure, [lines, share])}></canvas>
  </div>`;
}
