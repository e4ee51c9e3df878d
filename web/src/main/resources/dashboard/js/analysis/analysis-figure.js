import { MOST_LINES, lineEntry, lineStyle } from '../charts/lines.js';
import { accuracyAxis, tooltip } from '../charts/palette.js';
import { captionOf } from '../results/caption.js';
import { chartNumber, intervalOf, spreadWords } from '../results/measured.js';
import { axisWords, setWord, writer } from '../results/output-words.js';
import { rowName } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').AnalysedNetwork} Row
 * @typedef {import('../api/types.js').AnalysedOutput} Found
 */

/**
 * The figures of an output over networks: the first axis is across, each network is a line, and each position on the
 * other axes is a figure of its own. An output without an axis has none: its numbers are a table.
 *
 * @param {import('../api/types.js').Experiment} experiment
 * @param {Found} found
 * @returns {import('../charts/figure.js').Figure[]}
 */
export function analysisFigures(experiment, { output, rows }) {
  const [along, ...across] = output.axes;
  if (!along || new Set(rows.map(({ at }) => at[along.name])).size < 2) {
    return [];
  }
  /** @type {Map<string, Row[]>} */
  const panels = new Map();
  for (const row of rows) {
    const words = [setWord(row.set), ...across.filter(({ name }) => row.at[name] !== undefined).map((axis) => `${axisWords(axis).toLowerCase()} ${row.at[axis.name]}`)].join(', ');
    panels.set(words, [...(panels.get(words) ?? []), row]);
  }
  return [...panels].map(([words, shown], i) => figure(experiment, output, along, shown, panels.size === 1 ? '' : `, ${words.toLowerCase()}`, i));
}

/**
 * @param {import('../api/types.js').Experiment} experiment
 * @param {import('../api/types.js').Output} output
 * @param {import('../api/types.js').Axis} along
 * @param {Row[]} rows
 * @param {string} panel which position, if there are several
 * @param {number} i which figure of the output
 * @returns {import('../charts/figure.js').Figure}
 */
function figure(experiment, output, along, rows, panel, i) {
  /** @type {Map<string, Row[]>} */
  const byNetwork = new Map();
  for (const row of rows) {
    const key = networkKey(row);
    byNetwork.set(key, [...(byNetwork.get(key) ?? []), row]);
  }
  const networks = [...byNetwork.values()].slice(0, MOST_LINES);
  const heads = networks.map(([first]) => first);
  const places = [...new Set(rows.map(({ at }) => at[along.name]))];
  const share = output.unit === 'share';
  const write = writer(output);
  /** @param {Row[]} line @param {unknown} place */
  const pointAt = (line, place) => line.find(({ at }) => at[along.name] === place);

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'line',
    data: {
      labels: places,
      datasets: networks.map((line, n) => {
        const values = places.map((place) => pointAt(line, place)?.value);
        return {
          label: rowName(heads[n], heads),
          data: values.map((value) => (value ? chartNumber(value.mean, share) : null)),
          intervals: values.map((value) => interval(value, share)),
          spanGaps: true,
          pointRadius: 4,
          clip: false,
          ...lineStyle(colors, n),
        };
      }),
    },
    options: {
      scales: {
        x: { title: { display: true, text: axisWords(along) }, grid: { display: false }, border: { color: colors.inkFaint } },
        y: share ? accuracyAxis(colors) : { border: { display: false }, grid: { color: colors.line, drawTicks: false }, ticks: { padding: 8, maxTicksLimit: 6 } },
      },
      plugins: {
        legend: { display: false },
        tooltip: tooltip(colors, ({ datasetIndex, dataIndex }) => {
          const point = pointAt(networks[datasetIndex], places[dataIndex]);
          return point ? [rowName(heads[datasetIndex], heads), `${write(point.value.mean)}, ${spreadWords(point.value, write)}`] : [];
        }, ([{ label }]) => `${axisWords(along)} ${label}`),
      },
    },
  });

  const dataset = rows[0].dataset;
  return {
    name: `${experiment.name}-${output.name}${i === 0 ? '' : `-${i + 1}`}`,
    testId: `analysis-${output.name}`,
    title: `${output.label}${panel}, on ${dataset}`,
    summary: networks
      .map((line, n) => `${rowName(heads[n], heads)}: ${line.map(({ at, value }) => `${at[along.name]} ${write(value.mean)}`).join(', ')}`)
      .join('; '),
    legend: [
      ...heads.map((head, n) => lineEntry(rowName(head, heads), n)),
      .../** @type {import('../charts/legend.js').LegendEntry[]} */ (rows.some(({ value }) => intervalOf(value)) ? [['interval', '95 % interval']] : []),
    ],
    caption: [...captionOf(dataset, rows.map((row) => /** @type {[Row, any]} */ ([row, row.value]))), `Method: ${experiment.source.work}, ${experiment.source.section}.`],
    configure,
    data: [rows, output],
  };
}

/** What distinguishes the networks of an analysis. @param {Row} row */
export const networkKey = ({ architecture, imageSize, width, precision, preparation, duplicates, trainImages, regime, weights }) =>
  [architecture, imageSize, width, precision, preparation, duplicates, trainImages, regime, weights].join(' ');

/** @param {import('../api/types.js').Measured|undefined} value @param {boolean} share */
function interval(value, share) {
  const ends = value && intervalOf(value);
  return ends ? { low: chartNumber(ends.low, share), high: chartNumber(ends.high, share) } : null;
}
