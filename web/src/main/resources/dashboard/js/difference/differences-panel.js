import { html, nothing } from 'lit-html';
import { loader } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { empty, failure } from '../controls/notices.js';
import { heading } from '../controls/heading.js';
import { scroll } from '../controls/scroll.js';
import { settingSelect } from '../results/setting-choice.js';
import { viewDownloads } from '../results/view-downloads.js';
import { differenceFigure, signed } from './difference-figure.js';

/**
 * @typedef {import('../api/types.js').Differences} Differences
 * @typedef {import('../api/types.js').Difference} Difference
 */

/** Grids that experiments measure unless others are asked for. */
const GRIDS = [2, 4, 7, 8, 14];

/** By what networks are compared. @type {Record<import('../api/types.js').Measure, string>} */
const MEASURES = { test: 'Test accuracy', scrambled: 'Scrambled accuracy', 'scrambling-loss': 'Cost of scrambling' };

/**
 * Networks compared in pairs: one of them with all others, in a chart and in sentences.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw the page
 * @param {{measure?: import('../api/types.js').Measure}} [from]
 */
export function differencesPanel(api, draw, { measure: first = 'test' } = {}) {
  /** @type {Differences|undefined} */
  let data;
  /** @type {unknown} */
  let error;
  let dataset = '';
  /** @type {number|undefined} */
  let setting;
  let measure = first;
  let grid = 4;
  let reference = '';
  const filter = () => ({ dataset, setting, measure, grid });
  const load = loader(
    () => api.differences(filter()),
    (outcome) => {
      error = outcome.error;
      data = outcome.data ?? data;
      draw();
    },
    () => JSON.stringify(filter()),
  );

  /** @param {unknown} problem */
  function failed(problem) {
    error = problem;
    draw();
  }

  /** @param {Differences} view */
  function content(view) {
    const chosen = view.networks.find(({ architecture }) => architecture === reference) ?? view.networks[0];
    const pairs = differencesTo(view, chosen?.architecture);
    return html`<div class="panel-head">${heading('differences', 'Differences on the same images')}
        <div class="filters">
          ${settingSelect(view, (run) => { setting = run; load(); })}
          <label class="inline-field">By
            <select data-testid="difference-measure" @change=${(/** @type {any} */ event) => { measure = event.target.value; load(); }}>
              ${Object.entries(MEASURES).map(([name, words]) => html`<option value=${name} .selected=${name === measure}>${words}</option>`)}
            </select></label>
          ${measure === 'test'
            ? nothing
            : html`<label class="inline-field">Tiles
                <select data-testid="difference-grid" @change=${(/** @type {any} */ event) => { grid = Number(event.target.value); load(); }}>
                  ${GRIDS.map((tiles) => html`<option value=${tiles} .selected=${tiles === grid}>${tiles} x ${tiles}</option>`)}
                </select></label>`}
          ${view.networks.length > 0
            ? html`<label class="inline-field">Compared with
                <select data-testid="difference-reference" @change=${(/** @type {any} */ event) => { reference = event.target.value; draw(); }}>
                  ${view.networks.map(({ architecture, label }) => html`<option value=${architecture} .selected=${architecture === chosen?.architecture}>${label}</option>`)}
                </select></label>`
            : nothing}
        </div></div>
      ${pairs.length > 0 && chosen
        ? html`${shownFigure(differencesFigure(view, pairs, chosen.label))}
            <ul class="sentences" data-testid="difference-sentences">${pairs.map(sentence)}</ul>
            ${table(view)}
            ${viewDownloads(api, 'differences', { dataset: view.dataset, setting: view.setting?.run, measure, grid }, failed)}`
        : empty({
            title: 'Nothing to compare yet',
            text: measure === 'test'
              ? 'Two networks that were trained in the same setting with the same seed are compared image by image. With three seeds, differences get an interval.'
              : `Networks are compared on images of ${grid} x ${grid} tiles once the experiment “Scrambling” has measured them.`,
            actions: nothing,
          })}`;
  }

  return {
    /** Reads the differences on a data set, which the page chooses, again. @param {string} name */
    show(name) {
      if (name !== dataset) {
        dataset = name;
        setting = undefined;
      }
      load();
    },
    template: () => html`<section class="panel" aria-labelledby="differences-title">
      ${error ? failure(error, load) : nothing} ${data ? content(data) : nothing}
    </section>`,
  };
}

/** The differences of all other networks to one. @param {Differences} view @param {string|undefined} reference */
export const differencesTo = (view, reference) => view.pairs.flatMap((pair) => against(pair, reference));

/**
 * A pair as seen from the other network: its difference to the reference.
 *
 * @typedef {{architecture: string, difference: number, low?: number, high?: number, adjusted?: number, bySeed: number[], pair: Difference}} Against
 * @param {Difference} pair
 * @param {string|undefined} reference
 * @returns {Against[]}
 */
function against(pair, reference) {
  if (pair.second === reference) {
    return [{ architecture: pair.first, difference: pair.difference, low: pair.low, high: pair.high, adjusted: pair.adjusted, bySeed: pair.bySeed, pair }];
  }
  if (pair.first !== reference) {
    return [];
  }
  return [
    {
      architecture: pair.second,
      difference: -pair.difference,
      low: pair.high === undefined ? undefined : -pair.high,
      high: pair.low === undefined ? undefined : -pair.low,
      adjusted: pair.adjusted,
      bySeed: pair.bySeed.map((value) => -value),
      pair,
    },
  ];
}

/** @param {Against} each */
const sentence = ({ pair, adjusted }) => html`<li>${pair.sentence}
  <span class="faint">${adjusted === undefined ? nothing : adjusted < 0.001 ? 'Corrected p < 0.001.' : `Corrected p = ${adjusted.toFixed(3)}.`}
  ${pair.seeds.length === 1 && pair.seeds[0].table
    ? `Of ${pair.images} images, the first network alone gets ${pair.seeds[0].table.onlyFirst} right, the second alone ${pair.seeds[0].table.onlySecond}.`
    : nothing}</span></li>`;

/** All pairs: the row's network minus the column's. @param {Differences} view */
function table({ networks, pairs }) {
  /** @param {string} row @param {string} column */
  const between = (row, column) => {
    const forward = pairs.find(({ first, second }) => first === row && second === column);
    const backward = pairs.find(({ first, second }) => first === column && second === row);
    return forward ?? (backward && { ...backward, difference: -backward.difference });
  };
  return html`<details><summary>All pairs</summary>
    ${scroll('Differences of all pairs', html`<table class="table table-plain" data-testid="difference-table">
      <thead><tr><th scope="col">Network minus …</th>${networks.map(({ label }) => html`<th scope="col" class="number">${label}</th>`)}</tr></thead>
      <tbody>${networks.map(
        (row) => html`<tr><th scope="row">${row.label}</th>
          ${networks.map((column) => {
            const pair = between(row.architecture, column.architecture);
            const clear = pair?.adjusted !== undefined && pair.adjusted < 0.05 && pair.bySeed.length > 2;
            return html`<td class="number">${pair ? html`<span class=${clear ? 'clear' : 'unclear'} title=${pair.sentence}>${signed(pair.difference)}</span>` : ''}</td>`;
          })}</tr>`,
      )}</tbody></table>`)}
    <p class="note">In points. Bold: corrected p below 5 %, over at least three seeds.</p></details>`;
}

/**
 * @param {Differences} view
 * @param {Against[]} pairs
 * @param {string} reference its label
 */
export const differencesFigure = (view, pairs, reference) =>
  differenceFigure(
    pairs.map(({ architecture, pair, ...numbers }) => ({
      ...numbers,
      label: view.networks.find((network) => network.architecture === architecture)?.label ?? architecture,
      images: pair.images,
      sentence: pair.sentence,
    })),
    {
      name: `differences-${view.measure}`,
      testId: 'differences-chart',
      title: `${MEASURES[view.measure]}: differences to ${reference} on ${view.dataset}`,
      axis: view.measure === 'scrambling-loss' ? `Points lost more than ${reference}` : `Points above ${reference}`,
    },
    view,
  );
