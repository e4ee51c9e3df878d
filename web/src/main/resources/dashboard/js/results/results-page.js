import { html, nothing } from 'lit-html';
import { replaceQuery } from '../app/routes.js';
import { drawing, loader, throttled } from '../app/view.js';
import { failure, loading } from '../controls/notices.js';

/**
 * `failed` shows that something failed; `restart` reads another view, and does not show this one until it is there.
 *
 * @typedef {import('../app/view.js').View & {draw: () => void, load: () => void, failed: (problem: unknown) => void, restart: () => void}} ResultsPage
 */

/**
 * A page that shows one view of the results, and reads it again when jobs have succeeded or were deleted.
 *
 * @template T
 * @param {HTMLElement} root
 * @param {import('../api/events.js').LiveEvents} live
 * @param {object} page
 * @param {string} page.title of the document
 * @param {string} page.heading
 * @param {string} page.lead
 * @param {() => Promise<T>} page.read
 * @param {(data: T) => unknown} page.content
 * @param {() => unknown} [page.choices] above the content, also while that is loading
 * @param {() => unknown} [page.question] the inputs that the view depends on
 * @param {(data: T) => void} [page.received]
 * @param {(job: import('../api/types.js').Job) => void} [page.other] called for jobs that have not succeeded
 * @param {number} [page.pause] between two readings, in milliseconds
 * @returns {ResultsPage}
 */
export function resultsPage(root, live, { title, heading, lead, read, content, choices, question, received, other, pause }) {
  /** @type {T|undefined} */
  let data;
  /** @type {unknown} */
  let error;
  const { draw, close } = drawing(root, template);
  const load = loader(
    read,
    (outcome) => {
      error = outcome.error;
      data = outcome.data ?? data;
      if (outcome.data) {
        received?.(outcome.data);
      }
      draw();
    },
    question,
  );
  const reload = throttled(load, pause);
  const unsubscribe = live.subscribe(({ type, data: job }) => {
    if (type === 'reset' || type === 'deleted' || (type === 'job' && job.state === 'SUCCEEDED')) {
      reload();
    } else if (type === 'job') {
      other?.(job);
    }
  });

  function template() {
    return html`<div class="title">
        <h1>${heading}</h1>
        <p class="lead">${lead}</p>
      </div>
      ${choices?.() ?? nothing}
      ${error ? failure(error, load) : nothing} ${data ? content(data) : error ? nothing : loading()}`;
  }

  load();
  return {
    title,
    draw,
    load,
    failed(problem) {
      error = problem;
      draw();
    },
    restart() {
      data = undefined;
      error = undefined;
      draw();
      load();
    },
    close() {
      unsubscribe();
      reload.stop();
      close();
    },
  };
}

/**
 * Chooses among the data sets of a view that has all of them. The page's address remembers the choice.
 *
 * @param {string} id of the field
 * @param {URLSearchParams} query of the page
 * @param {() => void} draw
 */
export function datasetSwitch(id, query, draw) {
  let name = query.get('dataset') ?? '';
  /** @param {import('../api/types.js').MeasuredOn[]} datasets */
  const of = (datasets) => datasets.find(({ dataset }) => dataset === name) ?? datasets[0];
  return {
    /** The chosen one; undefined: there is none. */
    of,

    /** @param {import('../api/types.js').MeasuredOn[]} datasets */
    template: (datasets) =>
      datasets.length > 1
        ? html`<label class="inline-field">Data set
            <select data-testid=${id} @change=${(/** @type {any} */ event) => {
              name = event.target.value;
              replaceQuery({ dataset: name });
              draw();
            }}>
              ${datasets.map((on) => html`<option value=${on.dataset} .selected=${on === of(datasets)}>${on.dataset}</option>`)}
            </select></label>`
        : nothing,
  };
}
