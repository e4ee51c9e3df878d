import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { formHref } from '../app/routes.js';
import { drawing, loader, throttled } from '../app/view.js';
import { heading } from '../controls/heading.js';
import { failure, loading } from '../controls/notices.js';
import { classTable, datasetFacts, datasetUses } from './dataset-facts.js';
import { datasetGallery } from './dataset-gallery.js';
import { datasetRemoval } from './dataset-removal.js';
import { duplicatePairs } from './duplicate-pairs.js';

/** Pairs of duplicates shown at first. */
const FEW_PAIRS = 6;

/**
 * One data set: its classes, images, duplicates, and what uses it.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function openDataset(root, route, { api, live }) {
  const name = route.query.get('name') ?? '';
  /** @type {import('../api/types.js').DatasetDetails|undefined} */
  let details;
  /** @type {unknown} */
  let error;
  /** @type {import('../api/types.js').DuplicatePairs|undefined} */
  let found;
  /** @type {unknown} */
  let failed;
  let pairs = FEW_PAIRS;
  let deleted = false;
  const { draw, close } = drawing(root, template);

  const load = loader(
    () => api.dataset(name),
    (outcome) => {
      error = outcome.error;
      details = outcome.data ?? details;
      draw();
    },
  );
  const search = loader(
    () => api.duplicates(name),
    (outcome) => {
      failed = outcome.error;
      found = outcome.data ?? found;
      draw();
    },
  );
  const gallery = datasetGallery(root, api, { dataset: name, query: route.query, draw });
  const removal = datasetRemoval(api, {
    draw,
    removed() {
      deleted = true;
      draw();
      location.hash = '#/datasets';
    },
  });
  const reload = throttled(load, 1000);
  const unsubscribe = live.subscribe(({ type }) => {
    if (!deleted && (type === 'job' || type === 'deleted' || type === 'reset')) {
      reload();
    }
    if (!deleted && type === 'reset') {
      gallery.load();
      search();
    }
  });
  load();
  search();

  /** @param {import('../api/types.js').DatasetDetails} known */
  const content = (known) => html`<section class="panel" aria-labelledby="facts-title">
      <div class="panel-head">${heading('facts', 'About it')}
        ${known.dataset.train > 0 ? html`<a class="changes button button-small" href=${formHref({ dataset: name })} data-testid="train-on-it">Train on it</a>` : nothing}</div>
      ${datasetFacts(known)}
    </section>
    <div class="with-side">
      <section class="panel" aria-labelledby="classes-title">
        <div class="panel-head">${heading('classes', plural(known.classes.length, 'class', 'classes'))}</div>
        ${classTable(known, gallery.chosen(), gallery.choose)}
      </section>
      <section class="panel" aria-labelledby="images-title">
        <div class="panel-head">${heading('images', 'Images')}</div>
        ${gallery.template(known)}
      </section>
    </div>
    <section class="panel" aria-labelledby="duplicates-title">
      <div class="panel-head">${heading('duplicates', 'Duplicates')}</div>
      ${duplicates(known)}
    </section>
    <section class="panel" aria-labelledby="uses-title">
      <div class="panel-head">${heading('uses', 'Used by')}</div>
      ${datasetUses(known.uses)}
    </section>
    ${known.dataset.builtIn
      ? nothing
      : html`<section class="panel" aria-labelledby="delete-title">
          <div class="panel-head">${heading('delete', 'Delete')}</div>
          <div>${removal.template(known)}</div>
        </section>`}`;

  /** @param {import('../api/types.js').DatasetDetails} known */
  const duplicates = ({ dataset: { builtIn } }) =>
    builtIn
      ? html`<p class="note">Its images are generated and not compared.</p>`
      : html`${failed
            ? failure(failed, search)
            : found
              ? duplicatePairs(found, (path) => api.datasetImage(name, path), { shown: pairs, show: (shown) => { pairs = shown; draw(); } })
              : loading('Comparing images')}
          <p class="note">With <code>duplicates: leave-out</code>, a training leaves out validation and test images that duplicate an image of an earlier part of its split.</p>`;

  function template() {
    return html`<div class="title">
        <p class="crumb"><a href="#/datasets">Data sets</a></p>
        <h1>${name}</h1>
      </div>
      ${error && !deleted ? failure(error, load) : nothing}
      ${details ? content(details) : error ? nothing : loading()}`;
  }

  return {
    title: name,
    close() {
      unsubscribe();
      reload.stop();
      close();
    },
  };
}
