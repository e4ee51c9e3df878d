import { replaceQuery } from './routes.js';

/**
 * The user's choices on a page. They are kept in the page's URL, so they survive reloading and are part of links.
 *
 * @template {Record<string, string>} T
 * @param {URLSearchParams} query of the page's URL
 * @param {T} defaults by name; the URL holds only the choices that differ from these
 * @param {(changes: Partial<T>) => void} changed called after a choice has changed
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
