import { MOST_NETWORKS, networkLine, networkLineEntry, networkPoints, networkPointsEntry, networkStyles } from '../charts/networks.js';
import { accuracyAxis, acrossAxis, ticksAt, tooltip, valueAxis } from '../charts/palette.js';
import { captionOf, spreadEntries } from '../results/caption.js';
import { lettersWords } from '../results/letters.js';
import { chartNumber, chartSeeds, intervalOf, spreadWords } from '../results/measured.js';
import { axisWords, positionWords, setWord, writer } from '../results/output-words.js';
import { rowName } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').AnalysedNetwork} Row
 * @typedef {import('../api/types.js').AnalysedOutput} Found
 */

/**
 * The figure of an output over networks. The first axis is horizontal, and each network is a line. Each position on the
 * other axes, and each choice of parameters that some job has changed, has a chart of its own. An output without an
 * axis has no figure: its numbers are shown in a table.
 *
 * @param {import('../api/types.js').Experiment} experiment
 * @param {Found} found
 * @returns {import('../charts/figure.js').Figure|undefined}
 */
export function analysisFigure(experiment, { output, parameters, rows, conclusions }) {
  const [along, ...others] = output.axes;
  // Axes on which all rows have the same position are named once, in the caption.
  const varies = (/** @type {import('../api/types.js').Axis} */ { name }) => new Set(rows.map(({ at }) => at[name])).size > 1;
  const across = [...others, ...parameters.filter(varies)];
  if (!along || new Set(rows.map(({ at }) => at[along.name])).size < 2) {
    return undefined;
  }
  /** @param {Row} row */
  const panelOf = (row) => [setWord(row.set), ...across.filter(({ name }) => row.at[name] !== undefined).map((axis) => positionWords(axis, row.at[axis.name]))].join(', ');
  const panels = [...new Set(rows.map(panelOf))].sort(inOrder);
  const all = networksOf(rows);
  const networks = all.slice(0, MOST_NETWORKS);
  const heads = networks.map(([first]) => first);
  const styles = networkStyles(heads);
  const places = [...new Set(rows.map(({ at }) => at[along.name]))].sort(inOrder);
  // Classes, saliency maps and cues have no order: a line between them would be meaningless, so points are drawn side
  // by side.
  const ordered = output.kind === 'curve';
  const share = output.unit === 'share';
  const write = writer(output);
  /** @param {string} panel @param {Row[]} line @param {unknown} place */
  const pointAt = (panel, line, place) => line.find((row) => row.at[along.name] === place && panelOf(row) === panel);
  const ends = rows.flatMap(({ value }) => [value.mean, ...(chartSeeds(value, false) ?? []), intervalOf(value)?.low ?? value.mean, intervalOf(value)?.high ?? value.mean]);

  /** @param {string} panel @returns {(colors: import('../charts/palette.js').Palette) => object} */
  const configure = (panel) => (colors) => ({
    type: 'line',
    data: {
      datasets: networks.map((line, n) => {
        const values = places.map((place) => pointAt(panel, line, place)?.value);
        return {
          label: rowName(heads[n], heads),
          data: values.map((value, x) => ({ x: x + (ordered ? 0 : beside(n, networks.length)), y: value ? chartNumber(value.mean, share) : null })),
          intervals: values.map((value) => interval(value, share)),
          seeds: values.map((value) => chartSeeds(value, share)),
          spanGaps: true,
          pointRadius: 4,
          clip: false,
          ...(ordered ? networkLine : networkPoints)(colors, styles[n]),
        };
      }),
    },
    options: {
      scales: {
        x: acrossAxis(colors, axisWords(along), {
          type: 'linear',
          min: ordered ? 0 : -0.5,
          max: places.length - (ordered ? 1 : 0.5),
          ...ticksAt([...places.keys()]),
          ticks: { autoSkip: ordered, callback: (/** @type {number} */ x) => String(places[x]) },
        }),
        // All charts have the same scale.
        y: share ? accuracyAxis(colors) : valueAxis(colors, range(output.unit, ends)),
      },
      plugins: {
        tooltip: tooltip(colors, ({ datasetIndex, dataIndex }) => {
          const point = pointAt(panel, networks[datasetIndex], places[dataIndex]);
          return point ? [rowName(heads[datasetIndex], heads), `${write(point.value.mean)}, ${spreadWords(point.value, write)}`] : [];
        }, ([{ dataIndex }]) => `${axisWords(along)} ${places[dataIndex]}`),
      },
    },
  });

  /** @param {Row[]} line */
  const pointsIn = (line) => line.map((row) => `${row.at[along.name]} ${write(row.value.mean)}`).join(', ');
  /** @param {string} panel */
  const summaryOf = (panel) =>
    networks
      .map((line, n) => ({ name: rowName(heads[n], heads), shown: line.filter((row) => panelOf(row) === panel) }))
      .filter(({ shown }) => shown.length > 0)
      .map(({ name, shown }) => `${name}: ${pointsIn(shown)}`)
      .join('; ');
  const { dataset } = rows[0].settings;
  return {
    name: `${experiment.name}-${output.name}`,
    testId: `analysis-${output.name}`,
    title: `${output.label}${panels.length === 1 && rows.some(({ set }) => set !== 'test') ? `, ${panels[0]}` : ''}, on ${dataset}`,
    summary: panels.map((panel) => `${panel}: ${summaryOf(panel)}`).join('. '),
    legend: [
      ...heads.map((head, n) => (ordered ? networkLineEntry : networkPointsEntry)(rowName(head, heads), styles[n])),
      ...spreadEntries(rows.map(({ value }) => value)),
    ],
    letters: lettersWords(heads),
    caption: [
      ...(networks.length < all.length ? [`${networks.length} of ${all.length} networks; the table has all.`] : []),
      ...captionOf(dataset, rows.map((row) => /** @type {[Row, any]} */ ([row, row.value]))),
      ...parameters.filter((parameter) => !varies(parameter)).map((parameter) => `${parameter.label}: ${rows[0].at[parameter.name]}${parameter.unit ? ` ${parameter.unit}` : ''}.`),
      `Method: ${experiment.source.work}, ${experiment.source.section}.`,
      ...(output.reading ? [output.reading] : []),
      ...conclusions,
    ],
    panels: panels.map((panel) => ({ title: panel, summary: summaryOf(panel), configure: configure(panel) })),
    data: [rows, output],
  };
}

/**
 * A network's offset from the centre of a category; together, the points take up three quarters of it.
 *
 * @param {number} n
 * @param {number} networks
 */
const beside = (n, networks) => ((n + 0.5) / networks - 0.5) * 0.75;

/** The minimum range of an axis. @param {string} unit @param {number[]} values */
const range = (unit, values) =>
  unit === 'correlation' ? { suggestedMin: Math.min(0, ...values), max: 1 } : { suggestedMin: Math.min(...values), suggestedMax: Math.max(...values) };

/** The rows grouped by network, as the table groups them, too. @param {Row[]} rows */
export const networksOf = (rows) => [...Map.groupBy(rows, ({ configuration }) => configuration).values()];

/** Compares positions on an axis: numerically if both are numbers. @param {unknown} a @param {unknown} b */
const inOrder = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true }));

/** @param {import('../api/types.js').Measured|undefined} value @param {boolean} share */
function interval(value, share) {
  const ends = value && intervalOf(value);
  return ends ? { low: chartNumber(ends.low, share), high: chartNumber(ends.high, share) } : null;
}
