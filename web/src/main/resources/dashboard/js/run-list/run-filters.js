import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { plural } from '../app/format.js';
import { inlineSelect } from '../controls/field.js';
import { empty } from '../controls/notices.js';
import { ORDER_OF_STATES, stateWord } from '../job/words.js';
import { parametersIn, withParameter } from './parameter-values.js';
import { wordsOf } from './run-columns.js';

/**
 * @typedef {import('../api/types.js').RunPage} RunPage
 *
 * An active filter: its description, the changes that undo it, and the number of runs without it.
 * @typedef {{words: string, without: Record<string, string>, total?: number}} Chosen
 */

/** @type {[value: string, words: string][]} */
const CONVERGED = [['false', 'yes'], ['true', 'no']];

/** The states of jobs that are runs, or that are shown but not a job's own. */
const OF_RUNS = ['SUCCEEDED', 'PRUNED'];

/** What a query can ask. */
const SEARCHED = 'Words are found in titles, networks, sweeps, tags and notes of runs, which are jobs with results; columns are compared as in test > 0.9 or trouble = diverged.';

/** @type {Record<string, string>} */
const WORDS = { dataset: 'Data set', network: 'Network', sweep: 'Sweep', converged: 'Still improving at the end', tag: 'Tag', query: 'Search' };

/**
 * The active filters, with a separate one for each parameter's value.
 *
 * @param {Record<string, string>} state by the filters' names
 * @param {string[]} filters
 * @param {RunPage} [found]
 * @returns {Chosen[]}
 */
export const chosenFilters = (state, filters, found) =>
  filters
    .filter((name) => state[name])
    .flatMap((name) =>
      name === 'parameter'
        ? [...parametersIn(state.parameter)].map(([parameter, value]) => ({
            words: parameterWords(parameter, value, found),
            without: { parameter: withParameter(state.parameter, parameter, '') },
          }))
        : [{ words: `${WORDS[name]} ${valueWords(name, state[name], found)}`, without: { [name]: '' } }],
    );

/** @param {string} name @param {string} value @param {RunPage} [found] */
function parameterWords(name, value, found) {
  const column = found?.columns.find((each) => each.name === name);
  return column ? `${column.label} ${wordsOf(column, value)}` : `${name} ${value}`;
}

/** @param {string} name @param {string} value @param {RunPage} [found] */
function valueWords(name, value, found) {
  switch (name) {
    case 'network':
      return found?.networks.find(({ architecture }) => architecture === value)?.label ?? value;
    case 'converged':
      return CONVERGED.find(([each]) => each === value)?.[1] ?? value;
    case 'query':
      return `“${value}”`;
    default:
      return value;
  }
}

/**
 * The fields that filter runs.
 *
 * @param {Record<string, string>} state by the filters' names
 * @param {string[]} filters names of the fields
 * @param {{draw: () => void, change: (changes: Record<string, string>) => void, search: () => void}} page
 */
export function runFilters(state, filters, { draw, change, search }) {
  /** The parameter whose value is being chosen. */
  let asked = '';
  /** Whether the query is being edited. */
  let querying = false;

  /**
   * @param {string} name
   * @param {string} any label for no choice
   * @param {[value: string, words: string][]} options
   */
  function select(name, any, options) {
    const all = options.some(([value]) => value === state[name]) || state[name] === '' ? options : [...options, /** @type {[string, string]} */ ([state[name], state[name]])];
    return all.length < (name === 'tag' ? 1 : 2) && state[name] === ''
      ? nothing
      : inlineSelect(`runs-${name}`, WORDS[name], [['', any], ...all], state[name], (value) => change({ [name]: value }));
  }

  /** @param {string} name @returns {[string, string]} */
  const same = (name) => [name, name];

  /** @param {string} value */
  function set(value) {
    if (value.trim() !== '') {
      const parameter = withParameter(state.parameter, asked, value);
      asked = '';
      change({ parameter });
    }
  }

  /** Appends the name of a column to the query. @param {string} name */
  function append(name) {
    state.query = `${state.query.trim()} ${name} `.trimStart();
    search();
    draw();
    requestAnimationFrame(() => /** @type {HTMLElement|null} */ (document.querySelector('#runs-query'))?.focus());
  }

  /** @param {FocusEvent} event */
  function leave({ currentTarget, relatedTarget }) {
    querying = /** @type {Element} */ (currentTarget).contains(/** @type {Node|null} */ (relatedTarget));
    draw();
  }

  /** The field for words and comparisons; while it is empty or wrong, with the names of columns. @param {RunPage} found @param {string} [wrong] */
  const query = ({ columns, varying }, wrong) => html`<div class="run-query" @focusin=${() => { querying = true; draw(); }} @focusout=${leave}>
    <label class="inline-field">Search
      <input type="search" id="runs-query" placeholder="words, or test > 0.9 and width = 0.25" maxlength="1000" autocomplete="off" spellcheck="false"
        .value=${live(state.query)} aria-invalid=${wrong ? 'true' : nothing} aria-describedby="runs-query-wrong" data-testid="runs-search"
        @input=${(/** @type {any} */ event) => { state.query = event.target.value; search(); draw(); }}></label>
    <p class="error" id="runs-query-wrong" role="status" data-testid="runs-query-wrong">${wrong ?? nothing}</p>
    ${querying && (wrong || state.query.trim() === '')
      ? html`<p class="hint run-query-columns" data-testid="runs-query-columns">Compare with = != < <= > >=, join with and, or, not:
          ${columns.filter(({ name }) => wrong || varying.includes(name)).map(({ name, label }) => html`<button class="tag tag-own" type="button" title=${label} @click=${() => append(name)}>${name}</button> `)}</p>`
      : nothing}</div>`;

  /** A select for a parameter, followed by its value: one that runs have, or any. @param {RunPage} found */
  function parameters(found) {
    if (found.parameters.length === 0) {
      return nothing;
    }
    const label = (/** @type {string} */ name) => found.columns.find((column) => column.name === name)?.label ?? name;
    const values = found.parameters.find(({ name }) => name === asked)?.values ?? [];
    return html`<label class="inline-field">Parameter
        <select data-testid="runs-parameter" @change=${(/** @type {any} */ event) => { asked = event.target.value; draw(); }}>
          <option value="" .selected=${live(asked === '')}>any</option>
          ${found.parameters.map(({ name }) => html`<option value=${name} .selected=${live(name === asked)}>${label(name)}</option>`)}
        </select></label>
      ${asked === '' ? nothing : html`<label class="inline-field">${label(asked)}
        <input type="text" class="run-value" list="run-values" autocomplete="off" spellcheck="false" .value=${live('')} data-testid="runs-value"
          @change=${(/** @type {any} */ event) => set(event.target.value)}>
        <datalist id="run-values">${values.map((value) => html`<option value=${String(value)}></option>`)}</datalist></label>`}`;
  }

  /** @param {RunPage} found */
  const chips = (found) =>
    [...parametersIn(state.parameter)].map(([name, value]) => {
      const words = parameterWords(name, value, found);
      return html`<button class="tag tag-own" type="button" data-testid=${`without-${name}`} aria-label=${`Remove ${words}`}
        @click=${() => change({ parameter: withParameter(state.parameter, name, '') })}>${words} <span aria-hidden="true">✕</span></button>`;
    });

  /** @param {RunPage} found @param {string} [wrong] what is wrong with the query */
  const fields = (found, wrong) => html`<div class="filters" role="search" aria-label="Runs">
    ${query(found, wrong)}
    ${select('dataset', 'all', found.datasets.map(same))}
    ${select('network', 'all', found.networks.map(({ architecture, label }) => [architecture, label]))}
    ${filters.includes('sweep') ? select('sweep', 'any or none', found.sweeps.map(same)) : nothing}
    ${select('converged', 'any', CONVERGED)}
    ${select('tag', 'any or none', found.tags.map(same))}
    ${parameters(found)} ${chips(found)}
    ${filters.some((name) => state[name]) ? html`<button class="button button-small" type="button" data-testid="runs-all" @click=${showAll}>Show all</button>` : nothing}
  </div>`;

  const showAll = () => change(Object.fromEntries(filters.map((name) => [name, ''])));

  /** Jobs without results are no runs: where those in a state are that the query names. A training that diverged may have failed. */
  function queueLinks() {
    const states = ORDER_OF_STATES.filter((each) => !OF_RUNS.includes(each) && new RegExp(`\\b${each === 'FAILED' ? 'failed|trouble|diverged' : stateWord(each)}\\b`, 'i').test(state.query));
    return states.map((each) => html`<a class="button button-small" href=${`#/queue?state=${each}`} data-testid=${`queue-${each}`}>${stateWord(each)} jobs are in the queue</a>`);
  }

  /** A note on why there are no runs, and which filters to remove. @param {Chosen[]} chosen */
  function none(chosen) {
    const helps = chosen.filter(({ total }) => total !== undefined && total > 0);
    const why = helps.length === 0 ? 'even without one of these there is none.' : chosen.length > 1 ? 'no run has all of these.' : 'no run has this.';
    return empty({
      id: 'runs-none',
      title: 'No run matches these filters',
      text: `${chosen.map(({ words }) => words).join(', ')}: ${why}${state.query ? ` ${SEARCHED}` : ''}`,
      actions: html`${queueLinks()} ${helps.map(({ words, without, total = 0 }) => html`<button class="button button-small" type="button"
          @click=${() => change(without)}>Remove ${words}: ${plural(total, 'run')}</button>`)}
        ${helps.length === 0 ? html`<button class="button button-small" type="button" @click=${showAll}>Remove all filters</button>` : nothing}`,
    });
  }

  return { fields, none };
}
