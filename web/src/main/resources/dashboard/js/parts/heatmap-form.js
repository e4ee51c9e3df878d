import { html, nothing } from 'lit-html';
import { Problem } from '../api.js';
import { jobHref } from '../routes.js';
import { defaults, requests, shows } from '../submission.js';
import { agree, heatmapFields } from './heatmap-fields.js';
import { failure } from './notices.js';

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
  /** @type {import('../types.js').SeenImages|undefined} */
  let seen;
  let asked = false;
  /** @type {import('../submission.js').FieldErrors} */
  let errors = {};
  /** @type {unknown} */
  let problem;
  let busy = false;

  /** @param {string} name @param {string} value */
  function change(name, value) {
    entries[name] = value;
    agree(entries, name, seen);
    delete errors[name];
    draw();
  }

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    busy = true;
    errors = {};
    problem = undefined;
    draw();
    try {
      const job = await api.submit(requests('heatmap', entries)[0]);
      location.hash = jobHref(job.id);
    } catch (cause) {
      if (cause instanceof Problem && cause.field && shows('heatmap', cause.field)) {
        errors = { [cause.field]: cause.message };
      } else {
        problem = cause;
      }
    }
    busy = false;
    draw();
  }

  /** @param {string} name @param {string} label */
  const bound = (name, label) => ({
    name,
    label,
    value: entries[name],
    error: errors[name],
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
      ${problem ? failure(problem) : nothing}
      <div class="actions"><button class="button button-primary" type="submit" ?disabled=${busy} data-testid="draw-heatmap">Draw the heatmap</button></div>
    </form>`,
  };
}
