import { html, nothing } from 'lit-html';
import { failure, loading } from '../controls/notices.js';
import { loader, throttled } from './view.js';

/** @typedef {import('../api/events.js').LiveEvent} LiveEvent */

/** Whether results may be others after an event. @param {LiveEvent} event */
export const ofResults = ({ type, data }) => type === 'reset' || type === 'deleted' || (type === 'job' && data.state === 'SUCCEEDED');

/**
 * What a page shows of the server's data: read at once, and again after events that concern them.
 *
 * @template T
 * @param {{draw: () => void, onClose?: (action: () => void) => void}} page
 * @param {object} source
 * @param {() => Promise<T>} source.read
 * @param {() => unknown} [source.question] what the response depends on, such as a filter
 * @param {(data: T) => void} [source.received] what else is to be done with new data
 * @param {import('../api/events.js').LiveEvents} [source.live] without them, the page itself says when to load
 * @param {(event: LiveEvent) => boolean} [source.concerns] whether to read again after an event
 * @param {number} [source.pause] in milliseconds, at least, before they are read again
 */
export function loaded(page, { read, question, received = () => {}, live, concerns = ofResults, pause }) {
  const load = loader(
    read,
    ({ data, error }) => {
      state.error = error;
      if (data !== undefined) {
        state.data = data;
        received(data);
      }
      page.draw();
    },
    question,
  );
  const reload = throttled(load, pause);
  const state = {
    /** The latest. @type {T|undefined} */
    data: undefined,
    /** Why there is nothing newer. @type {unknown} */
    error: undefined,
    load,
    reload,

    /** @param {unknown} problem */
    failed(problem) {
      state.error = problem;
      page.draw();
    },

    /** What was found for another choice must not stand below this one, however long it takes or if it fails. */
    restart() {
      state.data = undefined;
      state.error = undefined;
      page.draw();
      load();
    },

    /** The data, or why there are none. @param {(data: T) => unknown} content @param {unknown} [explained] whether the page says why elsewhere */
    template: (content, explained) => html`${state.error && !explained ? failure(state.error, load) : nothing}
      ${state.data !== undefined ? content(state.data) : state.error ? nothing : loading()}`,
  };
  if (live) {
    page.onClose?.(live.subscribe((event) => {
      if (concerns(event)) {
        reload();
      }
    }));
    page.onClose?.(reload.stop);
    load();
  }
  return state;
}
