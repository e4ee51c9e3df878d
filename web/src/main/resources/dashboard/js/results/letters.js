import { letterOf, regimeWords } from './words.js';

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
  const named = new Map(rows.filter((row) => letterOf(row, rows)).map((row) => [letterOf(row, rows), partsOf(row)]));
  if (named.size === 0) {
    return '';
  }
  const [first] = named.values();
  const common = first.filter((part) => [...named.values()].every((parts) => parts.includes(part)));
  const meanings = [...named].map(([letter, parts]) => `${letter}: ${parts.filter((part) => !common.includes(part)).join(', ') || 'nothing else'}`);
  return `Letters tell settings apart. ${[common.length > 0 ? `All: ${common.join(', ')}` : '', ...meanings].filter(Boolean).join('. ')}.`;
}

/** @param {Row} row @returns {string[]} */
const partsOf = (row) => [regimeWords(row), ...row.phrases];
