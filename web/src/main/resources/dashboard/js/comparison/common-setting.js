/** @typedef {import('../api/types.js').ComparisonRow} Row */

/** What a setting fixes: parameters of a training, by the names that the form has for them. */
const PARAMETERS = /** @type {const} */ ([
  'imageSize', 'width', 'recipe', 'epochs', 'batchSize', 'learningRate', 'trainImages', 'sparsity', 'precision', 'preparation', 'duplicates',
]);

/**
 * The setting in which most networks were trained from scratch, of equal ones that which ran last: another network that is
 * trained in it can be compared with the most. Starting weights are of one network, and no other can begin with them.
 *
 * @param {Row[]} rows
 * @returns {Record<string, string|number|undefined>} empty: none was
 */
export function commonSetting(rows) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const row of rows.filter(({ runs, weights }) => runs.length > 0 && !weights)) {
    const key = JSON.stringify(settingOf(row));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const [most] = [...groups.values()].sort((a, b) => networks(b) - networks(a) || newest(b) - newest(a));
  return most ? settingOf(most[0]) : {};
}

/** @param {Row} row */
const settingOf = (row) => Object.fromEntries(PARAMETERS.map((name) => [name, row[name]]));

/** @param {Row[]} rows */
const networks = (rows) => new Set(rows.map(({ architecture }) => architecture)).size;

/** @param {Row[]} rows */
const newest = (rows) => Math.max(...rows.flatMap(({ runs }) => runs));
