import { replaceQuery } from './routes.js';

/**
 * What the reader chooses on a page. The page's address remembers it, so that reloading and links keep it.
 *
 * @template {Record<string, string>} T
 * @param {URLSearchParams} query of the page's address
 * @param {T} defaults by the names in the address, which says only what differs from them
 * @param {(changes: Partial<T>) => void} changed what to do after another choice
 * @returns {[chosen: {[Name in keyof T]: string}, choose: (changes: {[Name in keyof T]?: string}) => void]}
 */
export function choices(query, defaults, changed) {
  const chosen = Object.fromEntries(Object.entries(defaults).map(([name, usual]) => [name, query.get(name) || usual]));
  return [/** @type {T} */ (chosen), (changes) => {
    Object.assign(chosen, changes);
    replaceQuery(Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value === defaults[name] ? '' : value])));
    changed(/** @type {Partial<T>} */ (changes));
  }];
}
