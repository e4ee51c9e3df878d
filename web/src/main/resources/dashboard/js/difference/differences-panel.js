import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';
import { shownFigure } from '../charts/figure.js';
import { heading } from '../controls/heading.js';
import { empty, failure } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { tableCopies } from '../controls/table-copies.js';
import { correctedWords, uncorrectedNote } from '../results/corrected.js';
import { leftOutNote } from '../results/left-out.js';
import { settingSelect } from '../results/setting-choice.js';
import { settingPanel } from '../results/setting-panel.js';
import { viewDownloads } from '../results/view-downloads.js';
import { differenceFigure, signed } from './difference-figure.js';

/**
 * @typedef {import('../api/types.js').Differences} Differences
 * @typedef {import('../api/types.js').Difference} Difference
 */

/** Grids that experiments measure by default. */
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
  let measure = first;
  let grid = 4;
  let reference = '';
  const panel = settingPanel(api.differences, draw, () => ({ measure, grid }));
  const { load, failed } = panel;

  /** @param {Differences} view */
  function content(view) {
    const chosen = view.networks.find(({ architecture }) => architecture === reference) ?? view.networks[0];
    const pairs = differencesTo(view, chosen?.architecture);
    return html`<div class="panel-head">${heading('differences', 'Differences on the same images')}
        <div class="filters">
          ${settingSelect(view, panel.choose)}
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
            <ul class="sentences" data-testid="difference-sentences">${pairs.map((each) => sentence(each, view))}</ul>
            ${uncorrectedNote(view.pairs)} ${leftOutNote(view.leftOut)}
            ${table(view)}
            ${viewDownloads(api, 'differences', { ...panel.filter(), dataset: view.dataset, setting: view.setting?.run }, failed)}`
        : html`${leftOutNote(view.leftOut)} ${empty({
            title: 'Nothing to compare yet',
            text: measure === 'test'
              ? 'Two networks that were trained in the same setting with the same seed are compared image by image. With four seeds, differences get an interval.'
              : `Networks are compared on images of ${grid} x ${grid} tiles once the experiment “Scrambling” has measured them.`,
            actions: nothing,
          })}`}`;
  }

  return {
    show: panel.show,
    template: () => html`<section class="panel" aria-labelledby="differences-title">
      ${panel.error ? failure(panel.error, load) : nothing} ${panel.data ? content(panel.data) : nothing}
    </section>`,
  };
}

/** The differences of all other networks to one. @param {Differences} view @param {string|undefined} reference */
export const differencesTo = (view, reference) => view.pairs.flatMap((pair) => against(pair, reference));

/**
 * A pair as seen from the other network: what it has over the reference.
 *
 * @typedef {{first: string, second: string, difference: number, low?: number, high?: number, bySeed: number[], sentence: string, pair: Difference}} Against
 * @param {Difference} pair
 * @param {string|undefined} reference
 * @returns {Against[]}
 */
function against(pair, reference) {
  if (pair.second === reference) {
    const { first, second, difference, low, high, bySeed, sentence } = pair;
    return [{ first, second, difference, low, high, bySeed, sentence, pair }];
  }
  return pair.first === reference ? [turned(pair)] : [];
}

/** A pair with its second network first. @param {Difference} pair @returns {Against} */
const turned = (pair) => ({
  first: pair.second,
  second: pair.first,
  difference: -pair.difference,
  low: pair.high === undefined ? undefined : -pair.high,
  high: pair.low === undefined ? undefined : -pair.low,
  bySeed: pair.bySeed.map((value) => -value),
  sentence: pair.reversed,
  pair,
});

/** @param {Against} each @param {Differences} view */
function sentence({ first, second, sentence: words, pair }, view) {
  const p = correctedWords(pair, view.pairs);
  const table = pair.seeds.length === 1 ? pair.seeds[0].table : undefined;
  const [alone, other] = table && first === pair.first ? [table.onlyFirst, table.onlySecond] : [table?.onlySecond, table?.onlyFirst];
  return html`<li>${words}
    <span class="faint">${p && `${p}.`} ${table
      ? `Of ${count(pair.images)} images, ${labelOf(view, first)} alone gets ${alone} right, ${labelOf(view, second)} alone ${other}.`
      : nothing}</span></li>`;
}

/** @param {Differences} view @param {string} architecture */
const labelOf = ({ networks }, architecture) => networks.find((network) => network.architecture === architecture)?.label ?? architecture;

/** All pairs: the row's network minus the column's. @param {Differences} view */
function table({ networks, pairs }) {
  /** @param {string} row @param {string} column */
  const between = (row, column) => {
    const pair = pairs.find(({ first, second }) => [row, column].includes(first) && [row, column].includes(second));
    return pair && against(pair, column)[0];
  };
  return html`<details><summary>All pairs</summary>
    ${scroll('Differences of all pairs', html`<table class="table table-plain" data-testid="difference-table">
      <thead><tr><th scope="col">Network minus …</th>${networks.map(({ label }) => html`<th scope="col" class="number">${label}</th>`)}</tr></thead>
      <tbody>${networks.map(
        (row) => html`<tr><th scope="row">${row.label}</th>
          ${networks.map((column) => {
            const found = between(row.architecture, column.architecture);
            const clear = found?.pair.adjusted !== undefined && found.pair.adjusted <= 0.05 && found.bySeed.length > 2;
            return html`<td class="number">${found ? html`<span class=${clear ? 'clear' : 'unclear'} title=${found.sentence}>${signed(found.difference)}</span>` : ''}</td>`;
          })}</tr>`,
      )}</tbody></table>`)}
    <p class="note">In points. Bold: corrected p of at most 5 %, over several seeds. No difference of three seeds has that, of a table of 21 pairs none of five.</p>${tableCopies('difference-table')}</details>`;
}

/**
 * @param {Differences} view
 * @param {Against[]} pairs
 * @param {string} reference its label
 */
export const differencesFigure = (view, pairs, reference) =>
  differenceFigure(
    pairs.map(({ first, pair, ...shown }) => ({ ...shown, label: labelOf(view, first), images: pair.images })),
    {
      name: `differences-${view.measure}`,
      testId: 'differences-chart',
      title: `${MEASURES[view.measure]}: differences to ${reference} on ${view.dataset}`,
      axis: view.measure === 'scrambling-loss' ? `Points lost more than ${reference}` : `Points above ${reference}`,
    },
    view,
  );
