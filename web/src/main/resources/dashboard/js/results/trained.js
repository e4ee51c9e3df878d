import { html, nothing } from 'lit-html';
import { withTerms } from '../terms/term.js';
import { regimeTag } from './measured.js';
import { regimeWords } from './words.js';

/** @typedef {import('./words.js').Trained} Trained */

/** How a network was trained, each choice by itself, in words. @param {Trained} row */
const partsOf = (row) => [regimeWords(row), ...row.phrases].filter(Boolean);

/** What all rows of a table have in common in how they were trained; of one row, nothing. @param {Trained[]} rows */
export const trainedAlike = (rows) => (rows.length < 2 ? [] : partsOf(rows[0]).filter((part) => rows.every((row) => partsOf(row).includes(part))));

/** Whether rows differ in how they were trained. @param {Trained[]} rows */
export const trainedDifferently = (rows) => {
  const common = trainedAlike(rows);
  return rows.some((row) => partsOf(row).some((part) => !common.includes(part)));
};

/** How a row was trained, except for what all rows have in common. @param {Trained} row @param {string[]} common */
export function trained(row, common) {
  const rest = row.phrases.filter((phrase) => !common.includes(phrase));
  return html`${common.includes(regimeWords(row)) ? nothing : regimeTag(row)} ${rest.length > 0 ? html`<span class="scale-words">${withTerms(rest.join(', '))}</span>` : nothing}`;
}
