/** Display names of sets of images, receptive fields, configurations and intervals. */

/** @type {Record<string, string>} */
export const SETS = { validation: 'Validation', test: 'Test', scrambled: 'Scrambled test' };

/** @param {number|undefined} receptiveField */
export const fieldWord = (receptiveField) => (receptiveField === undefined ? 'whole image' : `${receptiveField} px`);

/** The resolution of a heatmap in words. @param {number} stride */
export const strideWords = (stride) => (stride === 1 ? 'every pixel' : `every ${stride}${stride === 2 ? 'nd' : 'th'} pixel`);

/**
 * How the networks of a row were trained, with the fields that all kinds of rows have.
 *
 * @typedef {{regime?: string, phrases: string[], settings: import('../api/types.js').TrainingSettings}} Trained
 */

/** Image size, width and other settings that differ from the defaults. @param {Trained} row */
export const scaleWords = ({ phrases }) => phrases.join(', ');

/**
 * A training regime, with the name of its starting weights. Rows have settings; runs and their pictures have only the
 * name.
 *
 * @param {{regime?: string, settings?: Trained['settings'], weights?: string}} row
 */
export function regimeWords({ regime, settings, weights = settings?.weights?.name }) {
  return weights ? `${regime}: ${weights}` : (regime ?? '');
}

/**
 * A network's name, with a letter where it has several configurations, so that chart categories
 * can be matched with table rows.
 *
 * @template {Trained & {architecture: string, label: string}} T
 * @param {T} row
 * @param {T[]} rows
 */
export const rowName = (row, rows) => [row.label, letterOf(row, rows)].filter(Boolean).join(' ');

/**
 * The letter of a row's setting, the same for all networks: see `NetworkNames` for the server's.
 *
 * @template {Trained & {architecture: string}} T
 * @param {T} row
 * @param {T[]} rows
 * @returns {string} empty if the network has only one configuration
 */
export function letterOf(row, rows) {
  const networks = Map.groupBy(rows, ({ architecture }) => architecture);
  const configurations = (/** @type {T} */ { architecture }) => networks.get(architecture) ?? [];
  // A network's rows of equal words differ in what has no words.
  const settingOf = (/** @type {T} */ each) => `${settingWords(each)} ${configurations(each).filter((other) => settingWords(other) === settingWords(each)).indexOf(each)}`;
  const settings = [...new Set(rows.filter((each) => configurations(each).length > 1).map(settingOf))];
  return configurations(row).length > 1 ? letterAt(settings.indexOf(settingOf(row))) : '';
}

/** @param {Trained} row */
const settingWords = (row) => [regimeWords(row), ...row.phrases].join(', ');

/** @param {number} i */
const letterAt = (i) => (i < 26 ? String.fromCharCode('a'.charCodeAt(0) + i) : `(${i + 1})`);

/** What an interval is over, in one of the columns of a file. @type {Record<string, string>} */
export const OVER = { wilson: 'images', 'seeds-and-images': 'seeds and images', seeds: 'seeds' };

/** How an accuracy's interval was computed; with two seeds there is none. @param {string} [interval] */
export const intervalWords = (interval) =>
  ({
    wilson: '95 % interval over the images of this run only',
    'seeds-and-images': '95 % interval over seeds and images',
    seeds: '95 % interval over seeds',
  })[interval ?? ''] ?? 'each value, since two seeds give no interval';
