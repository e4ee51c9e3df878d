import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { runsHref } from '../app/routes.js';
import { failure } from '../controls/notices.js';
import { sending } from '../controls/sending.js';

/**
 * The annotation of a run, as shown.
 *
 * @typedef {{id: number, tags: string[], note?: string}} Annotated
 */

const LONGEST_NOTE = 2000;
const TAG = /^[A-Za-z0-9._-]{1,32}$/;

/** The tags in a text, separated by spaces or commas. @param {string} text */
export const tagsIn = (text) => text.split(/[\s,]+/).filter(Boolean);

/** What is wrong with the tags in a text, if anything. @param {string} text */
export function wrongTag(text) {
  const wrong = tagsIn(text).find((name) => !TAG.test(name));
  return wrong === undefined ? undefined : `A tag has 1 to 32 letters, digits, dots, hyphens and underscores, but one is “${wrong}”.`;
}

/** The name of the button that opens the form for a run; it contains the words that the button shows. @param {{tags: string[], note?: string}} run @param {string} name */
export const buttonLabel = ({ tags, note }, name) => (tags.length > 0 || note ? `Edit tags and note of ${name}` : `Add tags or a note to ${name}`);

/**
 * Tags and notes of runs, and a form that edits one run's at a time.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, saved: (latest: import('../api/types.js').Annotation) => void}} page
 */
export function annotations(api, { draw, saved }) {
  /** The run whose form is shown, as it was when the form was opened: the page's own copy changes. @type {Annotated|undefined} */
  let edited;
  let tags = '';
  let note = '';

  const { state, submit } = sending({
    draw,
    check() {
      const wrong = wrongTag(tags);
      return { ...(wrong !== undefined && { tags: wrong }) };
    },
    send: save,
    fieldOf: ({ field }) => (field === 'add' || field === 'remove' ? 'tags' : field === 'note' ? field : undefined),
  });

  /** Sets the focus after the next rendering, which has already been requested. @param {string} selector */
  const focus = (selector) => requestAnimationFrame(() => /** @type {HTMLElement|null} */ (document.querySelector(selector))?.focus());

  /** @param {Annotated} run */
  function edit(run) {
    edited = { ...run };
    tags = run.tags.join(' ');
    note = run.note ?? '';
    state.errors = {};
    state.problem = undefined;
    draw();
    focus(`#annotation-tags-${run.id}`);
  }

  /** @param {number} id */
  function stop(id) {
    edited = undefined;
    draw();
    focus(`[data-annotate="${id}"]`);
  }

  async function save() {
    const run = /** @type {Annotated} */ (edited);
    const names = tagsIn(tags);
    // Sends only the changes, so that a tag that someone else has added in the meantime is kept.
    const add = names.filter((name) => !run.tags.includes(name));
    const remove = run.tags.filter((name) => !names.includes(name));
    if (add.length > 0 || remove.length > 0) {
      saved(await api.changeTags(run.id, { add, remove }));
      edited = { ...run, tags: names };
    }
    if (note.trim() !== (run.note ?? '')) {
      saved(await api.setNote(run.id, note));
    }
    stop(run.id);
  }

  /** @param {KeyboardEvent} event @param {number} id */
  function escape(event, id) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      stop(id);
    }
  }

  /** @param {string} name */
  const error = (name) => (state.errors[name] ? html`<p class="error" id=${`annotation-error-${name}`} role="alert" data-testid=${`annotation-error-${name}`}>${state.errors[name]}</p>` : nothing);

  /** The form. @param {Annotated} run */
  const form = (run) => html`<form class="annotation-form" aria-label=${`Tags and note of run #${run.id}`} data-testid="annotation-form"
      @keydown=${(/** @type {KeyboardEvent} */ event) => escape(event, run.id)}
      @submit=${submit}>
    <div class="field"><label for=${`annotation-tags-${run.id}`}>Tags, separated by spaces</label>
      <input type="text" id=${`annotation-tags-${run.id}`} autocomplete="off" spellcheck="false" .value=${live(tags)} data-testid="annotation-tags"
        aria-invalid=${state.errors.tags ? 'true' : nothing} aria-describedby=${state.errors.tags ? 'annotation-error-tags' : nothing}
        @input=${(/** @type {any} */ event) => { tags = event.target.value; }}>${error('tags')}</div>
    <div class="field"><label for=${`annotation-note-${run.id}`}>Note</label>
      <textarea id=${`annotation-note-${run.id}`} rows="3" maxlength=${LONGEST_NOTE} .value=${live(note)} data-testid="annotation-note"
        aria-invalid=${state.errors.note ? 'true' : nothing} aria-describedby=${state.errors.note ? 'annotation-error-note' : nothing}
        @input=${(/** @type {any} */ event) => { note = event.target.value; }}></textarea>${error('note')}</div>
    ${state.problem ? failure(state.problem) : nothing}
    <div class="actions"><button class="button button-small button-primary" type="submit" ?disabled=${state.busy} data-testid="annotation-save">Save</button>
      <button class="button button-small" type="button" @click=${() => stop(run.id)}>Cancel</button></div>
  </form>`;

  /** The button that opens the form. @param {Annotated} run */
  const button = (run) => html`<button class="button button-small changes" type="button" data-annotate=${run.id} data-testid=${`annotate-${run.id}`}
    aria-label=${buttonLabel(run, `run #${run.id}`)} @click=${() => edit(run)}>${run.tags.length > 0 || run.note ? 'Edit' : 'Add tags or a note'}</button>`;

  return {
    /** @param {number} id */
    edits: (id) => edited?.id === id,
    edit,
    form,

    /** A run's tags and note, with the button or the form, for the run's page. @param {Annotated} run */
    line: (run) => html`<div class="annotation" data-testid="annotation">
      ${edited?.id === run.id
        ? form(run)
        : html`${run.tags.map((tag) => html`<a class="tag tag-own" href=${runsHref(tag)}>${tag}</a>`)}
            ${run.note ? html`<p class="annotation-note">${run.note}</p>` : nothing} ${button(run)}`}</div>`,
  };
}
