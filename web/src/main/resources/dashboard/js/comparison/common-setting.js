/** @typedef {import('../api/types.js').AccuracyRow} Row */

/**
 * The setting in which most networks were trained from scratch, of equal ones that which ran last: another network that is
 * trained in it can be compared with the most. Starting weights are of one network, and no other can begin with them.
 *
 * @param {Row[]} rows
 * @returns {Record<string, string|number|undefined>} empty: none was
 */
export function commonSetting(rows) {
  const groups = Map.groupBy(rows.filter(({ runs, settings }) => runs.length > 0 && !settings.weights), ({ settings }) => JSON.stringify(settings));
  const [most] = [...groups.values()].sort((a, b) => networks(b) - networks(a) || newest(b) - newest(a));
  const { weights, ...common } = most?.[0]?.settings ?? {};
  return common;
}

/** @param {Row[]} rows */
const networks = (rows) => new Set(rows.map(({ architecture }) => architecture)).size;

/** @param {Row[]} rows */
const newest = (rows) => Math.max(...rows.flatMap(({ runs }) => runs));
