import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';

/** @typedef {import('../api/types.js').AccuracyRow} Row */

/** With more settings, one is shown: the trials of a search would hide everything else. */
const MOST_SETTINGS = 6;

/**
 * The rows of a table and a chart: all, or if they have many settings, those of one. That is the setting with the most
 * networks; of several, the one with the most seeds, and of these the one with the best validation accuracy. The
 * report's networks always have a row: without results if they were measured in other settings only.
 *
 * @param {Row[]} rows
 * @param {boolean} all whether to show all settings, however many there are
 * @returns {{rows: Row[], settings: number}} the rows, and the number of settings in all
 */
export function shownRows(rows, all) {
  const groups = [...Map.groupBy(rows.filter(({ runs }) => runs.length > 0), settingOf).values()];
  if (all || groups.length <= MOST_SETTINGS) {
    return { rows, settings: groups.length };
  }
  const [chosen] = groups.sort((a, b) => networks(b) - networks(a) || seeds(b) - seeds(a) || validation(b) - validation(a));
  const missing = new Set(rows.filter((row) => isOfReport(row) && !chosen.some(({ architecture }) => architecture === row.architecture)).map(({ architecture }) => architecture));
  return {
    rows: rows.flatMap((row) => (chosen.includes(row) ? [row] : missing.delete(row.architecture) ? [unmeasured(row)] : [])),
    settings: groups.length,
  };
}

/** Whether a network has a row in Table 1 in any case; others have one only if they were measured. @param {Row} row */
const isOfReport = ({ published, runs }) => runs.length === 0 || Object.keys(published).length > 0;

/** A network's row without its results in another setting. @param {Row} row @returns {Row} */
const unmeasured = ({ architecture, label, receptiveField, published, ceiling }) => ({ architecture, label, receptiveField, published, ceiling, settings: {}, phrases: [], runs: [] });

/**
 * Says which rows are shown, with a button to change it.
 *
 * @param {{rows: Row[], settings: number}} shown
 * @param {boolean} all
 * @param {() => void} toggle
 */
export const shownNote = ({ settings }, all, toggle) =>
  settings <= MOST_SETTINGS
    ? nothing
    : html`<p class="note" data-testid="shown-settings">${all
        ? html`All ${plural(settings, 'setting')} are shown. <button type="button" class="button button-small" @click=${toggle}>Show one</button>`
        : html`One of ${plural(settings, 'setting')} is shown: the one with the most networks, then the most seeds, then the best validation accuracy.
          <button type="button" class="button button-small" data-testid="all-settings" @click=${toggle}>Show all</button>`}</p>`;

/** What networks that are compared have in common: all but the learning rate, which each has its own of, and where they start from. @param {Row} row */
function settingOf({ settings: { learningRate, weights, fromRun, ...common }, regime }) {
  return JSON.stringify([regime, common]);
}

/** @param {Row[]} rows */
const networks = (rows) => new Set(rows.map(({ architecture }) => architecture)).size;

/** @param {Row[]} rows */
const seeds = (rows) => Math.max(...rows.map(({ runs }) => runs.length));

/** @param {Row[]} rows */
const validation = (rows) => Math.max(...rows.map((row) => row.validation?.mean ?? 0));
