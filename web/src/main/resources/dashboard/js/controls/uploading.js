import { html, nothing } from 'lit-html';
import { bytes, duration } from '../app/format.js';
import { bar } from './bar.js';
import { fileField, textField } from './field.js';
import { failure } from './notices.js';
import { sending } from './sending.js';

/** The server's rule for names, checked here because the server can reject a name only once the file is being sent. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Before that, an estimate of the remaining time is not useful. */
const ESTIMATED_AFTER_MS = 2_000;

/**
 * A form that uploads a file under a name, which is the file's own until the user enters another.
 *
 * @param {() => void} draw
 * @param {object} form
 * @param {RegExp} form.extensions file extensions, which are not part of the name
 * @param {() => import('./sending.js').FieldErrors} form.check further errors that the server could report only once the file is being sent
 * @param {(sent: (share: number) => void, signal: AbortSignal) => Promise<unknown>} form.send
 * @param {(problem: import('../api/client.js').Problem) => string|undefined} form.fieldOf
 */
export function uploading(draw, { extensions, check, send, fieldOf }) {
  let name = '';
  let named = false;
  /** @type {File|undefined} */
  let file;
  /** @type {{share: number, since: number, stop: AbortController}|undefined} */
  let upload;

  const { state, submit } = sending({
    draw,
    check: () => ({
      ...(!NAME.test(name) && { name: 'A name has up to 64 lower-case letters, digits, dots, dashes and underscores, and starts with a letter or digit.' }),
      ...check(),
    }),
    async send(form) {
      const progress = { share: 0, since: Date.now(), stop: new AbortController() };
      upload = progress;
      const sent = (/** @type {number} */ share) => {
        progress.share = share;
        draw();
      };
      try {
        await send(sent, progress.stop.signal);
        form.reset();
        file = undefined;
        named = false;
        name = '';
      } catch (cause) {
        // The user cancelled it.
        if (!progress.stop.signal.aborted) {
          throw cause;
        }
      } finally {
        upload = undefined;
      }
    },
    fieldOf,
  });

  /** @param {string} value */
  function rename(value) {
    name = value.trim();
    named = true;
    delete state.errors.name;
    draw();
  }

  /** @param {File|undefined} chosen */
  function choose(chosen) {
    file = chosen;
    state.problem = undefined;
    delete state.errors.file;
    if (file && !named) {
      name = file.name.toLowerCase().replace(extensions, '').replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '').slice(0, 64);
      delete state.errors.name;
    }
    draw();
  }

  /** @param {{share: number, since: number}} progress @param {string} sent the message once the whole file was sent */
  function words({ share, since }, sent) {
    if (share >= 1) {
      return sent;
    }
    const size = file?.size ?? 0;
    const passed = Date.now() - since;
    const left = share > 0 && passed > ESTIMATED_AFTER_MS ? `, ${duration(((passed / share) * (1 - share)) / 1000)} left` : '';
    return `${bytes(Math.round(share * size))} of ${bytes(size)} sent${left}`;
  }

  return {
    state,
    name: () => name,
    file: () => file,

    /** Cancels an upload: its end could no longer be shown. */
    close: () => upload?.stop.abort(),

    /**
     * @param {{id: string, label: string, hint: string, nameHint?: string, sent: string}} texts sent: the message once the whole file was sent
     * @param {unknown} [more] further fields
     * @param {unknown} [outcome]
     */
    template: ({ id, label, hint, nameHint, sent }, more = nothing, outcome = nothing) => html`<form class="form" novalidate @submit=${submit} data-testid=${id}>
      ${fileField({ name: 'file', label, file, error: state.errors.file, disabled: upload !== undefined, change: choose, hint: file ? bytes(file.size) : hint })}
      ${textField({ name: 'name', label: 'Name', mode: 'text', value: name, error: state.errors.name, change: rename, hint: nameHint })}
      ${more}
      ${upload
        ? html`<div class="sending" role="status" data-testid="upload-progress" data-share=${upload.share.toFixed(2)}>
            ${bar(upload.share, words(upload, sent))}<span>${words(upload, sent)}</span>
            <button class="button button-small" type="button" @click=${() => upload?.stop.abort()} data-testid="upload-stop">Cancel</button></div>`
        : nothing}
      ${state.problem ? failure(state.problem) : nothing} ${outcome}
      <button class="button button-primary" type="submit" ?disabled=${state.busy} data-testid="import">Import</button>
    </form>`,
  };
}
