import { html, nothing } from 'lit-html';
import { count, percent, plural, points, published, range } from '../app/format.js';
import { term } from '../terms/term.js';
import { oneRunMark } from './one-run.js';
import { intervalWords, OVER, regimeWords } from './words.js';

/** @typedef {import('../api/types.js').Measured} Measured */

/**
 * The 95 % interval; with two seeds there is none.
 *
 * @param {Measured} value
 * @returns {{low: number, high: number}|null}
 */
export const intervalOf = ({ low, high }) => (low === undefined || high === undefined ? null : { low, high });

/** What the interval is over; with two seeds there is none. @param {Measured} value */
export const overOf = (value) => (intervalOf(value) && value.interval ? OVER[value.interval] : undefined);

/** The same in percent, for a chart. @param {Measured|undefined} value */
export function chartInterval(value) {
  const interval = value && intervalOf(value);
  return interval ? { low: interval.low * 100, high: interval.high * 100 } : null;
}

/**
 * Each seed's value for a chart, if there are two: their mean has no interval.
 *
 * @param {Measured|undefined} value
 * @param {boolean} [share]
 */
export const chartSeeds = (value, share = true) => (value?.n === 2 ? value.values.map((each) => chartNumber(each, share)) : null);

/** A number for a chart, with shares in percent. @param {number} value @param {boolean} share */
export const chartNumber = (value, share) => (share ? 100 * value : value);

/**
 * The known uncertainty of any number, in words.
 *
 * @param {Measured} value
 * @param {(value: number) => string} write
 * @param {boolean} [short] whether to omit how it was computed
 */
export function spreadWords(value, write, short) {
  const interval = intervalOf(value);
  const numbers = [interval ? `${write(interval.low)} to ${write(interval.high)}` : '', eachSeed(value, write)].filter(Boolean).join('; ');
  return short ? numbers : `${numbers} (${value.n === 1 && !interval ? 'this run only' : intervalWords(value.interval)}; ${plural(value.n, 'seed')})`;
}

/** Up to this number of seeds, each value is shown: their mean says too little. */
const SHOWN_SEEDS = 3;

/** The individual values of a few seeds; empty for one seed or many. @param {Measured} value @param {(value: number) => string} write */
const eachSeed = ({ n, values }, write) => (n === 1 || n > SHOWN_SEEDS ? '' : values.map((value) => write(value)).join(', '));

/** @param {Measured} value */
const spread = (value) => {
  const interval = intervalOf(value);
  return [interval ? range(interval) : '', eachSeed(value, points)].filter(Boolean).join('; ');
};

/** @param {Measured} value */
export const measuredWords = (value) =>
  `${percent(value.mean)}, ${spread(value)} (${intervalWords(value.interval)}; ${plural(value.n, 'seed')}, ${count(value.images)} images${
    value.notConverged ? `; ${convergenceWords(value)}` : ''})`;

/** Warnings on intervals that are too narrow. @param {(Measured|undefined)[]} values */
export const cautions = (values) => [...new Set(values.flatMap((value) => value?.caution ?? []))];

/** The warnings as notes below a table. @param {(Measured|undefined)[]} values */
export const cautionNote = (values) => cautions(values).map((caution) => html`<p class="note" data-testid="caution">${caution}</p>`);

/** @param {Measured} value */
const convergenceWords = ({ notConverged = 0, n }) => `${n === 1 ? '' : `${notConverged} of ${n} runs `}still improving in the last epoch`;

/** A note on the runs that might have become better with more epochs. @param {Measured|undefined} value */
export const convergenceNote = (value) =>
  value?.notConverged
    ? html`<span class="under" data-testid="not-converged">${term('not-converged', convergenceWords(value))}</span>`
    : nothing;

/**
 * A measured accuracy: the mean and its known uncertainty.
 *
 * @param {Measured|undefined} value
 * @param {boolean} [marked] whether the number of a single run has a mark, which a note explains
 */
export function measured(value, marked = false) {
  if (!value) {
    return html`<span class="absent">not measured</span>`;
  }
  const interval = intervalOf(value);
  const seeds = eachSeed(value, points);
  return html`<span class="value measured" title=${measuredWords(value)} data-unit="%" data-mean=${points(value.mean)} data-low=${interval ? points(interval.low) : nothing}
      data-high=${interval ? points(interval.high) : nothing} data-seeds=${value.n} data-over=${overOf(value) ?? nothing}>
    <span class="mean">${points(value.mean)}</span>${value.n === 1 && marked ? oneRunMark() : nothing}
    ${interval ? html`<span class="range">${range(interval)}</span>` : nothing}${seeds ? html`<span class="spread">${seeds}</span>` : nothing}</span>`;
}

/**
 * @param {number|undefined} value
 * @param {import('../api/types.js').SetName} set
 */
export const publishedValue = (value, set) =>
  value === undefined || value === null
    ? html`<span class="absent" title="Not reported">–</span>`
    : html`<span class="value published" data-unit="%">${published(value, set).replace(/\s%$/, '')}</span>`;

/** @param {'measured'|'published'} source */
export const sourceTag = (source) =>
  html`<span class=${`tag tag-${source}`}>${source === 'measured' ? 'Measured here' : 'Published'}</span>`;

/**
 * A network's initialisation: from scratch, or from which weights.
 *
 * @param {Parameters<typeof regimeWords>[0]} row
 */
export const regimeTag = (row) =>
  row.regime ? html`<span class="tag tag-regime" data-regime=${row.regime} title=${regimeWords(row)}>${regimeWords(row)}</span>` : nothing;
