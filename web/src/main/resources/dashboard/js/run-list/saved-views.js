import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { askingButton } from '../controls/question.js';

/**
 * What a list shows, by the names of its choices; a choice that is missing is the default.
 *
 * @typedef {Record<string, string>} Shown
 */

const KEPT = 'bagnetlab.run-views';
const LONGEST = 40;

/** Whether it is a view with its name. @param {unknown} entry @returns {entry is [string, Shown]} */
const isView = (entry) =>
  Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'object' && entry[1] !== null && Object.values(entry[1]).every((value) => typeof value === 'string');

/** The saved views by name, in the order in which they were saved. @returns {Map<string, Shown>} */
function kept() {
  try {
    return new Map(JSON.parse(localStorage.getItem(KEPT) ?? '[]').filter(isView));
  } catch {
    // Nothing is kept, or something else has been stored under the name.
    return new Map();
  }
}

/** @param {Shown} shown */
const textOf = (shown) => JSON.stringify(Object.entries(shown).filter(([, value]) => value !== '').sort());

/**
 * Views of the list of runs that were saved by name, in this browser: queries, filters, columns, order and grouping.
 *
 * @param {object} list
 * @param {() => void} list.draw
 * @param {() => Shown} list.shown what is shown now
 * @param {(shown: Shown) => void} list.show
 */
export function savedViews({ draw, shown, show }) {
  let views = kept();
  /** The name in the form; undefined if there is no form. @type {string|undefined} */
  let name;
  /** The view that the form renames; undefined if it saves what is shown. @type {string|undefined} */
  let renamed;
  let wrong = '';

  /** @param {Map<string, Shown>} changed */
  function keep(changed) {
    try {
      localStorage.setItem(KEPT, JSON.stringify([...changed]));
      views = changed;
      return true;
    } catch {
      wrong = 'This browser stores nothing for this page. The address of this page shows the same view: keep it as a bookmark.';
      return false;
    }
  }

  /** @param {string|undefined} view to rename */
  function ask(view) {
    renamed = view;
    name = view ?? '';
    wrong = '';
    draw();
    requestAnimationFrame(() => /** @type {HTMLElement|null} */ (document.querySelector('#view-name'))?.focus());
  }

  function close() {
    name = undefined;
    wrong = '';
    draw();
  }

  /** @param {Event} event */
  function save(event) {
    event.preventDefault();
    // Another tab may have saved one in the meantime.
    views = kept();
    const chosen = (name ?? '').trim();
    if (chosen === '') {
      wrong = 'Enter a name.';
    } else if (chosen !== renamed && views.has(chosen)) {
      wrong = `There is already a view “${chosen}”.`;
    } else if (keep(renamed === undefined ? new Map([...views, [chosen, { ...shown() }]]) : new Map([...views].map(([each, view]) => [each === renamed ? chosen : each, view])))) {
      close();
      return;
    }
    draw();
  }

  /** @param {string} view */
  function remove(view) {
    views = kept();
    keep(new Map([...views].filter(([each]) => each !== view)));
    draw();
  }

  const form = () => html`<form class="inline-field" @submit=${save} @keydown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && close()}>
    <label class="inline-field">${renamed === undefined ? 'Name of this view' : 'New name'} <input type="text" id="view-name" maxlength=${LONGEST} autocomplete="off" .value=${live(name ?? '')} data-testid="view-name"
      aria-invalid=${wrong ? 'true' : nothing} aria-describedby="view-wrong" @input=${(/** @type {any} */ event) => { name = event.target.value; wrong = ''; draw(); }}></label>
    <button class="button button-small" type="submit" data-testid="view-keep">Save</button>
    <button class="button button-small" type="button" @click=${close}>Cancel</button></form>`;

  /** The name of the view that is shown, if it is saved. */
  const opened = () => [...views].find(([, view]) => textOf(view) === textOf(shown()))?.[0];

  return {
    /** The button that saves what is shown, unless that is the whole list, or saved. */
    button: () => (name !== undefined || opened() !== undefined || textOf(shown()) === textOf({})
      ? nothing
      : html`<button class="button button-small" type="button" data-testid="view-save" @click=${() => ask(undefined)}>Save view</button>`),

    /** The saved views, and what can be done with the one that is shown. */
    template() {
      const view = opened();
      return views.size === 0 && name === undefined
        ? nothing
        : html`<div class="run-views" role="group" aria-label="Saved views">
          ${[...views].map(([each, saved]) => html`<button class="tag tag-own" type="button" aria-pressed=${each === view} data-view=${each} @click=${() => show(saved)}>${each}</button>`)}
          ${name !== undefined
            ? form()
            : view === undefined
              ? nothing
              : html`<button class="button button-small" type="button" data-testid="view-rename" aria-label=${`Rename the view ${view}`} @click=${() => ask(view)}>Rename</button>
                ${askingButton({
                  id: 'view-delete', verb: 'Delete view', small: true, busy: false, label: `Delete view ${view}`, action: () => remove(view),
                  question: { label: `Delete the view ${view}?`, text: `Delete the saved view “${view}”? Its runs stay.`, id: 'view-delete-confirm' },
                })}`}
          <span class="error" id="view-wrong" role="alert">${wrong}</span></div>`;
    },
  };
}
