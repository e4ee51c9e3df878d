import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { formHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { panel } from '../controls/heading.js';
import { classTable, datasetFacts, datasetUses } from './dataset-facts.js';
import { datasetGallery } from './dataset-gallery.js';
import { datasetRemoval } from './dataset-removal.js';
import { duplicatePairs } from './duplicate-pairs.js';

/** The number of duplicate pairs shown initially. */
const FEW_PAIRS = 6;

/**
 * One data set: its classes, images, duplicates and the jobs that use it.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function openDataset(root, route, { api, live }) {
  const name = route.query.get('name') ?? '';
  let pairs = FEW_PAIRS;
  let deleted = false;
  const page = openPage(root, name, () => html`<div class="title">
      <p class="crumb"><a href="#/datasets">Data sets</a></p>
      <h1>${name}</h1>
    </div>
    ${view.template(content)}`);
  const { draw } = page;
  const duplicates = loaded(page, { read: () => api.duplicates(name) });
  const gallery = datasetGallery(root, api, { dataset: name, query: route.query, draw });
  const removal = datasetRemoval(api, {
    draw,
    removed() {
      deleted = true;
      location.hash = '#/datasets';
    },
  });
  const view = loaded(page, {
    read: () => api.dataset(name),
    live,
    concerns({ type }) {
      if (!deleted && type === 'reset') {
        gallery.load();
        duplicates.load();
      }
      return !deleted && (type === 'job' || type === 'deleted' || type === 'reset');
    },
    pause: 1000,
  });
  duplicates.load();

  /** @param {import('../api/types.js').DatasetDetails} known */
  const content = (known) => html`${panel('facts', 'About it', datasetFacts(known), {
      beside: known.dataset.train > 0 && html`<a class="changes button button-small" href=${formHref({ dataset: name })} data-testid="train-on-it">Train on it</a>`,
    })}
    <div class="with-side">
      ${panel('classes', plural(known.classes.length, 'class', 'classes'), classTable(known, gallery.chosen(), gallery.choose))}
      ${panel('images', 'Images', gallery.template(known))}
    </div>
    ${panel('duplicates', 'Duplicates', known.dataset.builtIn
      ? html`<p class="note">Its images are generated and not compared.</p>`
      : html`${duplicates.template((found) => duplicatePairs(found, (path) => api.datasetImage(name, path), { shown: pairs, show: (shown) => { pairs = shown; draw(); } }))}
          <p class="note">With <code>duplicates: leave-out</code>, a training leaves out validation and test images that duplicate an image of an earlier part of its split.</p>`)}
    ${panel('uses', 'Used by', datasetUses(known.uses))}
    ${known.dataset.builtIn ? nothing : panel('delete', 'Delete', html`<div>${removal.template(known)}</div>`)}`;

  return page;
}
