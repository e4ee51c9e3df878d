import { loader } from '../app/view.js';

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
  const load = loader(
    () => read(filter()),
    (outcome) => {
      panel.error = outcome.error;
      panel.data = outcome.data ?? panel.data;
      draw();
    },
    () => JSON.stringify(filter()),
  );
  const panel = {
    /** @type {T|undefined} */
    data: undefined,
    /** @type {unknown} */
    error: undefined,
    filter,
    load,
    /** Shows that something failed. @param {unknown} problem */
    failed(problem) {
      panel.error = problem;
      draw();
    },
    /** Reads another setting. @param {number} run of it */
    choose(run) {
      setting = run;
      load();
    },
    /** Reads what there is on a data set again. @param {string} name @param {boolean} [failed] whether trainings that learnt nothing count as results */
    show(name, failed = false) {
      if (name !== dataset) {
        dataset = name;
        setting = undefined;
      }
      troubled = failed;
      load();
    },
  };
  return panel;
}
