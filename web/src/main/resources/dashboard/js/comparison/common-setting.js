/** @typedef {import('../api/types.js').AccuracyRow} Row */

/**
 * The setting in which the most networks were trained from scratch; in a tie, the one that ran last. A new network
 * trained in it can be compared with the most others. Settings with starting weights or a starting run fit one network
 * only and are skipped.
 *
 * @param {Row[]} rows
 * @returns {Record<string, string|number|undefined>} empty if there is none
 */
export function commonSetting(rows) {
  const groups = Map.groupBy(rows.filter(({ runs, settings }) => runs.length > 0 && !settings.weights && !settings.fromRun), ({ settings }) => JSON.stringify(settings));
  const [most] = [...groups.values()].sort((a, b) => networks(b) - networks(a) || newest(b) - newest(a));
  const { weights, fromRun, ...common } = most?.[0]?.settings ?? {};
  return common;
}

/** @param {Row[]} rows */
const networks = (rows) => new Set(rows.map(({ architecture }) => architecture)).size;

/** @param {Row[]} rows */
const newest = (rows) => Math.max(...rows.flatMap(({ runs }) => runs));
