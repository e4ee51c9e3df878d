import { html, nothing } from 'lit-html';
import { count, plural, time } from '../app/format.js';
import { datasetHref } from '../app/routes.js';
import { drawing, loader } from '../app/view.js';
import { failure, loading } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { duplicatePairs } from './duplicate-pairs.js';

/** @typedef {import('../api/types.js').Dataset} Dataset */

/**
 * The data sets, and which of their images show the same.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  /** @type {Dataset[]|undefined} */
  let datasets;
  /** @type {import('../api/types.js').Damaged[]} */
  let damaged = [];
  /** @type {import('../api/types.js').DuplicatePairs|undefined} */
  let found;
  /** @type {unknown} */
  let error;
  /** @type {unknown} */
  let failed;
  const chosen = route.query.get('name') ?? '';
  const { draw, close } = drawing(root, template);

  const load = loader(api.datasets, (outcome) => {
    error = outcome.error;
    if (outcome.data) {
      ({ datasets, damaged } = outcome.data);
    }
    draw();
  });
  const search = loader(
    () => api.duplicates(chosen),
    (outcome) => {
      failed = outcome.error;
      found = outcome.data ?? found;
      draw();
    },
  );
  const unsubscribe = live.subscribe(({ type }) => {
    if (type === 'reset') {
      load();
    }
  });
  load();
  if (chosen) {
    search();
  }

  /** @param {Dataset[]} rows */
  const table = (rows) => scroll(
    'Data sets',
    html`<table class="table" data-testid="datasets">
      <thead><tr><th scope="col">Name</th><th scope="col" class="number">Classes</th><th scope="col" class="number">Training</th>
        <th scope="col" class="number">Test</th><th scope="col">Source</th><th scope="col">Duplicates</th></tr></thead>
      <tbody>${rows.map(
        ({ name, builtIn, classes, train, test, description, importedAt }) => html`<tr data-dataset=${name}>
          <th scope="row">${name}</th>
          <td class="number" data-label="Classes">${count(classes.length)}</td>
          <td class="number" data-label="Training">${count(train)}</td>
          <td class="number" data-label="Test">${count(test)}</td>
          <td data-label="Source">${description}${importedAt ? ` ${time(importedAt)}` : nothing}</td>
          <td data-label="Duplicates">${builtIn ? 'generated' : html`<a href=${datasetHref(name)}>show</a>`}</td></tr>`,
      )}</tbody>
    </table>`,
  );

  function template() {
    return html`<div class="title">
        <h1>Data sets</h1>
        <p class="lead">Images to train and test on. Import others with <code>bagnetlab dataset import</code>.</p>
      </div>
      <section class="panel" aria-labelledby="datasets-title">
        <div class="panel-head"><h2 id="datasets-title">${datasets ? plural(datasets.length, 'data set') : 'Data sets'}</h2></div>
        ${error ? failure(error, load) : nothing}
        ${damaged.map(({ problem }) => html`<div class="notice notice-bad"><p>${problem}</p></div>`)}
        ${datasets ? table(datasets) : error ? nothing : loading()}
      </section>
      ${chosen
        ? html`<section class="panel" aria-labelledby="duplicates-title">
            <div class="panel-head"><h2 id="duplicates-title">Duplicates in ${chosen}</h2></div>
            ${failed ? failure(failed, search) : found ? duplicatePairs(found, (path) => api.datasetImage(chosen, path)) : loading('Comparing images')}
            <p class="note">A training with <code>duplicates: leave-out</code> leaves out validation and test images that an earlier part of its split shows, too.</p>
          </section>`
        : nothing}`;
  }

  return {
    title: 'Data sets',
    close() {
      unsubscribe();
      close();
    },
  };
}
