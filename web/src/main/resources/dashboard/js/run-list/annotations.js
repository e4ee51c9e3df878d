import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { Problem } from '../api/client.js';
import { runsHref } from '../app/routes.js';

/**
 * What is shown of a run's annotation.
 *
 * @typedef {{id: number, tags: string[], note?: string}} Annotated
 */

const LONGEST_NOTE = 2000;
const TAG = /^[A-Za-z0-9._-]{1,32}$/;

/** The part of the form that a field of a request is from. @param {string} [field] */
const partOf = (field) => (field === 'add' || field === 'remove' ? 'tags' : field || 'other');

/** The names in a text, with blanks or commas between them. @param {string} text */
const tagsIn = (text) => text.split(/[\s,]+/).filter(Boolean);

/**
 * Tags and notes of runs, and a form to change those of one at a time.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, saved: (latest: import('../api/types.js').Annotation) => void}} page
 */
export function annotations(api, { draw, saved }) {
  /** @type {number|undefined} */
  let edited;
  /** @type {string[]} */
  let tagsBefore = [];
  let tags = '';
  let note = '';
  let busy = false;
  /** @type {Record<string, string>} */
  let errors = {};

  /** After the next drawing, which was requested before. @param {string} selector */
  const focus = (selector) => requestAnimationFrame(() => /** @type {HTMLElement|null} */ (document.querySelector(selector))?.focus());

  /** @param {Annotated} run */
  function edit(run) {
    edited = run.id;
    tagsBefore = run.tags;
    tags = run.tags.join(' ');
    note = run.note ?? '';
    errors = {};
    draw();
    focus(`#annotation-tags-${run.id}`);
  }

  /** @param {number} id */
  function stop(id) {
    edited = undefined;
    draw();
    focus(`[data-annotate="${id}"]`);
  }

  /** @param {Annotated} run */
  async function save(run) {
    const names = tagsIn(tags);
    const wrong = names.find((name) => !TAG.test(name));
    errors = wrong === undefined ? {} : { tags: `A tag has 1 to 32 letters, digits, dots, hyphens and underscores, but one is “${wrong}”.` };
    if (busy || wrong !== undefined) {
      draw();
      return;
    }
    busy = true;
    draw();
    try {
      // Only the changes, so that a tag which somebody else has added meanwhile stays.
      const add = names.filter((name) => !tagsBefore.includes(name));
      const remove = tagsBefore.filter((name) => !names.includes(name));
      if (add.length > 0 || remove.length > 0) {
        saved(await api.changeTags(run.id, { add, remove }));
        tagsBefore = names;
      }
      if (note.trim() !== (run.note ?? '')) {
        saved(await api.setNote(run.id, note));
      }
      stop(run.id);
    } catch (cause) {
      errors = { [cause instanceof Problem ? partOf(cause.field) : 'other']: cause instanceof Error ? cause.message : String(cause) };
    }
    busy = false;
    draw();
  }

  /** @param {KeyboardEvent} event @param {number} id */
  function escape(event, id) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      stop(id);
    }
  }

  /** @param {string} name */
  const error = (name) => (errors[name] ? html`<p class="error" id=${`annotation-error-${name}`} role="alert" data-testid=${`annotation-error-${name}`}>${errors[name]}</p>` : nothing);

  /** The form. @param {Annotated} run */
  const form = (run) => html`<form class="annotation-form" aria-label=${`Tags and note of run #${run.id}`} data-testid="annotation-form"
      @keydown=${(/** @type {KeyboardEvent} */ event) => escape(event, run.id)}
      @submit=${(/** @type {Event} */ event) => { event.preventDefault(); save(run); }}>
    <div class="field"><label for=${`annotation-tags-${run.id}`}>Tags, with blanks between them</label>
      <input type="text" id=${`annotation-tags-${run.id}`} autocomplete="off" spellcheck="false" .value=${live(tags)} data-testid="annotation-tags"
        aria-invalid=${errors.tags ? 'true' : nothing} aria-describedby=${errors.tags ? 'annotation-error-tags' : nothing}
        @input=${(/** @type {any} */ event) => { tags = event.target.value; }}>${error('tags')}</div>
    <div class="field"><label for=${`annotation-note-${run.id}`}>Note</label>
      <textarea id=${`annotation-note-${run.id}`} rows="3" maxlength=${LONGEST_NOTE} .value=${live(note)} data-testid="annotation-note"
        aria-invalid=${errors.note ? 'true' : nothing} aria-describedby=${errors.note ? 'annotation-error-note' : nothing}
        @input=${(/** @type {any} */ event) => { note = event.target.value; }}></textarea>${error('note')}</div>
    ${error('other')}
    <div class="actions"><button class="button button-small button-primary" type="submit" ?disabled=${busy} data-testid="annotation-save">Save</button>
      <button class="button button-small" type="button" @click=${() => stop(run.id)}>Cancel</button></div>
  </form>`;

  /** The button that opens the form. @param {Annotated} run */
  const button = (run) => html`<button class="button button-small changes" type="button" data-annotate=${run.id} data-testid=${`annotate-${run.id}`}
    aria-label=${`Edit tags and note of run #${run.id}`} @click=${() => edit(run)}>${run.tags.length > 0 || run.note ? 'Edit' : 'Add tags or a note'}</button>`;

  return {
    /** @param {number} id */
    edits: (id) => edited === id,
    edit,
    form,

    /** A run's tags and note with the button or the form, on the run's page. @param {Annotated} run */
    line: (run) => html`<div class="annotation" data-testid="annotation">
      ${edited === run.id
        ? form(run)
        : html`${run.tags.map((tag) => html`<a class="tag tag-own" href=${runsHref(tag)}>${tag}</a>`)}
            ${run.note ? html`<p class="annotation-note">${run.note}</p>` : nothing} ${button(run)}`}</div>`,
  };
}
