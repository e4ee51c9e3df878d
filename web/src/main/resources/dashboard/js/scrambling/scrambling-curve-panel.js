import { html, nothing } from 'lit-html';
import { count, percent } from '../app/format.js';
import { formHref } from '../app/routes.js';
import { shownFigure } from '../charts/figure.js';
import { panel } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { tableCopies } from '../controls/table-copies.js';
import { commonNote, shared } from '../results/in-common.js';
import { measured } from '../results/measured.js';
import { oneRun } from '../results/one-run.js';
import { viewDownloads } from '../results/view-downloads.js';
import { fieldWord, rowName } from '../results/words.js';
import { heatTable } from '../run/heat-table.js';
import { term } from '../terms/term.js';
import { drawn, scramblingCurveFigure } from './scrambling-curve-chart.js';

/** @typedef {import('../api/types.js').ScramblingCurve} Curve */

/**
 * Accuracy over tile size, as a chart and in numbers, and the recall of each class.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {import('../api/types.js').MeasuredOn} on the data set
 * @param {Curve[]} curves on the data set
 * @param {unknown} queue the button that queues the missing ones
 * @param {(error: unknown) => void} failed
 */
export const scramblingCurvePanel = (api, on, curves, queue, failed) => panel('curves', 'Smaller and smaller tiles', curves.length === 0
    ? empty({
        id: 'no-curves',
        title: 'No network has been measured on several tile sizes yet',
        text: 'The experiment “Scrambling” cuts the test images of a run into grids from 2 × 2 to 14 × 14 tiles, and shuffles each several times.',
        actions: html`${queue} <a class="changes button" href=${formHref({ kind: 'scramble' })}>Choose a run</a>`,
      })
    : html`${shownFigure(scramblingCurveFigure(curves, on))} ${queue}
        <p class="note">A patch that crosses a tile boundary contains an edge that no unscrambled image has. So a loss of accuracy is evidence of
          global vision only as far as patches lie within one tile; the table gives their share.</p>
        ${drawn(curves).length < curves.length
          ? html`<p class="note">The chart has ${drawn(curves).length} of ${curves.length} networks, the table all.</p>`
          : ''}
        ${numbers(curves)} ${tableCopies('scrambling-curve-table')} ${curves.map((curve) => classes(curve, rowName(curve, curves)))}
        ${viewDownloads(api, 'scrambling-curves', { dataset: on.dataset }, failed)}`, { testId: 'scrambling-curves' });

/** @param {Curve[]} curves */
function numbers(curves) {
  const permutations = shared(curves.flatMap(({ points }) => points), (point) => count(point.permutations));
  const single = oneRun(curves.flatMap(({ points }) => points.map(({ accuracy }) => [accuracy])));
  return html`${commonNote([...(permutations === undefined ? [] : [`${permutations} permutations of each grid`]), ...single.common], 'in-common-tiles')} ${scroll('Accuracy by tile size', html`<table class="table table-plain" data-testid="scrambling-curve-table">
  <thead><tr><th scope="col">Network</th><th scope="col">${term('receptive-field')}</th><th scope="col" class="number">Tiles</th><th scope="col" class="number">Tile</th>
    <th scope="col" class="number">Accuracy</th><th scope="col" class="number">Agrees with whole image</th><th scope="col" class="number">${term('seam-free')}</th>${permutations === undefined ? html`<th scope="col" class="number">Permutations</th>` : nothing}</tr></thead>
  <tbody>${curves.flatMap((curve) =>
    curve.points.map(
      (point, i) => html`<tr data-grid=${point.grid} data-architecture=${curve.architecture}>
        ${i === 0 ? html`<th scope="row" rowspan=${curve.points.length}>${rowName(curve, curves)}</th><td rowspan=${curve.points.length}>${fieldWord(curve.receptiveField)}</td>` : ''}
        <td class="number">${point.grid} × ${point.grid}</td><td class="number">${point.tile} px</td>
        <td class="number">${measured(point.accuracy, single.marked)}</td><td class="number">${percent(point.agreement)}</td>
        <td class="number">${point.withinTile === undefined ? '–' : percent(point.withinTile)}</td>${permutations === undefined ? html`<td class="number">${count(point.permutations)}</td>` : nothing}</tr>`,
    ),
  )}</tbody></table>`)} ${single.note}`;
}

/** @param {Curve} curve @param {string} name */
function classes({ classes: recalls, points }, name) {
  const grids = points.map(({ grid }) => String(grid));
  return html`<details><summary>Recall of each class, ${name}</summary>
    ${heatTable({
      label: `Recall of each class by grid, ${name}`,
      rowAxis: 'Class',
      columnAxis: 'Whole image, then tiles per side; per cent',
      rows: recalls.map((each) => each.name),
      columns: ['whole', ...grids],
      values: recalls.map(({ whole, byGrid }) => [whole ?? null, ...grids.map((grid) => byGrid[grid] ?? null)]),
      write: (value) => (100 * value).toFixed(0),
    })}</details>`;
}
