import { html, nothing } from 'lit-html';
import { count, plural, time } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { datasetHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { panel, title } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { operatorsOnly } from '../controls/operators-only.js';
import { scroll } from '../controls/scroll.js';
import { damagedList } from '../weights/damaged-list.js';
import { datasetForm } from './dataset-form.js';
import { datasetImports } from './dataset-imports.js';
import { datasetRemoval } from './dataset-removal.js';
import { openDataset } from './dataset-view.js';

/** @typedef {import('../api/types.js').Dataset} Dataset */

/**
 * The list of data sets with the upload form, or one data set.
 *
 * @type {import('../app/view.js').OpenView}
 */
export const open = (root, route, lab) => (route.query.get('name') ? openDataset : openList)(root, route, lab);

/** @type {import('../app/view.js').OpenView} */
function openList(root, _route, { api, live }) {
  const page = openPage(root, 'Data sets', () => html`${title('Data sets', 'Images to train and test on: look through them, find duplicates, import others.')}
    <div class="with-side side-last">
      ${panel('datasets', view.data ? plural(view.data.datasets.length, 'data set') : 'Data sets', view.template(({ datasets, damaged }) => html`
        ${damagedList(damaged, removal.damaged)} ${table(datasets)}
        ${damaged.length === 0 && datasets.every(({ builtIn }) => builtIn) ? first() : nothing}`))}
      ${panel('import', 'Import', html`${imports.template()}
        ${operatorsOnly('import data sets', html`${form.template()}
          <p class="note">JPEG, PNG, GIF or BMP images. If one of them cannot be read, nothing is imported, and you see which. Leaving this page cancels an upload, but not an import.</p>`)}`)}
    </div>`);
  const view = loaded(page, {
    read: api.datasets,
    live,
    concerns({ type }) {
      if (type === 'reset') {
        imports.load();
      }
      return type === 'reset';
    },
  });
  const imports = datasetImports(api, { draw: page.draw, imported: view.load });
  const form = datasetForm(api, { draw: page.draw, taken, received: imports.load });
  const removal = datasetRemoval(api, { draw: page.draw, removed: view.load });
  page.onClose(form.close);
  page.onClose(imports.close);

  /** Why a name cannot be used, or nothing if it can. @param {string} name */
  function taken(name) {
    if (imports.busy(name)) {
      return `A data set named ${name} is being imported.`;
    }
    return [...(view.data?.datasets ?? []), ...(view.data?.damaged ?? [])].some((held) => held.name === name)
      ? `A data set named ${name} already exists: choose another name, or delete it first.`
      : undefined;
  }

  /** @param {Dataset[]} rows */
  const table = (rows) => scroll(
    'Data sets',
    html`<table class="table table-cards" data-testid="datasets">
      <thead><tr><th scope="col">Name</th><th scope="col" class="number">Classes</th><th scope="col" class="number">Training</th>
        <th scope="col" class="number">Test</th><th scope="col">Source</th></tr></thead>
      <tbody>${rows.map(
        ({ name, classes, train, test, description, importedAt }) => html`<tr data-dataset=${name}>
          <th scope="row"><a href=${datasetHref(name)}>${name}</a></th>
          <td class="number" data-label="Classes">${count(classes.length)}</td>
          <td class="number" data-label="Training">${count(train)}</td>
          <td class="number" data-label="Test">${count(test)}</td>
          <td data-label="Source">${description}${importedAt ? html`<span class="under">${time(importedAt)}</span>` : nothing}</td></tr>`,
      )}</tbody>
    </table>`,
  );

  const first = () => empty({
    id: 'no-imported-datasets',
    title: 'Only built-in data sets so far',
    text: html`Their images are generated, so they need no download. To train on photographs, pack one
      folder per class into a zip file and import it here, or with <code>bagnetlab dataset import NAME PATH</code>. The report used the 15-scene database of
      Lazebnik et al. (2006), which is not part of this project.`,
  });

  return page;
}
