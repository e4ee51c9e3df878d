import { lineEntry, lineStyle } from '../charts/lines.js';
import { accuracyAxis, acrossAxis, tooltip, valueAxis } from '../charts/palette.js';
import { ONE_RUN_CAPTION } from '../results/caption.js';

/**
 * A line of a curve: values over positions.
 *
 * @typedef {{label: string, points: {x: string|number, y: number|null}[]}} Line
 */

/**
 * Any output along an axis, as a line chart.
 *
 * @param {Line[]} lines
 * @param {object} words
 * @param {string} words.name of the output
 * @param {string} words.subject the run in words
 * @param {string} words.label
 * @param {string} words.axis
 * @param {boolean} words.share whether values are parts of a whole
 * @param {(value: number) => string} words.write
 * @returns {import('../charts/figure.js').Figure}
 */
export function outputCurve(lines, { name, subject, label, axis, share, write }) {
  const places = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))];
  const numeric = places.every((place) => typeof place === 'number');
  const factor = share ? 100 : 1;

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'line',
    data: {
      labels: places,
      datasets: lines.map((line, i) => ({
        label: line.label,
        clip: false,
        data: line.points.map(({ x, y }) => ({ x, y: y === null ? Number.NaN : y * factor })),
        pointRadius: 2.5,
        ...lineStyle(colors, i),
      })),
    },
    options: {
      interaction: { mode: 'x', intersect: false },
      scales: {
        x: acrossAxis(colors, axis, { type: numeric ? 'linear' : 'category', ticks: { maxTicksLimit: 10 } }),
        y: share ? accuracyAxis(colors) : valueAxis(colors),
      },
      plugins: {
        tooltip: tooltip(colors, ({ dataset, parsed }) => `${dataset.label}: ${write(parsed.y / factor)}`, ([{ label }]) => `${axis} ${label}`),
      },
    },
  });

  const summary = lines.map((line) => {
    const last = line.points.at(-1);
    return last && last.y !== null ? `${line.label}: ${write(last.y)} at ${last.x}` : `${line.label}: no value`;
  });
  return {
    name,
    testId: 'output-curve',
    title: `${label} over ${axis.toLowerCase()}`,
    summary: `${summary.join('; ')}.`,
    legend: lines.length > 1 ? lines.map(({ label }, i) => lineEntry(label, i)) : [],
    caption: [`${subject}.`, ONE_RUN_CAPTION],
    panels: [{ configure }],
    data: [lines, share],
    small: true,
  };
}
