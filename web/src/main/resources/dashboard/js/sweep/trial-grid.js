import { percent, plural } from '../app/format.js';
import { isWide, tickWords } from '../charts/ticks.js';
import { tableCopies } from '../controls/table-copies.js';
import { heatTable } from '../run/heat-table.js';
import { html } from 'lit-html';
import { byKind, kindWords } from './trial-kinds.js';
import { placesOf, valueWords } from './trial-scatter.js';

/**
 * @typedef {import('./trial-kinds.js').SweepTrial} SweepTrial
 * @typedef {import('./trial-scatter.js').TrialSetting} TrialSetting
 */

/** With more values than this, numbers are grouped. */
const MOST_VALUES = 8;

/** The number of groups, equal in width on the axis. */
const GROUPS = 6;

/**
 * The rows or columns of a grid.
 *
 * @param {SweepTrial[]} trials
 * @param {TrialSetting} setting
 * @returns {{names: string[], grouped: boolean, place: (trial: SweepTrial) => number}}
 */
export function bandsOf(trials, setting) {
  const { name, number, log } = setting;
  const values = [...new Set(trials.map(({ settings }) => settings[name]))];
  const numbers = number ? values.filter((value) => value !== undefined).map(Number).sort((a, b) => a - b) : [];
  if (numbers.length <= MOST_VALUES) {
    const names = numbers.length > 0
      ? [...numbers.map(valueWords), ...(numbers.length < values.length ? [valueWords(undefined)] : [])]
      : placesOf(setting, values);
    return { names, grouped: false, place: ({ settings }) => names.indexOf(valueWords(settings[name])) };
  }
  const [low, high] = [numbers[0], numbers[numbers.length - 1]];
  const wide = isWide(numbers, name, log);
  const [scaled, back] = wide ? [Math.log, Math.exp] : [(/** @type {number} */ value) => value, (/** @type {number} */ value) => value];
  const step = (scaled(high) - scaled(low)) / GROUPS;
  const edge = (/** @type {number} */ i) => tickWords(Number(back(scaled(low) + i * step).toPrecision(2)));
  return {
    names: Array.from({ length: GROUPS }, (_, i) => `${edge(i)} to ${edge(i + 1)}`),
    grouped: true,
    place: ({ settings }) => (settings[name] === undefined ? -1 : Math.min(GROUPS - 1, Math.floor((scaled(Number(settings[name])) - scaled(low)) / step + 1e-9))),
  };
}

/**
 * The mean accuracy for each two values of two settings, only where there are trials.
 *
 * @param {SweepTrial[]} all on one data set
 * @param {[TrialSetting, TrialSetting]} settings of the columns and of the rows
 * @param {number[]} best
 * @param {number|undefined} afterEpochs the epochs after which trials are compared
 */
export function trialGrid(all, [across, down], best, afterEpochs) {
  const trials = all.filter(({ compared }) => compared !== undefined);
  const [columns, rows] = [bandsOf(trials, across), bandsOf(trials, down)];
  const cells = rows.names.map((_, i) => columns.names.map((__, j) => trials.filter((trial) => rows.place(trial) === i && columns.place(trial) === j)));
  const means = cells.map((row) => row.map((cell) => (cell.length === 0 ? null : cell.reduce((sum, { compared = 0 }) => sum + compared, 0) / cell.length)));
  const found = /** @type {number[]} */ (means.flat().filter((mean) => mean !== null));
  const [smallest, largest] = [Math.min(...found), Math.max(...found)];
  const grouped = [columns.grouped ? across : undefined, rows.grouped ? down : undefined].flatMap((setting) => (setting ? [setting.label.toLowerCase()] : []));
  // Numbers grow upwards, as on an axis; names are read from the top.
  const order = down.number ? [...rows.names.keys()].reverse() : [...rows.names.keys()];
  const label = `Mean validation accuracy by ${across.label.toLowerCase()} and ${down.label.toLowerCase()}`;
  return html`${heatTable({
      label,
      rowAxis: down.label,
      columnAxis: across.label,
      rows: order.map((i) => rows.names[i]),
      columns: columns.names,
      values: order.map((i) => means[i]),
      write: (mean) => percent(mean),
      describe: (i, j) => {
        const row = order[i];
        const [mean, { length }] = [means[row][j], cells[row][j]];
        return `${across.label} ${columns.names[j]}, ${down.label.toLowerCase()} ${rows.names[row]}: ${mean === null ? 'no trial' : `${percent(mean)}, ${length === 1 ? 'one trial' : `mean of ${plural(length, 'trial')}`}`}`;
      },
      smallest,
      largest,
      id: 'trial-grid',
    })}
    ${tableCopies('trial-grid')}
    <p class="note" data-testid="trial-grid-note">The mean validation accuracy of the trials of each cell${afterEpochs ? `, after ${plural(afterEpochs, 'epoch')}` : ''}, over all values of the other settings; nothing is interpolated.
      A dash: no trial. The strongest colour is ${percent(largest)}, the faintest ${percent(smallest)}.
      ${grouped.length > 0 ? `Values of ${grouped.join(' and ')} are grouped.` : ''}
      ${trials.length < all.length ? `Left out, without a result to compare: ${kindWords(byKind(all.filter((trial) => !trials.includes(trial)), best))}.` : ''}</p>`;
}
