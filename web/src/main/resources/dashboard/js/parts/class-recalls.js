import { html, nothing, svg } from 'lit-html';
import { count, percent, points, published as publishedWords, range } from '../format.js';
import { wilson } from '../statistics.js';
import { SETS } from '../words.js';
import { legend } from './legend.js';
import { scroll } from './scroll.js';

/**
 * @typedef {import('../types.js').ClassRecall} ClassRecall
 * @typedef {import('../types.js').SetName} SetName
 */

const LINES = [0, 25, 50, 75, 100];

/**
 * How many of each class's images a run got right, and how many the report's network did: a drawing
 * that is a column of the table, so that each mark stands beside its number.
 *
 * @param {import('../types.js').ClassRecalls} classes
 * @param {string|undefined} dataset
 */
export function classRecalls({ published, sets }, dataset) {
  const tested = /** @type {SetName[]} */ (['test', 'scrambled']).filter((set) => sets[set]?.length);
  const names = tested.length > 0 ? tested : /** @type {SetName[]} */ (sets.validation?.length ? ['validation'] : []);
  if (names.length === 0) {
    return nothing;
  }
  const told = names.some((set) => hasPublished(sets[set] ?? []));
  return html`<section class="panel" aria-labelledby="classes-title" data-testid="classes">
    <div class="panel-head"><h2 id="classes-title">Per class</h2></div>
    ${legend([
      ['measured-point', `recall measured here${dataset ? ` on ${dataset}` : ''}`],
      ['interval-across', '95 % interval over images (Wilson)'],
      ...(told ? [/** @type {[string, string]} */ (['published-point', 'recall published: pretrained, 224 px, 15-scene'])] : []),
    ])}
    <div class=${names.length > 1 ? 'columns' : ''}>${names.map((set) => recalls(set, sets[set] ?? []))}</div>
    ${told && published ? html`<p class="note">Published recalls: ${published}. Each is of 80 images, though not necessarily the same ones as here.</p>` : nothing}
  </section>`;
}

/** @param {ClassRecall[]} rows */
const hasPublished = (rows) => rows.some((row) => row.published !== undefined);

/** @param {SetName} set @param {ClassRecall[]} rows */
function recalls(set, rows) {
  const told = hasPublished(rows);
  return html`<div class="recalls" data-testid=${`recalls-${set}`}>
    <h3>${SETS[set]} images <span class="faint">recall in percent</span></h3>
    ${scroll(
      `Recall of each class on ${SETS[set].toLowerCase()} images`,
      html`<table class="table table-plain table-recalls">
        <thead><tr>
          <th scope="col">Class</th>
          <td class="recall-plot">${axis()}</td>
          <th scope="col" class="number of-measured">Measured</th>
          <th scope="col" class="number recall-images">Images</th>
          ${told ? html`<th scope="col" class="number of-published">Published</th>` : nothing}
        </tr></thead>
        <tbody>${rows.map((row) => line(row, told))}</tbody>
      </table>`,
    )}
  </div>`;
}

/** @param {ClassRecall} row @param {boolean} told */
function line(row, told) {
  const { images, correct, recall, published } = row;
  const interval = recall === undefined ? undefined : wilson(correct, images);
  return html`<tr data-class=${row.class} data-recall=${recall ?? nothing} data-published=${published ?? nothing}>
    <th scope="row">${row.class}</th>
    <td class="recall-plot">${plot(row, interval)}</td>
    <td class="number" title=${recall !== undefined && interval ? `${percent(recall)}, ${range(interval)}` : nothing}>
      ${recall !== undefined ? html`<span class="value measured"><span class="mean">${points(recall)}</span></span>` : html`<span class="absent">–</span>`}</td>
    <td class="number faint recall-images">${count(correct)} of ${count(images)}</td>
    ${told
      ? html`<td class="number of-published">${published === undefined
          ? html`<span class="absent" title="The report gives no number">–</span>`
          : html`<span class="value published">${publishedWords(published, 'scrambled').replace(' %', '')}</span>`}</td>`
      : nothing}
  </tr>`;
}

const axis = () => svg`<svg class="recall-axis" aria-hidden="true">
  <text x="0" y="1em">0</text><text x="50%" y="1em" text-anchor="middle">50</text><text x="100%" y="1em" text-anchor="end">100</text>
</svg>`;

/** @param {ClassRecall} row @param {{low: number, high: number}|undefined} interval */
function plot({ recall, published }, interval) {
  return svg`<svg class="recall-marks" aria-hidden="true">
    ${LINES.map((at) => svg`<line class="recall-grid" x1=${`${at}%`} x2=${`${at}%`} y1="0" y2="100%"></line>`)}
    ${recall !== undefined && interval
      ? svg`<line class="line-measured" x1=${`${points(interval.low, 2)}%`} x2=${`${points(interval.high, 2)}%`} y1="50%" y2="50%"></line>
        <circle class="fill-measured" cx=${`${points(recall, 2)}%`} cy="50%" r="4.5"></circle>`
      : ''}
    ${published === undefined
      ? ''
      : svg`<svg class="recall-published" x=${`${points(published, 2)}%`} y="50%"><path class="line-published" d="m0-5.4 5.4 5.4L0 5.4-5.4 0z"></path></svg>`}
  </svg>`;
}
