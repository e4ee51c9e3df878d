import { html, nothing } from 'lit-html';
import { Problem } from '../api/client.js';
import { choices } from '../app/choices.js';
import { count, plural } from '../app/format.js';
import { loaded, ofResults } from '../app/loaded.js';
import { runNumbers } from '../app/routes.js';
import { throttled } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { checkField, inlineSelect } from '../controls/field.js';
import { panel } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { pager, shownOf } from '../controls/pager.js';
import { tableCopies } from '../controls/table-copies.js';
import { commonNote } from '../results/in-common.js';
import { viewDownloads } from '../results/view-downloads.js';
import { isTerm, term, termsNote } from '../terms/term.js';
import { annotations } from './annotations.js';
import { chosenRuns } from './chosen-runs.js';
import { configurationTable } from './configuration-table.js';
import { CURVE, commonWords, configurationColumns, runName, shownColumns } from './run-columns.js';
import { chosenFilters, runFilters } from './run-filters.js';
import { runTable } from './run-table.js';
import { savedViews } from './saved-views.js';
import { scatterFigure } from './scatter-figure.js';

/**
 * @typedef {import('../api/types.js').RunPage} RunPage
 * @typedef {import('../api/types.js').ListedRun} ListedRun
 */

const PAGE = 50;
const MOST_POINTS = 2000;

/** More chosen runs than these are not in the page's address, which would be too long for a link. */
const MOST_IN_ADDRESS = 50;

/** The problem of a query that the server cannot read, which is shown below its field. @param {unknown} problem */
function wrongQuery(problem) {
  if (problem instanceof Problem && problem.field === 'query') {
    return problem;
  }
  throw problem;
}

/** Query parameters that select runs. */
const FILTERS = ['dataset', 'network', 'sweep', 'converged', 'tag', 'parameter', 'query'];

/**
 * The list of runs: a table that the server filters, sorts and pages, and a plot of one column against another.
 *
 * @param {import('../app/view.js').Lab} lab
 * @param {URLSearchParams} query of the page's URL
 * @param {{draw: () => void, onClose: (action: () => void) => void}} owner of the panel
 * @param {{sweep?: string}} [of] restricts the list to the runs of a sweep
 */
export function runsPanel({ api, live }, query, owner, { sweep } = {}) {
  const { draw } = owner;
  let closed = false;
  owner.onClose(() => {
    closed = true;
  });
  const filters = FILTERS.filter((name) => !(sweep && name === 'sweep'));
  const [state, keep] = choices(query, Object.fromEntries([...filters, 'grouped', 'sort', 'columns', 'from', 'chosen', 'x', 'y'].map((name) => [name, ''])), draw);
  /** @type {Set<number>} */
  const chosen = new Set(runNumbers(state.chosen));
  /** The unfolded configurations. @type {Set<number>} */
  const unfolded = new Set();
  const notes = annotations(api, { draw, saved: annotated });

  const selection = () => ({ ...Object.fromEntries(filters.map((name) => [name, state[name]])), ...(sweep ? { sweep } : {}) });
  const offset = () => Number(/^\d{1,8}$/.exec(state.from)?.[0] ?? 0);
  const plotted = () => state.x !== '' && state.y !== '';
  const question = () => JSON.stringify([selection(), state.grouped, state.sort, state.from, plotted()]);
  /** The number of runs without each of the filters. @param {RunPage} found */
  const withoutEach = (found) =>
    Promise.all(
      chosenFilters(state, filters, found).map(async (chosen) => ({ ...chosen, total: (await api.runs({ ...selection(), ...chosen.without, limit: 1 })).total })),
    );

  const view = loaded(owner, {
    async read() {
      const asked = question();
      const found = await api.runs({ ...selection(), grouped: state.grouped !== '', sort: state.sort, limit: PAGE, offset: offset() }).catch(wrongQuery);
      if (found instanceof Problem) {
        return { asked, found: { ...(await api.runs({ ...selection(), query: '', limit: 1 })), runs: [], total: 0 }, wrong: found.message, points: [], leftOut: [] };
      }
      const all = plotted() ? await api.runs({ ...selection(), limit: MOST_POINTS }) : undefined;
      return { asked, found, points: all?.runs ?? [], leftOut: found.total === 0 ? await withoutEach(found) : [] };
    },
    question,
    live,
    concerns(event) {
      if (event.type === 'annotation') {
        annotated(event.data);
      }
      return ofResults(event);
    },
    pause: 1000,
  });
  const search = throttled(() => change({ query: state.query }), 300);
  owner.onClose(search.stop);
  /** What a saved view has of the list; views of the runs of a sweep are not saved. */
  const VIEWED = [...filters, 'grouped', 'sort', 'columns', 'x', 'y'];
  const views = sweep ? undefined : savedViews({
    draw,
    shown: () => Object.fromEntries(VIEWED.map((name) => [name, state[name]])),
    show: (shown) => change(Object.fromEntries(VIEWED.map((name) => [name, shown[name] ?? '']))),
  });
  const fields = runFilters(state, filters, { draw, change, search });

  /** @param {import('../api/types.js').Annotation} latest */
  function annotated({ job, tags, note }) {
    if (view.data) {
      const { found } = view.data;
      found.runs = found.runs.map((run) => (run.id === job ? { ...run, tags, note } : run));
      draw();
      // The set of tags may have changed, as may the runs that have the chosen ones.
      view.reload();
    }
  }

  /** @param {Record<string, string>} changes to what selects or sorts runs */
  function change(changes) {
    keep({ from: '', ...changes });
    view.load();
  }

  /** @param {Record<string, string>} changes to what is shown of them */
  function show(changes) {
    const before = plotted();
    keep(changes);
    if (plotted() && !before) {
      view.load();
    }
  }

  /** @param {number[]} ids @param {boolean} yes */
  function choose(ids, yes) {
    // An answer may arrive when another page is at the address.
    if (!closed) {
      ids.forEach((id) => (yes ? chosen.add(id) : chosen.delete(id)));
      show({ chosen: chosen.size > MOST_IN_ADDRESS ? '' : [...chosen].join(',') });
    }
  }

  /** Chosen runs need not be among those that are shown. @param {number} id */
  function nameOf(id) {
    const run = view.data?.found.runs.find((each) => each.id === id);
    return run ? runName(run) : `#${id}`;
  }

  const chosenBar = chosenRuns(api, { draw, chosen, nameOf, choose, changed: view.reload, closed: () => closed });

  /** Chooses the runs of the whole list, or the newest if there are too many. */
  async function chooseAll() {
    try {
      choose((await api.runs({ ...selection(), limit: MOST_POINTS })).runs.map(({ id }) => id), true);
    } catch (problem) {
      view.failed(problem);
    }
  }

  /** @param {number} group */
  function unfold(group) {
    if (!unfolded.delete(group)) {
      unfolded.add(group);
    }
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

  /** The choice of what is plotted. @param {RunPage} found */
  function axes(found) {
    const across = found.columns.filter(({ name, type }) => name !== 'run' && name !== 'note' && (type === 'number' || type === 'text') && (found.varying.includes(name) || name === state.x));
    const metrics = found.columns.filter(({ type }) => type === 'share' || type === 'seconds');
    /** @param {string} name @param {string} label @param {typeof across} columns @param {string} [none] */
    const axis = (name, label, columns, none) => inlineSelect(
      `plot-${name}`, label, [...(none ? [/** @type {[string, string]} */ (['', none])] : []), ...columns.map((column) => /** @type {[string, string]} */ ([column.name, column.label]))],
      state[name] || (none ? '' : 'test'), (chosen) => show({ y: state.y || 'test', [name]: chosen }));
    return html`${axis('x', 'Plot over', across, 'nothing')} ${state.x ? axis('y', 'Metric', metrics) : nothing}`;
  }

  /** @param {RunPage} found @param {ListedRun[]} points */
  function plots(found, points) {
    const x = found.columns.find(({ name }) => name === state.x);
    const y = found.columns.find(({ name }) => name === state.y);
    const where = sweep ? `Sweep ${sweep}` : 'Runs of this list';
    const figure = x && y && points.length > 0 ? scatterFigure(points, x, y, found.total > points.length ? `The newest ${count(points.length)} runs of the list` : where) : undefined;
    return html`${figure ? shownFigure(figure) : state.x && points.length > 0 ? html`<p class="note">No run of this list has both values.</p>` : nothing}`;
  }

  /** Not in files: these are all settings, most of them a recipe's. @param {RunPage} found @param {import('./run-columns.js').RunColumn[]} columns */
  const common = (found, columns) => commonNote(found.total > 1 ? commonWords(found, columns) : [], 'runs-common', false);

  const grouping = () => checkField({ id: 'grouped', label: 'By configuration', checked: state.grouped !== '', change: (checked) => change({ grouped: checked ? 'yes' : '' }) });

  /** @param {RunPage} found */
  function pages({ runs, total: single, configurations }) {
    const first = offset();
    const [total, shown] = configurations ? [configurations.total, configurations.page.length] : [single, runs.length];
    return total <= PAGE && first === 0
      ? nothing
      : pager({
          id: 'runs',
          label: 'Pages of runs',
          words: shownOf(first, shown, total),
          previous: first > 0 && (() => change({ from: first > PAGE ? String(first - PAGE) : '' })),
          next: first + shown < total && (() => change({ from: String(first + PAGE) })),
        });
  }

  /** @param {NonNullable<typeof view.data>} answer */
  function content({ asked, found: latest, wrong, points, leftOut }) {
    // Rows of a different selection are not shown.
    const found = view.error && asked !== question() ? { ...latest, runs: [], total: 0 } : latest;
    const configurations = found.configurations?.page;
    const columns = (configurations ? configurationColumns : shownColumns)(found, state.columns ? state.columns.split(',') : [], sweep ? ['sweeps'] : []);
    const table = { runs: found.runs, columns, sort: state.sort || '-run', order: (/** @type {string} */ sort) => change({ sort: sort === '-run' ? '' : sort }), chosen, choose, filterByTag: (/** @type {string} */ tag) => change({ tag }), notes };
    // Until the answer without filters is there, their fields stay: somebody may be typing.
    return found.total === 0 && asked === question() && !filters.some((name) => state[name])
      ? empty({ title: 'No runs yet', text: 'Every training that succeeds is a row here, with its parameters and accuracies.', actions: html`<a class="button" href="#/queue">Set up a training</a>` })
      : html`<div class="run-list">${views?.template() ?? nothing} ${fields.fields(found, wrong)}
      ${found.total > 1 ? plots(found, points) : nothing}
      ${found.total === 0
        ? view.error || wrong ? nothing : fields.none(leftOut)
        : html`<div class="run-bar">${chosenBar.bar(found.total, MOST_POINTS, chooseAll)} <div class="run-options">${views?.button() ?? nothing} ${grouping()} ${found.total > 1 ? axes(found) : nothing} ${columnChoice(found, columns)}</div></div>
            ${common(found, columns)}
            ${configurations ? html`${configurationTable({ ...table, groups: configurations, unfolded, unfold })}
              ${filters.some((name) => state[name]) ? html`<p class="note" data-testid="means-of-filtered">Means are over the runs that match the filters, not over all runs of a configuration.</p>` : nothing}` : runTable(table)}
            ${pages(found)} ${termsNote([html`${term('interval', '95 % intervals')} beside accuracies`, ...columns.flatMap(({ name, label }) => (isTerm(name) ? [term(name, label)] : []))])}
            ${tableCopies(configurations ? 'configurations-table' : 'runs-table')} ${viewDownloads(api, 'runs', { ...selection(), sort: state.sort, columns: columns.filter((column) => column !== CURVE).map(({ name }) => name).join(',') }, view.failed)}`}</div>`;
  }

  return {
    /** Whether there are any runs, or a filter that may be the reason why there are none. */
    any: () => view.data !== undefined && (view.data.found.total > 0 || filters.some((name) => state[name])),

    template: () => panel('runs', view.data && !view.data.wrong ? plural(view.data.found.total, 'run') : 'Runs', view.template(content), { testId: 'runs' }),
  };
}
