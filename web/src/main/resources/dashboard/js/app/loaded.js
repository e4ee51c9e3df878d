import { html, nothing } from 'lit-html';
import { failure, loading } from '../controls/notices.js';
import { loader, throttled } from './view.js';

/** @typedef {import('../api/events.js').LiveEvent} LiveEvent */

/** Whether results may have changed after an event. @param {LiveEvent} event */
export const ofResults = ({ type, data }) => type === 'reset' || type === 'deleted' || (type === 'job' && data.state === 'SUCCEEDED');

/**
 * Server data that a page shows: loaded immediately, and reloaded after relevant events. What arrives after the page has
 * been closed is dropped: another page is at the address by then.
 *
 * @template T
 * @param {{draw: () => void, onClose?: (action: () => void) => void}} page
 * @param {object} source
 * @param {() => Promise<T>} source.read
 * @param {() => unknown} [source.question] what the response depends on, such as a filter
 * @param {(data: T) => void} [source.received] called with new data
 * @param {import('../api/events.js').LiveEvents} [source.live] if absent, the page itself decides when to load
 * @param {(event: LiveEvent) => boolean} [source.concerns] whether an event requires reloading
 * @param {number} [source.pause] minimum time between loads, in milliseconds
 */
export function loaded(page, { read, question, received = () => {}, live, concerns = ofResults, pause }) {
  let closed = false;
  page.onClose?.(() => {
    closed = true;
  });
  const load = loader(
    read,
    ({ data, error }) => {
      if (closed) {
        return;
      }
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
    /** The latest data. @type {T|undefined} */
    data: undefined,
    /** Why the last load failed. @type {unknown} */
    error: undefined,
    load,
    reload,

    /** @param {unknown} problem */
    failed(problem) {
      state.error = problem;
      page.draw();
    },

    /** Drops what was loaded: data for another choice must not be shown with this one, even if loading takes long or fails. */
    forget() {
      state.data = undefined;
      state.error = undefined;
    },

    /** Loads the data for another choice. */
    restart() {
      state.forget();
      page.draw();
      load();
    },

    /**
     * The data, or the reason why there are none.
     *
     * @param {(data: T) => unknown} content
     * @param {unknown} [explained] whether the page gives the reason elsewhere
     */
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
