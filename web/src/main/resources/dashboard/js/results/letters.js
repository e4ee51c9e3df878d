import { letterOf, regimeWords, rowName } from './words.js';

/**
 * The known part of a network's configuration.
 *
 * @typedef {import('./words.js').Trained & {architecture: string, label: string}} Row
 */

/**
 * A sentence that explains the letters in the names of networks. It starts with what all of these configurations have
 * in common.
 *
 * @param {Row[]} rows
 * @returns {string} empty if no name has a letter
 */
export function lettersWords(rows) {
  const named = rows.filter((row) => letterOf(row, rows)).map((row) => ({ letter: letterOf(row, rows), name: rowName(row, rows), parts: partsOf(row) }));
  if (named.length === 0) {
    return '';
  }
  const common = named[0].parts.filter((part) => named.every(({ parts }) => parts.includes(part)));
  const ownOf = (/** @type {typeof named[number]} */ { parts }) => parts.filter((part) => !common.includes(part)).join(', ') || 'nothing else';
  const meanings = [...Map.groupBy(named, ownOf)].map(([own, those]) => {
    // A letter that means the same for all networks is explained without naming them.
    const [{ letter }] = those;
    const alone = named.every((each) => (each.letter === letter) === those.includes(each));
    return `${alone ? letter : those.map(({ name }) => name).join(' and ')}: ${own}`;
  });
  return `Letters tell settings apart. ${[common.length > 0 ? `All: ${common.join(', ')}` : '', ...meanings].filter(Boolean).join('. ')}.`;
}

/** @param {Row} row @returns {string[]} */
const partsOf = (row) => [regimeWords(row), ...row.phrases];
