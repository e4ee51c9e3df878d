import { html, nothing } from 'lit-html';
import { jobHref } from '../routes.js';
import { defaults, requests, shows } from '../submission.js';
import { agree, heatmapFields } from './heatmap-fields.js';
import { failure } from './notices.js';
import { sending } from './sending.js';

/**
 * The form on a run's page that queues a heatmap of any of its test images.
 *
 * @param {typeof import('../api.js').api} api
 * @param {number} run
 * @param {{draw: () => void}} page
 */
export function heatmapForm(api, run, { draw }) {
  /** @type {import('../submission.js').Entries} */
  const entries = { ...defaults(), run: String(run) };
  /** @type {import('../api.js').SeenImages|undefined} */
  let seen;
  let asked = false;
  const { state, submit } = sending({
    draw,
    async send() {
      const job = await api.submit(requests('heatmap', entries)[0]);
      location.hash = jobHref(job.id);
    },
    fieldOf: ({ field }) => (shows('heatmap', field) ? field : undefined),
  });

  /** @param {string} name @param {string} value */
  function change(name, value) {
    entries[name] = value;
    agree(entries, name, seen);
    delete state.errors[name];
    draw();
  }

  /** @param {string} name @param {string} label */
  const bound = (name, label) => ({
    name,
    label,
    value: entries[name],
    error: state.errors[name],
    change: (/** @type {string} */ value) => change(name, value),
  });

  return {
    /** Finds out which images there are to choose from, once. */
    async load() {
      if (!asked) {
        asked = true;
        // Without them there is a field for the path.
        seen = await api.testImages(run).catch(() => undefined);
        draw();
      }
    },

    template: () => html`<form class="form" novalidate @submit=${submit} data-testid="heatmap-form">
      <div class="fields">${heatmapFields(bound, entries, seen, seen?.classes ?? [])}</div>
      ${state.problem ? failure(state.problem) : nothing}
      <div class="actions"><button class="button button-primary" type="submit" ?disabled=${state.busy} data-testid="draw-heatmap">Draw the heatmap</button></div>
    </form>`,
  };
}
