import { html, nothing } from 'lit-html';
import { count, duration, plural } from '../app/format.js';
import { datasetHref } from '../app/routes.js';
import { loader } from '../app/view.js';
import { acting } from '../controls/acting.js';
import { bar } from '../controls/bar.js';

/** @typedef {import('../api/types.js').DatasetImport} DatasetImport */

const POLL_MS = 500;

/** The most problems of an upload that are listed. */
const MOST_LINES = 20;

/**
 * The imports of uploaded data sets, polled while they run.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, imported: () => void}} page imported: called when there is a new data set
 */
export function datasetImports(api, { draw, imported }) {
  /** @type {DatasetImport[]} */
  let imports = [];
  let closed = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const actions = acting(draw);
  const done = () => imports.filter(({ state }) => state === 'SUCCEEDED').length;

  const load = loader(api.datasetImports, ({ data }) => {
    // If this fails, the connection notice already says why.
    if (data) {
      const before = done();
      ({ imports } = data);
      if (done() > before) {
        imported();
      }
    }
    draw();
    clearTimeout(timer);
    if (!closed && imports.some(({ state }) => state === 'WAITING' || state === 'RUNNING')) {
      timer = setTimeout(load, POLL_MS);
    }
  });

  /** @param {DatasetImport} each @param {string} verb */
  const button = ({ name }, verb) => html`<button class="button button-small" type="button" aria-label=${`${verb}: ${name}`}
    @click=${() => actions.act(() => api.cancelDatasetImport(name).finally(load))} data-testid=${`import-stop-${name}`}>${verb}</button>`;

  /** @param {DatasetImport} each */
  function words({ state, done: read = 0, total, secondsLeft }) {
    if (state === 'WAITING') {
      return 'waiting for another import to end';
    }
    if (!total) {
      return 'opening the file';
    }
    if (read === total) {
      return `${plural(total, 'image')} read; looking for duplicates and storing`;
    }
    return `${count(read)} of ${plural(total, 'image')} read, ${secondsLeft === undefined ? 'estimating the time left' : `${duration(secondsLeft)} left`}`;
  }

  /** @param {DatasetImport} each */
  function row(each) {
    const { name, state, source, dataset, warnings = [], error: problem } = each;
    if (state === 'FAILED' && problem) {
      return html`<li class="notice notice-bad" data-import=${name} data-state=${state}>
        <p role="alert"><strong>${name}</strong>: ${problem.detail}</p>
        ${problem.details.length > 0
          ? html`<ul class="import-problems">${problem.details.slice(0, MOST_LINES + 1).map((line) => html`<li>${line}</li>`)}</ul>`
          : nothing}
        ${button(each, 'Dismiss')}</li>`;
    }
    if (state === 'SUCCEEDED' && dataset) {
      return html`<li class="import-done" data-import=${name} data-state=${state}>
        <span class="outcome" role="status">Imported <a href=${datasetHref(name)}>${name}</a>: ${plural(dataset.images, 'image')} in ${plural(dataset.classes.length, 'class', 'classes')}, ${count(dataset.train)} for training and ${count(dataset.test)} for testing.</span>
        ${button(each, 'Dismiss')}
        ${warnings.map((warning) => html`<p class="notice notice-warn" data-testid="import-warning">${warning}</p>`)}</li>`;
    }
    const share = each.total ? (each.done ?? 0) / each.total : 0;
    return html`<li class="sending" data-import=${name} data-state=${state}>
      ${bar(share, words(each), { label: `Import of ${name}` })}
      <span><strong>${name}</strong> from ${source}: ${words(each)}</span>
      ${button(each, 'Cancel')}</li>`;
  }

  load();
  return {
    load,
    close() {
      closed = true;
      clearTimeout(timer);
    },
    /** Whether an import under this name is still unfinished. @param {string} name */
    busy: (name) => imports.some((each) => each.name === name && (each.state === 'WAITING' || each.state === 'RUNNING')),
    template: () => html`${actions.failure()}
      ${imports.length > 0 ? html`<ul class="imports" data-testid="dataset-imports">${imports.map(row)}</ul>` : nothing}`,
  };
}
