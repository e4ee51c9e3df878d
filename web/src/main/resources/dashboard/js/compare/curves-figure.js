import { networkLine, networkLineEntry, networkStyles } from '../charts/networks.js';
import { chanceLegend, epochChart, epochWords, pointsOf } from '../run/epochs.js';
import { nameOf } from './compared-run.js';

/**
 * @typedef {import('./compared-run.js').Compared} Compared
 * @typedef {import('../run/epochs.js').Quantity} Quantity
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
 * @returns {import('../charts/figure.js').Figure|undefined} undefined if no run has epochs
 */
export function curvesFigure(all, quantity) {
  const styles = networkStyles(all.map(({ row }) => row));
  const runs = all.map((compared, i) => ({ compared, i })).filter(({ compared }) => compared.run.history.length > 0);
  if (runs.length === 0) {
    return undefined;
  }
  const chances = new Set(runs.map(({ compared }) => compared.run.chance));
  // Runs with different numbers of classes have no common line.
  const chance = chances.size === 1 ? [...chances][0] : undefined;
  const longest = Math.max(...runs.map(({ compared }) => compared.run.history.length));
  const configure = epochChart(
    (colors) => runs.map(({ compared, i }) => ({ label: nameOf(compared), points: pointsOf(compared.run.history, quantity), pointRadius: 2, ...networkLine(colors, styles[i]) })),
    quantity,
    longest,
    { chance },
  );
  return {
    name: `compared-${quantity}`,
    testId: 'compared-curves',
    title: `${QUANTITIES[quantity]} over epochs`,
    summary: runs.map(({ compared }) => `${nameOf(compared)}, after epoch ${compared.run.history.length}: ${epochWords(quantity, compared.run.history.at(-1)?.[quantity] ?? null)}`).join('; '),
    legend: [...runs.map(({ compared, i }) => networkLineEntry(nameOf(compared), styles[i])), ...chanceLegend(chance)],
    caption: runs.map(({ compared }) => `#${compared.row.id}: ${compared.row.title}, ${compared.row.regime}.`),
    panels: [{ configure }],
    zoom: { x: Array.from({ length: longest }, (_, i) => i + 1), logY: quantity.endsWith('Loss') },
    data: [...runs.map(({ compared }) => compared.run.history), quantity, chance],
  };
}
