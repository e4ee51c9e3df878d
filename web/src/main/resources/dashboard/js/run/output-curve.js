import { lineChart, lineEntry, lineStyle } from '../charts/lines.js';
import { numberAxis } from '../charts/ticks.js';
import { ONE_RUN_CAPTION } from '../results/caption.js';

/**
 * A line of a curve: values over positions.
 *
 * @typedef {{label: string, points: {x: string|number, y: number|null}[]}} Line
 */

/**
 * The line chart of any output with an axis.
 *
 * @param {Line[]} lines
 * @param {object} words
 * @param {string} words.name of the output
 * @param {string} words.subject the run in words
 * @param {string} words.label
 * @param {string} words.axis
 * @param {boolean} words.share whether values are fractions
 * @param {(value: number) => string} words.write
 * @returns {import('../charts/figure.js').Figure}
 */
export function outputCurve(lines, { name, subject, label, axis, share, write }) {
  const places = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))];
  const numeric = places.every((place) => typeof place === 'number');
  const configure = lineChart((colors) => lines.map((line, i) => ({ ...line, pointRadius: 2.5, ...lineStyle(colors, i) })), {
    axis, share, write, across: numeric && places.length > 0 ? numberAxis(/** @type {number[]} */ (places)) : { type: 'category', labels: places, ticks: { maxTicksLimit: 10 } },
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
    zoom: { ...(numeric ? { x: /** @type {number[]} */ (places) } : {}), logY: !share },
    data: [lines, share],
    small: true,
  };
}
