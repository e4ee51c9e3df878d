import { loaded } from '../app/loaded.js';

/**
 * The data of a panel that shows one setting, which the page chooses, as it does the data set.
 *
 * @template T
 * @template {object} [F=object]
 * @param {(filter: {dataset: string, setting?: string, troubled: boolean, trials: boolean} & F) => Promise<T>} read
 * @param {() => void} draw draws the page
 * @param {() => F} [more] further fields of the filter
 */
export function settingPanel(read, draw, more = () => /** @type {F} */ ({})) {
  let dataset = '';
  /** @type {string|undefined} */
  let setting;
  /** @type {import('./left-out.js').Counted} */
  let counted = { troubled: false, trials: false };
  const filter = () => ({ dataset, setting, ...counted, ...more() });
  const source = loaded({ draw }, { read: () => read(filter()), question: () => JSON.stringify(filter()) });
  return {
    source,
    filter,
    /**
     * Reloads the data.
     *
     * @param {string} name of the data set
     * @param {import('./left-out.js').Counted} count
     * @param {string} [run] id of a run in the setting; without it, the setting with the most networks
     */
    show(name, count, run) {
      const before = JSON.stringify(filter());
      dataset = name;
      counted = count;
      setting = run;
      if (JSON.stringify(filter()) !== before) {
        source.forget();
      }
      source.load();
    },
  };
}
