import { html, nothing } from 'lit-html';
import { count, plural } from '../app/format.js';
import { compareHref, replaceQuery, runNumbers } from '../app/routes.js';
import { loader, throttled } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { MOST_COMPARED } from '../compare/compared-run.js';
import { checkField } from '../controls/field.js';
import { heading } from '../controls/heading.js';
import { empty, failure, loading } from '../controls/notices.js';
import { pager, shownOf } from '../controls/pager.js';
import { tableCopies } from '../controls/table-copies.js';
import { viewDownloads } from '../results/view-downloads.js';
import { isTerm, term } from '../terms/term.js';
import { annotations } from './annotations.js';
import { shownColumns } from './run-columns.js';
import { parallelCharts, variedColumns } from './parallel-chart.js';
import { chosenFilters, runFilters } from './run-filters.js';
import { runTable } from './run-table.js';
import { scatterFigure } from './scatter-figure.js';

/**
 * @typedef {import('../api/types.js').RunPage} RunPage
 * @typedef {import('../api/types.js').ListedRun} ListedRun
 */

const PAGE = 50;
const MOST_POINTS = 2000;

/** Parts of the address that select runs. */
const FILTERS = ['dataset', 'network', 'sweep', 'converged', 'tag', 'parameter', 'search'];

/**
 * The list of runs as a table that is filtered, sorted and paged by the server, with a plot of one column against another.
 * Everything that is chosen stands in the address.
 *
 * @param {import('../app/view.js').Lab} lab
 * @param {URLSearchParams} query of the page's address
 * @param {() => void} draw
 * @param {{sweep?: string}} [of] runs of this sweep only
 */
export function runsPanel({ api, live }, query, draw, { sweep } = {}) {
  /** @type {RunPage|undefined} */
  let page;
  /** @type {ListedRun[]} */
  let points = [];
  /** @type {import('./run-filters.js').Chosen[]} the filters that leave no run */
  let leftOut = [];
  /** @type {unknown} */
  let error;
  const filters = FILTERS.filter((name) => !(sweep && name === 'sweep'));
  /** @type {Record<string, string>} */
  const state = {};
  for (const name of [...filters, 'sort', 'columns', 'from', 'chosen', 'x', 'y']) {
    state[name] = query.get(name) ?? '';
  }
  /** @type {Set<number>} */
  const chosen = new Set(runNumbers(state.chosen).slice(0, MOST_COMPARED));
  const notes = annotations(api, { draw, saved: annotated });

  const selection = () => ({ ...Object.fromEntries(filters.map((name) => [name, state[name]])), ...(sweep ? { sweep } : {}) });
  const offset = () => Number(/^\d{1,8}$/.exec(state.from)?.[0] ?? 0);
  const plotted = () => state.x !== '' && state.y !== '';
  /** The axes of a sweep's parallel coordinates. @param {RunPage} found */
  const coordinates = (found) => (sweep ? variedColumns(found) : []);
  const question = () => JSON.stringify([selection(), state.sort, state.from, plotted()]);
  /** The question that the rows answer. */
  let answered = '';

  /** How many runs there are without each of the filters. @param {RunPage} found */
  const withoutEach = (found) =>
    Promise.all(
      chosenFilters(state, filters, found).map(async (chosen) => ({ ...chosen, total: (await api.runs({ ...selection(), ...chosen.without, limit: 1 })).total })),
    );

  const load = loader(
    async () => {
      const found = await api.runs({ ...selection(), sort: state.sort, limit: PAGE, offset: offset() });
      const all = plotted() || coordinates(found).length > 0 ? await api.runs({ ...selection(), limit: MOST_POINTS }) : undefined;
      return { found, all, leftOut: found.total === 0 ? await withoutEach(found) : [] };
    },
    (outcome) => {
      error = outcome.error;
      // Rows of another choice are not shown below this one.
      page = outcome.data?.found ?? (page && answered !== question() ? { ...page, runs: [], total: 0 } : page);
      answered = outcome.data ? question() : answered;
      leftOut = outcome.data?.leftOut ?? [];
      points = outcome.data ? (outcome.data.all?.runs ?? []) : points;
      draw();
    },
    () => question(),
  );
  const reload = throttled(load, 1000);
  const search = throttled(() => change({ search: state.search }), 300);
  const fields = runFilters(state, filters, { draw, change, search });
  const unsubscribe = live.subscribe(({ type, data }) => {
    if (type === 'annotation') {
      annotated(data);
    } else if (type === 'reset' || type === 'deleted' || (type === 'job' && data.state === 'SUCCEEDED')) {
      reload();
    }
  });
  load();

  /** @param {import('../api/types.js').Annotation} latest */
  function annotated({ job, tags, note }) {
    if (page) {
      page = { ...page, runs: page.runs.map((run) => (run.id === job ? { ...run, tags, note } : run)) };
      draw();
      // Which tags there are may have changed, and which runs have the chosen ones.
      reload();
    }
  }

  /** @param {Record<string, string>} changes what selects or orders runs */
  function change(changes) {
    Object.assign(state, { from: '' }, changes);
    replaceQuery({ from: state.from, ...changes });
    draw();
    load();
  }

  /** @param {Record<string, string>} changes what is shown of them */
  function show(changes) {
    const before = plotted();
    Object.assign(state, changes);
    replaceQuery(changes);
    draw();
    if (plotted() && !before) {
      load();
    }
  }

  /** @param {number} id @param {boolean} yes */
  function choose(id, yes) {
    if (yes && chosen.size < MOST_COMPARED) {
      chosen.add(id);
    } else {
      chosen.delete(id);
    }
    show({ chosen: [...chosen].join(',') });
  }

  /** @param {unknown} problem */
  function failed(problem) {
    error = problem;
    draw();
  }

  /** @param {RunPage} found @param {import('./run-columns.js').RunColumn[]} columns */
  function columnChoice(found, columns) {
    const names = columns.map(({ name }) => name);
    return html`<details class="run-columns"><summary data-testid="runs-columns">Columns</summary>
      <div class="run-columns-list">${found.columns.map(({ name, label }) =>
        checkField({
          id: `column-${name}`,
          label,
          checked: names.includes(name),
          change: (checked) => show({ columns: found.columns.map((each) => each.name).filter((each) => (each === name ? checked : names.includes(each))).join(',') }),
        }))}
        ${state.columns ? html`<button class="button button-small" type="button" data-testid="columns-default" @click=${() => show({ columns: '' })}>Those that differ</button>` : nothing}</div></details>`;
  }

  /** @param {RunPage} found */
  function plot(found) {
    const across = found.columns.filter(({ name, type }) => name !== 'run' && name !== 'note' && (type === 'number' || type === 'text') && (found.varying.includes(name) || name === state.x));
    const metrics = found.columns.filter(({ type }) => type === 'share' || type === 'seconds');
    /** @param {string} name @param {string} label @param {typeof across} columns @param {string} [none] */
    const axis = (name, label, columns, none) => html`<label class="inline-field">${label}
      <select data-testid=${`plot-${name}`} @change=${(/** @type {any} */ event) => show({ y: state.y || 'test', [name]: event.target.value })}>
        ${none ? html`<option value="" .selected=${state[name] === ''}>${none}</option>` : nothing}
        ${columns.map((column) => html`<option value=${column.name} .selected=${column.name === (state[name] || 'test')}>${column.label}</option>`)}
      </select></label>`;
    const x = found.columns.find(({ name }) => name === state.x);
    const y = found.columns.find(({ name }) => name === state.y);
    const where = sweep ? `Sweep ${sweep}` : 'Runs of this list';
    const figure = x && y && points.length > 0 ? scatterFigure(points, x, y, found.total > points.length ? `The newest ${count(points.length)} runs of the list` : where) : undefined;
    const axes = coordinates(found);
    const metric = y ?? found.columns.find(({ name }) => name === 'test');
    return html`<div class="run-plot"><div class="filters">${axis('x', 'Plot over', across, 'nothing')} ${state.x || axes.length > 0 ? axis('y', 'Metric', metrics) : nothing}</div>
      ${axes.length > 0 && metric && points.length > 1 ? parallelCharts(points, axes, metric) : nothing}
      ${figure ? shownFigure(figure) : state.x && points.length > 0 ? html`<p class="note">No run of this list has both values.</p>` : nothing}</div>`;
  }

  function comparison() {
    const ids = [...chosen];
    return html`<div class="run-chosen" role="status">
      ${ids.length === 0
        ? html`<span class="faint">Choose two to eight runs to compare them.</span>`
        : html`<span>${plural(ids.length, 'run')} chosen: ${ids.map((id) => `#${id}`).join(', ')}</span>
            ${ids.length > 1 ? html`<a class="button button-small button-primary" href=${compareHref(ids)} data-testid="compare">Compare</a>` : html`<span class="faint">Choose one more to compare.</span>`}
            <button class="button button-small" type="button" @click=${() => { chosen.clear(); show({ chosen: '' }); }}>Choose none</button>
            ${ids.length === MOST_COMPARED ? html`<span class="faint">No more than eight can be compared.</span>` : nothing}`}</div>`;
  }

  /** @param {RunPage} found */
  function pages({ runs, total }) {
    const first = offset();
    return total <= PAGE && first === 0
      ? nothing
      : pager({
          id: 'runs',
          label: 'Pages of runs',
          words: shownOf(first, runs.length, total),
          previous: first > 0 && (() => change({ from: first > PAGE ? String(first - PAGE) : '' })),
          next: first + runs.length < total && (() => change({ from: String(first + PAGE) })),
        });
  }

  /** The heads of columns are buttons already, which sort. @param {import('./run-columns.js').RunColumn[]} columns */
  function explanations(columns) {
    const words = columns.flatMap(({ name, label }) => (isTerm(name) ? [html`, ${term(name, label)}`] : []));
    return html`<p class="note" data-testid="runs-terms">Words of this table, explained: ${term('interval', '95 % intervals')} below accuracies${words}.</p>`;
  }

  /** @param {RunPage} found */
  function content(found) {
    const columns = shownColumns(found, state.columns ? state.columns.split(',') : [], sweep ? ['sweeps'] : []);
    return html`${fields.fields(found)}
      ${found.total > 1 ? plot(found) : nothing}
      ${found.total === 0
        ? error ? nothing : fields.none(leftOut)
        : html`<div class="run-bar">${comparison()} ${columnChoice(found, columns)}</div>
            ${runTable({ runs: found.runs, columns, sort: state.sort || '-run', order: (sort) => change({ sort: sort === '-run' ? '' : sort }), chosen, choose, filterByTag: (tag) => change({ tag }), notes })}
            ${pages(found)} ${explanations(columns)}
            ${tableCopies('runs-table')} ${viewDownloads(api, 'runs', { ...selection(), sort: state.sort, columns: columns.map(({ name }) => name).join(',') }, failed)}`}`;
  }

  return {
    /** Whether there are any runs, or a choice that may be why there are none. */
    any: () => page !== undefined && (page.total > 0 || filters.some((name) => state[name])),

    template: () => html`<section class="panel" aria-labelledby="runs-title" data-testid="runs">
      <div class="panel-head">${heading('runs', page ? plural(page.total, 'run') : 'Runs')}</div>
      ${error ? failure(error, load) : nothing}
      ${page === undefined
        ? error ? nothing : loading()
        : page.total === 0 && !filters.some((name) => state[name])
          ? empty({ title: 'No runs yet', text: 'Every training that succeeds is a row here, with its parameters and accuracies.', actions: html`<a class="button" href="#/queue">Set up a training</a>` })
          : content(page)}
    </section>`,

    close() {
      unsubscribe();
      reload.stop();
      search.stop();
    },
  };
}
