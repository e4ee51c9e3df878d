import { html } from 'lit-html';
import { percent, published } from '../app/format.js';
import { chart } from '../charts/chart.js';
import { accuracyAxis, tiles, tooltip } from '../charts/palette.js';
import { chartInterval, measuredWords } from '../results/measured.js';

/**
 * One network's accuracy on clean and on scrambled images, and under each of several scramblings.
 *
 * @typedef {import('../api/types.js').Measured} Measured
 * @typedef {{label: string, detail?: string, test: Measured|number, scrambled?: Measured|number, ceiling?: number, points?: number[]}} Pair
 */

/** @param {Measured|number|undefined} value */
const center = (value) => (value === undefined ? null : 100 * (typeof value === 'number' ? value : value.mean));

/** @param {Measured|number|undefined} value */
const interval = (value) => (typeof value === 'object' ? chartInterval(value) : null);

/** @param {Measured|number|undefined} value @param {'test'|'scrambled'} set */
const words = (value, set) =>
  value === undefined ? 'no number' : typeof value === 'number' ? published(value, set) : measuredWords(value);

/**
 * Clean bars beside scrambled ones, for one source of numbers: published and measured get a chart
 * each.
 *
 * @param {Pair[]} pairs
 * @param {'measured'|'published'} source
 */
export function scramblingChart(pairs, source) {
  const summary = pairs
    .map(({ label, test, scrambled }) => `${label}: clean ${words(test, 'test')}, scrambled ${words(scrambled, 'scrambled')}`)
    .join('; ');

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => {
    const color = source === 'measured' ? colors.measured : colors.published;
    return {
      type: 'bar',
      data: {
        labels: pairs.map(({ label }) => label),
        datasets: [
          {
            label: 'Clean',
            data: pairs.map(({ test }) => center(test)),
            intervals: pairs.map(({ test }) => interval(test)),
            intervalColor: colors.ink,
            intervalHalo: colors.surface,
            backgroundColor: source === 'measured' ? color : 'transparent',
            borderColor: color,
            borderWidth: 1.5,
            borderSkipped: false,
          },
          {
            label: 'Scrambled',
            data: pairs.map(({ scrambled }) => center(scrambled)),
            intervals: pairs.map(({ scrambled }) => interval(scrambled)),
            dots: pairs.map(({ points = [] }) => points.map((accuracy) => accuracy * 100)),
            intervalColor: colors.ink,
            intervalHalo: colors.surface,
            backgroundColor: tiles(color, colors.surface),
            borderColor: color,
            borderWidth: 1.5,
            borderSkipped: false,
          },
        ],
      },
      options: {
        datasets: { bar: { categoryPercentage: 0.66, barPercentage: 0.88, maxBarThickness: 40 } },
        scales: {
          x: { grid: { display: false }, border: { color: colors.inkFaint }, ticks: { maxRotation: 60, autoSkip: false } },
          y: accuracyAxis(colors),
        },
        plugins: {
          legend: { display: false },
          ceilings: {
            color: colors.ceiling,
            lines: pairs.flatMap(({ ceiling }, i) => (ceiling === undefined ? [] : [{ from: i - 0.42, to: i + 0.42, y: ceiling * 100 }])),
          },
          tooltip: tooltip(colors, ({ datasetIndex, dataIndex }) => {
            const { detail, test, scrambled, ceiling } = pairs[dataIndex];
            const line = datasetIndex === 0 ? `Clean: ${words(test, 'test')}` : `Scrambled: ${words(scrambled, 'scrambled')}`;
            return [line, ...(detail ? [detail] : []), ...(ceiling === undefined ? [] : [`Ceiling: ${percent(ceiling)}`])];
          }),
        },
      },
    };
  };

  return html`<div class="chart">
    <canvas role="img" aria-label=${`${source} accuracy on clean and scrambled images. ${summary}`} data-testid=${`scrambling-chart-${source}`}
      ${chart(configure, [pairs, source])}></canvas>
  </div>`;
}
