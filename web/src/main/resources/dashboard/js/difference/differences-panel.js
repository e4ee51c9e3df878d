import { html, nothing } from 'lit-html';
import { count, points } from '../app/format.js';
import { shownFigure } from '../charts/figure.js';
import { inlineSelect } from '../controls/field.js';
import { panel } from '../controls/heading.js';
import { empty, loading } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { tableCopies } from '../controls/table-copies.js';
import { correctedCell, correctedHead, uncorrectedNote } from '../results/corrected.js';
import { leftOutNote } from '../results/left-out.js';
import { settingNote } from '../results/setting-choice.js';
import { settingPanel } from '../results/setting-panel.js';
import { viewDownloads } from '../results/view-downloads.js';
import { term } from '../terms/term.js';
import { forestPlot, signed, spreadCell } from './forest-plot.js';

/**
 * @typedef {import('../api/types.js').Differences} Differences
 * @typedef {import('../api/types.js').Difference} Difference
 */

/** Grids that experiments measure by default. */
const GRIDS = [2, 4, 7, 8, 14];

/** The metrics by which networks can be compared. @type {Record<import('../api/types.js').Measure, string>} */
const MEASURES = { test: 'Test accuracy', scrambled: 'Scrambled accuracy', 'scrambling-loss': 'Cost of scrambling' };

/**
 * Pairwise comparisons of networks: one network with all others, in a chart and in sentences.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw draws the page
 * @param {{measure?: import('../api/types.js').Measure}} [from]
 */
export function differencesPanel(api, draw, { measure: first = 'test' } = {}) {
  let measure = first;
  let grid = 4;
  let reference = '';
  const { source, filter, show } = settingPanel(api.differences, draw, () => ({ measure, grid }));

  /** @param {Differences} view */
  function content(view) {
    const chosen = view.networks.find(({ architecture }) => architecture === reference)
      ?? view.networks.find(({ architecture }) => differencesTo(view, architecture).length > 0)
      ?? view.networks[0];
    const pairs = differencesTo(view, chosen?.architecture);
    const current = view.measure === measure && (measure === 'test' || view.grid === grid);
    const filters = html`<div class="filters">
          ${inlineSelect('difference-measure', 'By', Object.entries(MEASURES), measure, (name) => { measure = /** @type {typeof measure} */ (name); source.load(); })}
          ${measure === 'test' ? nothing : inlineSelect('difference-grid', 'Tiles', GRIDS.map((tiles) => [tiles, `${tiles} × ${tiles}`]), grid, (tiles) => { grid = Number(tiles); source.load(); })}
          ${view.networks.length > 0
            ? inlineSelect('difference-reference', 'Compared with', view.networks.map(({ architecture, label }) => [architecture, label]), chosen?.architecture, (name) => { reference = name; draw(); })
            : nothing}
        </div>`;
    return panel('differences', 'Differences on the same images', !current ? source.error ? nothing : loading()
        : pairs.length > 0 && chosen ? html`${filter().setting === undefined ? settingNote(view) : nothing} ${shownFigure(differencesFigure(view, pairs, chosen.label))}
            ${rows(pairs, view, chosen.label)} ${tableCopies('difference-rows')}
            ${uncorrectedNote(view.pairs)} ${pairs.some(({ bySeed }) => bySeed.length === 1) ? html`<p class="note" data-testid="one-seed">With one seed, interval and p-value are over the images of one pair of runs: whether other seeds would differ alike is open. So no ${term('verdict', 'claim')} is decided by them.</p>` : nothing} ${leftOutNote(view.leftOut)}
            ${table(view)}
            ${viewDownloads(api, 'differences', { ...filter(), dataset: view.dataset, setting: view.setting?.run }, source.failed)}`
        : html`${leftOutNote(view.leftOut)} ${empty({
            title: 'Nothing to compare yet',
            text: emptyText(view, chosen?.label),
            actions: nothing,
          })} ${view.pairs.length > 0 ? table(view) : nothing}`, { beside: filters });
  }

  return {
    show,
    template: () => source.template(content),
  };
}

/** Why the chosen network is compared with no other, and what to do. @param {Differences} view @param {string} [chosen] its label */
function emptyText({ networks, pairs, measure, grid }, chosen) {
  const scrambled = measure === 'test' ? '' : ` that were measured on images of ${grid} × ${grid} tiles`;
  if (pairs.length > 0) {
    return `${chosen} is compared with no other network: none has the seed of one of its runs${scrambled && `, with both runs measured on images of ${grid} × ${grid} tiles`}. Choose another network above, or see all pairs.`;
  }
  if (networks.length > 1) {
    return `No two of the networks ${networks.map(({ label }) => label).join(', ')} have runs with the same seed${scrambled}. Networks are compared seed by seed: ${scrambled ? 'measure runs with the same seed' : 'train one with a seed of another'}.`;
  }
  return measure === 'test'
    ? 'Two networks that were trained in the same setting with the same seed are compared image by image. With four seeds, differences get an interval.'
    : `Networks are compared once two of the same setting have runs with the same seed${scrambled}. Trainings measure one grid, the experiment “Scrambling” the others.`;
}

/** The differences of all other networks from a reference. @param {Differences} view @param {string|undefined} reference */
export const differencesTo = (view, reference) => view.pairs.flatMap((pair) => against(pair, reference));

/**
 * A pair seen from the network that is not the reference: its advantage over the reference.
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

/** A pair with its networks swapped. @param {Difference} pair @returns {Against} */
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

/** The differences of the chart as a table. @param {Against[]} pairs @param {Differences} view @param {string} reference its label */
const rows = (pairs, view, reference) => scroll(`Differences to ${reference}`, html`<table class="table table-plain table-cards" data-testid="difference-rows">
  <thead><tr><th scope="col">Network</th><th scope="col" class="number">Points</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">${term('seed', 'Seeds')}</th>
    <th scope="col" class="number">Images</th><th scope="col" class="number">${correctedHead(view.pairs)}</th></tr></thead>
  <tbody>${pairs.map((each) => html`<tr><th scope="row">${labelOf(view, each.first)}<span class="visually-hidden">: ${each.sentence}</span></th>
    <td class="number" data-label="Points" title=${each.sentence}>${signed(each.difference)}</td>
    <td class="number" data-label="95 % interval">${spreadCell(each)}${alone(each, view)}</td>
    <td class="number" data-label="Seeds">${count(each.bySeed.length)}${unpaired(each, view)}</td>
    <td class="number" data-label="Images">${count(each.pair.images)}</td>
    <td class="number" data-label="p, corrected">${correctedCell(each.pair)}${each.bySeed.length === 1 ? html` <span class="under">over images</span>` : nothing}</td></tr>`)}</tbody></table>`);

/** The mean of a network over all its runs, if not all of them have the seed of one of the other: it may differ from the other's in the other direction. @param {Against} each @param {Differences} view */
const unpaired = ({ first, second, bySeed }, { networks }) =>
  networks
    .filter(({ architecture, runs }) => [first, second].includes(architecture) && runs.length > bySeed.length)
    .map(({ label, runs, mean }) => html` <span class="under sentence">of the ${count(runs.length)} of ${label}, whose mean is ${points(mean)}</span>`);

/** On how many images one network alone is right, of a pair with one seed. @param {Against} each @param {Differences} view */
function alone({ first, second, pair }, view) {
  const table = pair.seeds.length === 1 ? pair.seeds[0].table : undefined;
  const [here, there] = table && first === pair.first ? [table.onlyFirst, table.onlySecond] : [table?.onlySecond, table?.onlyFirst];
  return table ? html`<span class="under sentence">${labelOf(view, first)} alone is right on ${count(here ?? 0)}, ${labelOf(view, second)} on ${count(there ?? 0)}</span>` : nothing;
}

/** @param {Differences} view @param {string} architecture */
const labelOf = ({ networks }, architecture) => networks.find((network) => network.architecture === architecture)?.label ?? architecture;

/** A table of all pairs: the row's network minus the column's. @param {Differences} view */
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
            return html`<td class="number" data-unit="points">${found ? html`<span class=${found.pair.significant ? 'clear' : 'unclear'} title=${found.sentence}>${signed(found.difference)}</span>` : ''}</td>`;
          })}</tr>`,
      )}</tbody></table>`)}
    <p class="note">In points. Bold: corrected p of at most 5 %, over several seeds. No difference over three seeds can reach that; in a table of 21 pairs, none over five seeds can.</p>${tableCopies('difference-table')}</details>`;
}

/**
 * @param {Differences} view
 * @param {Against[]} pairs
 * @param {string} reference its label
 */
export const differencesFigure = (view, pairs, reference) =>
  forestPlot(
    pairs.map(({ first, pair, ...shown }) => ({ ...shown, label: labelOf(view, first), images: pair.images })),
    {
      name: `differences-${view.measure}`,
      testId: 'differences-chart',
      title: `${MEASURES[view.measure]}: differences to ${reference} on ${view.dataset}`,
      axis: view.measure === 'scrambling-loss' ? `Points lost more than ${reference}` : `Points above ${reference}`,
    },
    view,
  );
