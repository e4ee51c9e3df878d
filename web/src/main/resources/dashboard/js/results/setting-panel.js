import { loaded } from '../app/loaded.js';

/**
 * What a panel of a page shows of one setting, on a data set that the page chooses.
 *
 * @template T
 * @template {object} [F=object]
 * @param {(filter: {dataset: string, setting?: number, troubled: boolean} & F) => Promise<T>} read
 * @param {() => void} draw the page
 * @param {() => F} [more] of the filter
 */
export function settingPanel(read, draw, more = () => /** @type {F} */ ({})) {
  let dataset = '';
  /** @type {number|undefined} */
  let setting;
  let troubled = false;
  const filter = () => ({ dataset, setting, troubled, ...more() });
  const source = loaded({ draw }, { read: () => read(filter()), question: () => JSON.stringify(filter()) });
  return {
    source,
    filter,
    /** Reads another setting. @param {number} run of it */
    choose(run) {
      setting = run;
      source.load();
    },
    /** Reads what there is on a data set again. @param {string} name @param {boolean} [failed] whether trainings that learnt nothing count as results */
    show(name, failed = false) {
      if (name !== dataset) {
        dataset = name;
        setting = undefined;
      }
      troubled = failed;
      source.load();
    },
  };
}
