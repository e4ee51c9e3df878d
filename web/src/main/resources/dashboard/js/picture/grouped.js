/**
 * Puts what has the same key together, in the order of the first of each.
 *
 * @template T
 * @param {T[]} all
 * @param {(each: T) => string} keyOf
 * @returns {[key: string, group: T[]][]}
 */
export function grouped(all, keyOf) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const each of all) {
    const key = keyOf(each);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups];
}
