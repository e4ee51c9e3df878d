import { html, nothing } from 'lit-html';
import { Problem } from '../api/client.js';
import { heatmapsHref, replaceQuery, runNumbers } from '../app/routes.js';
import { drawing, loader, throttled } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { heading } from '../controls/heading.js';
import { empty, failure, loading } from '../controls/notices.js';
import { segments } from '../controls/segments.js';
import { tableCopies } from '../controls/table-copies.js';
import { MOST_RUNS } from '../heatmap/run-choice.js';
import { fileName } from '../picture/picture.js';
import { SETS } from '../results/words.js';
import { MOST_COMPARED, nameOf } from './compared-run.js';
import { configurations } from './configurations.js';
import { QUANTITIES, curvesFigure } from './curves-figure.js';
import { pairs } from './pairs.js';
import { recalls } from './recalls.js';
import { sameHeatmaps, sharedImages } from './same-heatmaps.js';

/**
 * @typedef {import('./compared-run.js').Compared} Compared
 * @typedef {import('../api/types.js').RunPage} RunPage
 */

/** Those with the same images for all seeds. */
const COMPARED_SETS = ['test', 'scrambled'];

/**
 * Two to eight runs side by side: what differs in their configurations, their curves, whether a difference is more than
 * chance, on which classes they differ, and their heatmaps of the same image.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  let ids = runNumbers(route.query.get('runs')).slice(0, MOST_COMPARED);
  let set = COMPARED_SETS.find((name) => name === route.query.get('set')) ?? 'test';
  let quantity = /** @type {import('./curves-figure.js').Quantity} */ (String(route.query.get('curve')) in QUANTITIES ? route.query.get('curve') : 'validationAccuracy');
  let against = Number(route.query.get('against')) || 0;
  let image = route.query.get('image') ?? '';
  /** @type {RunPage|undefined} */
  let page;
  /** @type {Compared[]} */
  let runs = [];
  /** @type {Map<number, import('./pairs.js').Outcome>} */
  let outcomes = new Map();
  /** @type {unknown} */
  let error;
  const { draw, close } = drawing(root, template);

  const load = loader(
    async () => {
      const list = await api.runs({ runs: ids.join(',') });
      const found = await Promise.all(
        list.runs.map(async (row) => {
          const [run, classes] = await Promise.all([api.run(row.id), api.statistic(row.id, 'classes').catch(() => undefined)]);
          return { row, run, classes };
        }),
      );
      return { list, found };
    },
    (outcome) => {
      error = outcome.error;
      if (outcome.data) {
        const { list, found } = outcome.data;
        page = list;
        // In the order of the address.
        runs = ids.flatMap((id) => found.find(({ row }) => row.id === id) ?? []);
        loadPairs();
      }
      draw();
    },
    () => ids.join(','),
  );
  /** Each against the reference, in the order of the page. */
  const loadPairs = loader(
    async () => {
      const first = reference();
      return new Map(
        await Promise.all(
          runs.filter((other) => other !== first).map(async (other) => /** @type {[number, import('./pairs.js').Outcome]} */ ([
            other.row.id,
            await api.pair(other.row.id, first.row.id, set).then((pair) => ({ pair }), (problem) => ({ problem: problem instanceof Problem ? problem.message : String(problem) })),
          ])),
        ),
      );
    },
    (outcome) => {
      outcomes = outcome.data ?? outcomes;
      draw();
    },
    () => JSON.stringify([ids, set, against]),
  );
  const reload = throttled(load, 1000);
  const unsubscribe = live.subscribe(({ type, data }) => {
    if (type === 'reset' || (type === 'annotation' && ids.includes(data.job)) || (type === 'deleted' && data.job !== undefined && ids.includes(data.job))) {
      reload();
    }
  });
  if (ids.length > 1) {
    load();
  }

  const reference = () => runs.find(({ row }) => row.id === against) ?? runs[0];

  /** @param {number} id */
  function leaveOut(id) {
    ids = ids.filter((each) => each !== id);
    runs = runs.filter(({ row }) => row.id !== id);
    outcomes = new Map();
    replaceQuery({ runs: ids.join(',') });
    draw();
    if (ids.length > 1) {
      load();
    }
  }

  /** @param {number} id */
  function compareWith(id) {
    against = id;
    outcomes = new Map();
    replaceQuery({ against: id === runs[0].row.id ? undefined : String(id) });
    draw();
    loadPairs();
  }

  /** @param {string} name */
  function show(name) {
    set = name;
    outcomes = new Map();
    replaceQuery({ set: name === 'test' ? undefined : name });
    draw();
    loadPairs();
  }

  /** @param {import('./curves-figure.js').Quantity} name */
  function showCurve(name) {
    quantity = name;
    replaceQuery({ curve: name === 'validationAccuracy' ? undefined : name });
    draw();
  }

  /** @param {string} path */
  function showImage(path) {
    image = path;
    replaceQuery({ image: path });
    draw();
  }

  const curves = () => {
    const figure = curvesFigure(runs, quantity);
    return figure
      ? html`<section class="panel" aria-labelledby="curves-title"><div class="panel-head">${heading('curves', 'Learning curves')}
          <label class="inline-field">Show <select data-testid="curve" @change=${(/** @type {any} */ event) => showCurve(event.target.value)}>
            ${Object.entries(QUANTITIES).map(([name, words]) => html`<option value=${name} .selected=${name === quantity}>${words}</option>`)}</select></label></div>
          ${shownFigure(figure)}</section>`
      : nothing;
  };

  const differences = () => {
    const first = reference();
    const others = runs.filter((other) => other !== first);
    const table = recalls([first, ...others], set);
    return html`<section class="panel" aria-labelledby="pairs-title"><div class="panel-head">${heading('pairs', 'On the same images')}
        <div class="filters"><label class="inline-field">Compared with <select data-testid="against" @change=${(/** @type {any} */ event) => compareWith(Number(event.target.value))}>
            ${runs.map((run) => html`<option value=${run.row.id} .selected=${run === first}>${nameOf(run)}</option>`)}</select></label>
          ${segments({ id: 'compared', legend: 'Images', options: COMPARED_SETS.map((name) => [name, SETS[name]]), chosen: set, choose: show })}</div></div>
        ${pairs(others, first, outcomes)}</section>
      ${table
        ? html`<section class="panel" aria-labelledby="recalls-title"><div class="panel-head">${heading('recalls', 'Recall of each class')}</div>
            <p class="note">${SETS[set]} images, in percent; below, the difference to ${nameOf(first)} in points. Classes in which the runs differ most are first.</p>${table} ${tableCopies('compared-recalls')}</section>`
        : nothing}`;
  };

  const heatmaps = () => {
    const images = sharedImages(runs);
    const chosen = images.includes(image) ? image : images[0];
    const computed = heatmapsHref({ runs: runs.slice(0, MOST_RUNS).map(({ row }) => row.id), dataset: runs[0].row.dataset, image: chosen });
    return html`<section class="panel" aria-labelledby="heatmaps-title"><div class="panel-head">${heading('heatmaps', 'Heatmaps of the same image')}
        ${images.length > 1
          ? html`<label class="inline-field">Image <select data-testid="compared-image" @change=${(/** @type {any} */ event) => showImage(event.target.value)}>
              ${images.map((path) => html`<option value=${path} .selected=${path === chosen}>${path.split('/').slice(-2, -1)[0] ?? ''} ${fileName(path)}</option>`)}</select></label>`
          : nothing}</div>
      ${chosen === undefined
        ? html`<p class="note">No two of these runs have a stored heatmap of the same image. <a href=${computed} data-testid="to-heatmaps">Compute heatmaps of any image now</a></p>`
        : html`<p class="note">Each picture has its own colour scale. <a href=${computed} data-testid="to-heatmaps">On a common scale, for any class</a></p>${sameHeatmaps(runs, chosen)}`}</section>`;
  };

  /** @param {RunPage} list */
  function content(list) {
    const missing = ids.filter((id) => !runs.some(({ row }) => row.id === id));
    return html`${missing.length > 0 ? html`<div class="notice notice-warn" data-testid="compare-missing"><p>${missing.map((id) => `#${id}`).join(', ')}: no such run, or no results yet.</p></div>` : nothing}
      ${runs.length < 2
        ? tooFew()
        : html`<section class="panel" aria-labelledby="configurations-title"><div class="panel-head">${heading('configurations', 'What differs')}</div>
            ${configurations(runs, list, leaveOut)} ${tableCopies('configurations')}</section>
          ${curves()} ${differences()} ${heatmaps()}`}`;
  }

  const tooFew = () => empty({
    title: 'Choose two to eight runs',
    text: 'Tick their boxes in the list of runs, or in the list on a sweep’s page.',
    actions: html`<a class="button button-primary" href="#/runs">To the runs</a>`,
  });

  function template() {
    return html`<p class="crumb"><a href="#/runs">Runs</a> / comparison</p>
      <div class="title"><h1>${runs.length > 1 ? `Comparison of ${runs.length} runs` : 'Comparison of runs'}</h1></div>
      ${error ? failure(error, load) : nothing}
      ${ids.length < 2 ? tooFew() : page ? content(page) : error ? nothing : loading()}`;
  }

  return {
    title: 'Comparison of runs',
    close() {
      unsubscribe();
      reload.stop();
      close();
    },
  };
}
