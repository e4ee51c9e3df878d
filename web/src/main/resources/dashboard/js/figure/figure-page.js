import { api } from '../api/client.js';
import { drawnFigure } from '../charts/figure-svg.js';
import { fileOf, figuresOf } from './figure-files.js';
import { FIGURES } from './figures.js';

/**
 * Shows figures alone, without a live connection, so that a headless browser can detect that the page is finished.
 * Without parameters it shows the figures of all views. `?view=NAME` selects a view, `chart=NAME` one of its figures;
 * `dataset=NAME`, `published=true`, `troubled=true`, `trials=true` and `setting=RUN` are the view's filters. An element with JSON holds
 * the figures' files, for programs.
 *
 * @param {URLSearchParams} query
 */
export async function openFigures(query) {
  document.body.replaceChildren();
  document.title = 'Figures · Bagnet Lab';
  try {
    const figures = await chosenOf(query);
    document.body.append(...figures.map(({ figure, address }) => drawnFigure(figure, address)));
    const files = await Promise.all(figures.map(fileOf));
    document.body.append(data({ figures: files }));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    document.body.append(problem, data({ problem }));
  }
}

/** @param {URLSearchParams} query */
async function chosenOf(query) {
  const names = Object.keys(FIGURES);
  const views = names.filter((name) => name === (query.get('view') ?? name));
  if (views.length === 0) {
    throw new Error(`There are figures of ${names.join(', ')}, but not of "${query.get('view')}".`);
  }
  const flag = (/** @type {string} */ name) => query.get(name) === 'true';
  const filter = { dataset: query.get('dataset') ?? '', published: flag('published'), troubled: flag('troubled'), trials: flag('trials'), setting: query.get('setting') ?? undefined };
  const figures = (await Promise.all(views.map((name) => figuresOf(api, name, filter)))).flat();
  const chosen = figures.filter(({ figure: { name } }) => name === (query.get('chart') ?? name));
  if (query.has('chart') && chosen.length === 0) {
    throw new Error(`There are the charts ${figures.map(({ figure: { name } }) => name).join(', ')}, but not "${query.get('chart')}".`);
  }
  return chosen;
}

/** A script element that holds data; its text must not contain the element's end tag. @param {unknown} value */
function data(value) {
  const element = document.createElement('script');
  element.type = 'application/json';
  element.id = 'figures';
  element.textContent = JSON.stringify(value).replaceAll('<', '\\u003c');
  return element;
}
