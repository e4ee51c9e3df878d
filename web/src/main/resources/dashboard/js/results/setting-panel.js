import { loaded } from '../app/loaded.js';

/**
 * The data of a panel that shows one setting, on a data set chosen by the page.
 *
 * @template T
 * @template {object} [F=object]
 * @param {(filter: {dataset: string, setting?: number, troubled: boolean, trials: boolean} & F) => Promise<T>} read
 * @param {() => void} draw draws the page
 * @param {() => F} [more] further fields of the filter
 */
export function settingPanel(read, draw, more = () => /** @type {F} */ ({})) {
  let dataset = '';
  /** @type {number|undefined} */
  let setting;
  /** @type {import('./left-out.js').Counted} */
  let counted = { troubled: false, trials: false };
  const filter = () => ({ dataset, setting, ...counted, ...more() });
  const source = loaded({ draw }, { read: () => read(filter()), question: () => JSON.stringify(filter()) });
  return {
    source,
    filter,
    /** Loads another setting. @param {number} run id of a run in that setting */
    choose(run) {
      setting = run;
      source.load();
    },
    /** Reloads the data for a data set. @param {string} name @param {import('./left-out.js').Counted} count */
    show(name, count) {
      if (name !== dataset) {
        dataset = name;
        setting = undefined;
      }
      counted = count;
      source.load();
    },
  };
}
