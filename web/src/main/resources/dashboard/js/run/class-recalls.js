import { html, nothing, svg } from 'lit-html';
import { count, plural, points, published as publishedWords, range } from '../app/format.js';
import { mistakesHref } from '../app/routes.js';
import { legend } from '../charts/legend.js';
import { panel } from '../controls/heading.js';
import { scroll } from '../controls/scroll.js';
import { segments } from '../controls/segments.js';
import { confusions, confusionsOf } from '../mistake/confusions.js';
import { wilson } from '../results/wilson.js';
import { SETS } from '../results/words.js';
import { heatTable } from './heat-table.js';

/**
 * @typedef {import('../api/types.js').Statistic} Statistic
 * @typedef {import('../api/types.js').SetName} SetName
 *
 * A class in a set: the measured and the published value of each metric, in [0, 1].
 * @typedef {object} ClassRow
 * @property {string} name
 * @property {number} images
 * @property {Record<string, number>} measured by metric
 * @property {Record<string, number>} published by metric
 */

const LINES = [0, 25, 50, 75, 100];

/** @type {[metric: string, label: string][]} */
const METRICS = [['recall', 'Recall'], ['precision', 'Precision'], ['f1', 'F1']];

const IMAGES = 'images';

/** The prefix of the names of means over classes. */
const MACRO = 'macro-';

/** The sets with scores by class, the test images first. @param {Statistic} statistic */
const setsOf = ({ results }) => /** @type {SetName[]} */ (['test', 'scrambled', 'validation']).filter((set) => results.some((row) => row.set === set));

/** @param {Statistic} statistic @param {SetName} set @returns {ClassRow[]} */
function rowsOf({ results, published }, set) {
  /** @type {Map<string, ClassRow>} */
  const rows = new Map();
  for (const { axes, metric, value } of results.filter((row) => row.set === set && !row.metric.startsWith(MACRO))) {
    const name = String(axes.class);
    const row = rows.get(name) ?? { name, images: 0, measured: {}, published: {} };
    rows.set(name, row);
    if (metric === IMAGES) {
      row.images = value;
    } else {
      row.measured[metric] = value;
    }
  }
  for (const { axes, metric, value } of published?.results.filter((row) => row.set === set) ?? []) {
    const row = rows.get(String(axes.class));
    if (row) {
      row.published[metric] = value;
    }
  }
  return [...rows.values()];
}

/** Means over classes by metric; empty if only recall was measured. @param {Statistic} statistic @param {SetName} set */
const meansOf = ({ results }, set) =>
  new Map(results.filter((row) => row.set === set && row.metric.startsWith(MACRO)).map(({ metric, value }) => [metric.slice(MACRO.length), value]));

/**
 * A run's scores by class beside the report's, and its confusion matrix.
 *
 * @param {Statistic} statistic
 * @param {{dataset?: string, run?: number, words?: Record<string, string>, chosen?: SetName, choose: (set: SetName) => void}} options run: links to the run's images, if given
 */
export function classRecalls(statistic, { dataset, run, words = SETS, chosen, choose }) {
  const sets = setsOf(statistic);
  if (sets.length === 0) {
    return nothing;
  }
  const set = chosen && sets.includes(chosen) ? chosen : sets[0];
  const rows = rowsOf(statistic, set);
  const means = meansOf(statistic, set);
  const withPublished = rows.some((row) => Object.keys(row.published).length > 0);
  const confusion = statistic.matrices.find((matrix) => matrix.set === set);
  return panel('classes', 'Classes', html`${legend([
      ['measured-point', `recall measured here${dataset ? ` on ${dataset}` : ''}`],
      ['interval-across', '95 % interval over images (Wilson)'],
      ...(withPublished ? [/** @type {[string, string]} */ (['published-point', 'recall published: pretrained, 224 px, 15-scene'])] : []),
    ])}
    <div class="recalls" data-testid=${`recalls-${set}`}>
      <h3>${words[set]} images <span class="faint">in percent</span></h3>
      ${scores(words[set], rows, means, withPublished)}
      ${means.size > 0 ? html`<p class="note">In the means, a class that was never predicted has precision 0.</p>` : nothing}
    </div>
    ${confusion
      ? html`<div class="recalls"><h3>Confusion <span class="faint">${words[set].toLowerCase()} images by true class (row) and predicted class (column)</span></h3>
          ${mostFrequent(confusion, run)} ${confusionTable(confusion, words[set], run)}</div>`
      : nothing}
    ${withPublished && statistic.published
      ? html`<p class="note">Published numbers: ${statistic.published.source}. Each class has 80 images there, though not necessarily the same ones as here.</p>`
      : nothing}`, {
    testId: 'classes',
    beside: sets.length > 1 && segments({ id: 'class-set', legend: 'Images', options: sets.map((name) => [name, words[name]]), chosen: set, choose }),
  });
}

/** The most frequent mistakes, as a phone does not show all columns of the matrix; they link to their images. @param {import('../api/types.js').Matrix} matrix @param {number|undefined} run */
const mostFrequent = (matrix, run) => confusions(confusionsOf(matrix), ({ class: name, predicted }, words, title) =>
  run === undefined
    ? html`<span>${words}</span>`
    : html`<a class="button button-small" href=${mistakesHref({ run, set: matrix.set, class: name, predicted })} title=${title}>${words}</a>`);

/**
 * The confusion matrix: how many images of each class were predicted as each class. Each number links to its images.
 *
 * @param {import('../api/types.js').Matrix} confusion
 * @param {string} words display names of the image sets
 * @param {number|undefined} run
 */
function confusionTable({ rows, columns, values, set }, words, run) {
  const images = (/** @type {number} */ i, /** @type {number} */ j) => values[i][j] ?? 0;
  return html`${run === undefined ? nothing : html`<p class="note">Choose a number to see its images (arrow keys move between them), or see <a href=${mistakesHref({ run, set })} data-testid="to-mistakes">all mistakes</a>, the most confident first.</p>`}
    ${heatTable({
      rows,
      columns,
      values,
      label: `Confusion of classes on ${words.toLowerCase()} images`,
      rowAxis: 'Class',
      columnAxis: 'Predicted',
      write: count,
      diagonal: true,
      describe: (i, j) => `${plural(images(i, j), 'image')} of ${rows[i]} predicted as ${columns[j]}`,
      href: (i, j) => (run === undefined || images(i, j) === 0 ? undefined : mistakesHref({ run, set, class: rows[i], predicted: columns[j] })),
      id: `confusion-${set}`,
    })}`;
}

/**
 * @param {string} images display name of the images
 *
 * @param {ClassRow[]} rows
 * @param {Map<string, number>} means over classes
 * @param {boolean} withPublished whether there are published numbers
 */
const scores = (images, rows, means, withPublished) => scroll(
  `Recall, precision and F1 of each class on ${images.toLowerCase()} images`,
  html`<table class="table table-plain table-recalls">
    <thead>
      <tr>
        <th scope="col" rowspan=${withPublished ? 2 : nothing}>Class</th>
        <td class="recall-plot" rowspan=${withPublished ? 2 : nothing}>${axis()}</td>
        ${METRICS.map(([, label]) => html`<th scope=${withPublished ? 'colgroup' : 'col'} colspan=${withPublished ? 2 : nothing} class="number of-measured">${label}</th>`)}
        <th scope="col" rowspan=${withPublished ? 2 : nothing} class="number recall-images">Images</th>
      </tr>
      ${withPublished
        ? html`<tr>${METRICS.map(() => html`<th scope="col" class="number of-measured">here</th><th scope="col" class="number of-published">published</th>`)}</tr>`
        : nothing}
    </thead>
    <tbody>${rows.map((row) => line(row, withPublished))}</tbody>
    ${means.size > 0 ? meanLine(means, rows, withPublished) : nothing}
  </table>`,
);

/** @param {Map<string, number>} means @param {ClassRow[]} rows @param {boolean} withPublished */
const meanLine = (means, rows, withPublished) => html`<tfoot><tr data-testid="class-means">
  <th scope="row">Mean over classes</th><td></td>
  ${METRICS.map(
    ([metric]) => html`<td class="number"><span class="value measured"><span class="mean">${points(means.get(metric) ?? NaN)}</span></span></td>
      ${withPublished ? html`<td></td>` : nothing}`,
  )}
  <td class="number faint recall-images">${count(rows.reduce((sum, { images }) => sum + images, 0))}</td></tr></tfoot>`;

/** @param {ClassRow} row @param {boolean} withPublished */
function line(row, withPublished) {
  const { name, images, measured, published } = row;
  const { recall } = measured;
  const interval = recall === undefined ? undefined : wilson(recall * images, images);
  return html`<tr data-class=${name} data-recall=${recall ?? nothing} data-published=${published.recall ?? nothing}>
    <th scope="row">${name}</th>
    <td class="recall-plot">${plot(row, interval)}</td>
    ${METRICS.map(
      ([metric]) => html`<td class="number">
          ${measured[metric] === undefined
            ? html`<span class="absent" title="Undefined: no images to compute it from">–</span>`
            : html`<span class="value measured"><span class="mean">${points(measured[metric])}</span>
                ${metric === 'recall' && interval ? html`<span class="range">${range(interval)}</span>` : nothing}</span>`}</td>
        ${withPublished ? html`<td class="number of-published">${publishedScore(published[metric])}</td>` : nothing}`,
    )}
    <td class="number faint recall-images">${count(images)}</td>
  </tr>`;
}

/** @param {number|undefined} value */
const publishedScore = (value) =>
  value === undefined
    ? html`<span class="absent" title="Not reported">–</span>`
    : html`<span class="value published">${publishedWords(value, 'scrambled').replace(/\s%$/, '')}</span>`;

const axis = () => svg`<svg class="recall-axis" aria-hidden="true">
  <text x="0" y="1em">0</text><text x="50%" y="1em" text-anchor="middle">50</text><text x="100%" y="1em" text-anchor="end">100</text>
</svg>`;

/** @param {ClassRow} row @param {{low: number, high: number}|undefined} interval */
function plot({ measured: { recall }, published }, interval) {
  return svg`<svg class="recall-marks" aria-hidden="true">
    ${LINES.map((at) => svg`<line class="recall-grid" x1=${`${at}%`} x2=${`${at}%`} y1="0" y2="100%"></line>`)}
    ${recall !== undefined && interval
      ? svg`<line class="line-measured" x1=${`${points(interval.low, 2)}%`} x2=${`${points(interval.high, 2)}%`} y1="50%" y2="50%"></line>
        <circle class="fill-measured" cx=${`${points(recall, 2)}%`} cy="50%" r="4.5"></circle>`
      : ''}
    ${published.recall === undefined
      ? ''
      : svg`<svg class="recall-published" x=${`${points(published.recall, 2)}%`} y="50%"><path class="line-published" d="m0-5.4 5.4 5.4L0 5.4-5.4 0z"></path></svg>`}
  </svg>`;
}
