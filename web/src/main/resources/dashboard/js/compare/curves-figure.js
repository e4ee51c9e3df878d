import { decimal, percent } from '../app/format.js';
import { networkLine, networkLineEntry, networkStyles } from '../charts/networks.js';
import { accuracyAxis, acrossAxis, tooltip, valueAxis } from '../charts/palette.js';
import { nameOf } from './compared-run.js';

/**
 * @typedef {import('./compared-run.js').Compared} Compared
 * @typedef {import('../api/types.js').Epoch} Epoch
 * @typedef {'validationAccuracy'|'trainAccuracy'|'validationLoss'|'trainLoss'} Quantity
 */

/** @type {Record<Quantity, string>} */
export const QUANTITIES = {
  validationAccuracy: 'Validation accuracy',
  trainAccuracy: 'Training accuracy',
  validationLoss: 'Validation loss',
  trainLoss: 'Training loss',
};

/**
 * The learning curves of several runs on one chart.
 *
 * @param {Compared[]} all
 * @param {Quantity} quantity
 * @returns {import('../charts/figure.js').Figure|undefined} undefined: no run has epochs
 */
export function curvesFigure(all, quantity) {
  const styles = networkStyles(all.map(({ row }) => row));
  const runs = all.map((compared, i) => ({ compared, i })).filter(({ compared }) => compared.run.history.length > 0);
  if (runs.length === 0) {
    return undefined;
  }
  const share = quantity.endsWith('Accuracy');
  const value = (/** @type {Epoch} */ epoch) => (epoch[quantity] ?? Number.NaN) * (share ? 100 : 1);
  const write = (/** @type {number} */ number) => (share ? percent(number / 100) : decimal(number));
  const longest = Math.max(2, ...runs.map(({ compared }) => compared.run.history.length));

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'line',
    data: {
      datasets: runs.map(({ compared, i }) => ({
        label: nameOf(compared),
        clip: false,
        data: compared.run.history.map((epoch) => ({ x: epoch.epoch, y: value(epoch) })),
        pointRadius: 2,
        ...networkLine(colors, styles[i]),
      })),
    },
    options: {
      interaction: { mode: 'x', intersect: false },
      scales: {
        x: acrossAxis(colors, 'Epoch', { type: 'linear', min: 1, max: longest, ticks: { precision: 0, maxTicksLimit: 10 } }),
        y: share ? accuracyAxis(colors) : valueAxis(colors, { beginAtZero: true }),
      },
      plugins: {
        tooltip: tooltip(colors, ({ dataset, parsed }) => `${dataset.label}: ${write(parsed.y)}`, ([{ parsed }]) => `Epoch ${parsed.x}`),
      },
    },
  });

  return {
    name: `compared-${quantity}`,
    testId: 'compared-curves',
    title: `${QUANTITIES[quantity]} over epochs`,
    summary: runs.map(({ compared }) => `${nameOf(compared)}, after epoch ${compared.run.history.length}: ${write(value(/** @type {Epoch} */ (compared.run.history.at(-1))))}`).join('; '),
    legend: runs.map(({ compared, i }) => networkLineEntry(nameOf(compared), styles[i])),
    caption: runs.map(({ compared }) => `#${compared.row.id}: ${compared.row.title}, ${compared.row.regime}.`),
    panels: [{ configure }],
    data: [...runs.map(({ compared }) => compared.run.history), quantity],
  };
}
