/** Formats of numbers and times, the same on every page. */

const COUNT = new Intl.NumberFormat('en');
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const MINUTES = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const THIS_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const ANY_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** A number with its unit, between which no line breaks. @param {string} words */
const unbroken = (words) => words.replaceAll(' ', '\u00a0');

/** A sentence of the server, in which no line breaks before a percent sign. @param {string} sentence */
export const unbrokenPercents = (sentence) => sentence.replaceAll(' %', '\u00a0%');

/** @param {number} value */
export const count = (value) => COUNT.format(value);

/** @param {number} share in [0, 1] @param {number} [digits] */
export const points = (share, digits = 1) => (share * 100).toFixed(digits);

/** @param {number} share in [0, 1] @param {number} [digits] */
export const percent = (share, digits = 1) => unbroken(`${points(share, digits)} %`);

/**
 * A published accuracy with no more digits than the report prints: three for validation and test,
 * two for scrambled images.
 *
 * @param {number} share
 * @param {import('../api/types.js').SetName} set
 */
export const published = (share, set) => percent(share, set === 'scrambled' ? 0 : 1);

/** @param {{low: number, high: number}} interval */
export const range = ({ low, high }) => `${points(low)}–${points(high)}`;

/** @param {number} n @param {string} one @param {string} [many] */
export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** A place in an order, such as 3rd. @param {number} n */
export const ordinal = (n) => `${count(n)}${/** @type {Record<string, string>} */ ({ one: 'st', two: 'nd', few: 'rd' })[ORDINALS.select(n)] ?? 'th'}`;

/** @param {number} seconds */
export const duration = (seconds) => unbroken(durationWords(seconds));

/** @param {number} seconds */
function durationWords(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) {
    return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  }
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** An estimated duration, without seconds if it is a minute or longer. @param {number} seconds */
export const roughDuration = (seconds) => duration(seconds < 60 ? seconds : 60 * Math.round(seconds / 60)).replace(/\s00\ss$/, '');

/** Whether the time until then tells a reader more than the time of day. @param {number} seconds */
export const isSoon = (seconds) => seconds < 600;

/** @param {string} from @param {string} [to] now if absent */
export const elapsed = (from, to) => duration(((to ? Date.parse(to) : Date.now()) - Date.parse(from)) / 1000);

/** The time of day, with the date unless it is today. @param {string} instant */
export const time = (instant) => (isToday(instant) ? CLOCK.format(new Date(instant)) : dated(instant));

/** The same without seconds. @param {string} instant */
export const clock = (instant) => (isToday(instant) ? MINUTES.format(new Date(instant)) : dated(instant));

/** The beginning and the end of something, both with the date unless both are today. @param {string} from @param {string} to @returns {[string, string]} */
export const period = (from, to) => (isToday(from) && isToday(to) ? [clock(from), clock(to)] : [dated(from), dated(to)]);

/** @param {string} instant */
const isToday = (instant) => new Date(instant).toDateString() === new Date().toDateString();

/** @param {string} instant */
function dated(instant) {
  const date = new Date(instant);
  return (date.getFullYear() === new Date().getFullYear() ? THIS_YEAR : ANY_YEAR).format(date);
}

/** @param {number} value formatted so that, for example, 16291919 becomes 16.3 M */
export function large(value) {
  for (const [limit, unit] of /** @type {[number, string][]} */ ([[1e9, 'G'], [1e6, 'M'], [1e3, 'k']])) {
    if (value >= limit) {
      return unbroken(`${(value / limit).toFixed(value / limit < 100 ? 1 : 0)} ${unit}`);
    }
  }
  return String(value);
}

/** @param {number} bytes */
export const bytes = (bytes) => (bytes < 1000 ? unbroken(`${bytes} B`) : `${large(bytes)}B`);

/** @param {number|null} value a logit or a loss; null if the loss diverged */
export const decimal = (value) => (value !== null && Number.isFinite(value) ? signed(value.toFixed(2)) : '–');

/** A kappa or a correlation; a value that rounds to zero has no sign. @param {number} value */
export const coefficient = (value) => signed((Number(value.toFixed(2)) || 0).toFixed(2));

/** A value of a map, with two significant digits if it is small. @param {number} value */
export const fine = (value) => (value !== 0 && Math.abs(value) < 0.01 ? signed(Number(value.toPrecision(2))) : decimal(value));

/** A setting exactly as it was set, with an exponent if it is small: 0.004, 4e-5; a seed is a name rather than a number, so there are no separators. @param {number} value */
export const setting = (value) => (value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value)).replace(/^-/, '−');

/** A number with a minus sign instead of a hyphen. @param {number|string} value */
export const signed = (value) => String(value).replace('-', '−');
