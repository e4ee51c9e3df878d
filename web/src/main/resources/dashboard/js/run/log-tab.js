import { html } from 'lit-html';
import { Problem } from '../api/client.js';
import { panel } from '../controls/heading.js';
import { loading } from '../controls/notices.js';

/**
 * The end of the log of a job's worker.
 *
 * @param {import('./tab.js').TabServices} services
 * @returns {import('./tab.js').Tab}
 */
export function logTab({ api, id, draw }) {
  /** @type {string|undefined} */
  let log;

  return {
    name: 'log',
    label: 'Log',
    has: () => true,

    async load() {
      // A job that has not run yet has no log; that is not an error.
      log = await api.log(id).catch((problem) => (problem instanceof Problem && problem.code === 'unreachable' ? log : ''));
      draw();
    },

    template: () => panel('log', 'Log', log === undefined ? loading() : log === '' ? html`<p class="loading">No log output.</p>` : html`<pre class="log" tabindex="0" data-testid="log">${log}</pre>`),
  };
}
