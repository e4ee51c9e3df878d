import { html, nothing } from 'lit-html';
import { bytes, duration } from '../app/format.js';
import { bar } from '../controls/bar.js';
import { fileField, textField } from '../controls/field.js';
import { failure } from '../controls/notices.js';
import { sending } from '../controls/sending.js';

/** The server's rule for names, checked here because the server can refuse only a file that is already being sent. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The server's limit in bytes, checked here for the same reason. */
const LARGEST = 2 ** 34;

/** Before that an estimate is not worth saying. */
const ESTIMATED_AFTER_MS = 2_000;

/** A valid name, derived from a file's. @param {string} file */
const nameOf = (file) =>
  file
    .toLowerCase()
    .replace(/\.zip$/, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 64);

/**
 * The form that uploads a zip file of images, whose import is followed elsewhere.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, taken: (name: string) => string|undefined, received: () => void}} page
 *     taken: why a name cannot be used, if so; received: an import may have begun
 */
export function datasetForm(api, { draw, taken, received }) {
  let name = '';
  /** @type {File|undefined} */
  let file;
  let named = false;
  /** @type {{share: number, since: number, stop: AbortController}|undefined} */
  let upload;

  const { state, submit } = sending({
    draw,
    check,
    send,
    fieldOf: ({ field, code }) => (field === 'name' ? 'name' : code === 'too-large' ? 'file' : undefined),
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
      name = nameOf(file.name);
      delete state.errors.name;
    }
    draw();
  }

  /** Validates before anything is sent. @returns {Record<string, string>} */
  function check() {
    const why = taken(name);
    return {
      ...(!file && { file: 'Choose a zip file.' }),
      ...(file && !/\.zip$/i.test(file.name) && { file: 'This is not a zip file. Pack the folder with the images into one.' }),
      ...(file && file.size === 0 && { file: 'The file is empty.' }),
      ...(file && file.size > LARGEST && { file: 'The file is larger than 16 GiB. Import it on the server’s machine, with bagnetlab dataset import.' }),
      ...(!NAME.test(name) && { name: 'A name has up to 64 lower-case letters, digits, dots, dashes and underscores, and starts with a letter or digit.' }),
      ...(why !== undefined && { name: why }),
    };
  }

  /** @param {HTMLFormElement} form */
  async function send(form) {
    const progress = { share: 0, since: Date.now(), stop: new AbortController() };
    upload = progress;
    const sent = (/** @type {number} */ share) => {
      progress.share = share;
      draw();
    };
    try {
      const chosen = /** @type {File} */ (file);
      await api.uploadDataset({ name, source: chosen.name }, chosen, sent, progress.stop.signal);
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
      received();
    }
  }

  /** @param {{share: number, since: number}} progress */
  function words({ share, since }) {
    const size = file?.size ?? 0;
    if (share >= 1) {
      return 'All sent';
    }
    const passed = Date.now() - since;
    const left = share > 0 && passed > ESTIMATED_AFTER_MS ? `, ${duration(((passed / share) * (1 - share)) / 1000)} left` : '';
    return `${bytes(Math.round(share * size))} of ${bytes(size)} sent${left}`;
  }

  return {
    /** Cancels an upload: no one would see it end. */
    close: () => upload?.stop.abort(),

    template: () => html`<form class="form" novalidate @submit=${submit} data-testid="dataset-form">
      ${fileField({ name: 'file', label: 'Zip file', file, error: state.errors.file, disabled: upload !== undefined, change: choose,
        hint: file ? bytes(file.size) : 'One folder per class: train/Coast/1.jpg and test/Coast/2.jpg, or just Coast/1.jpg' })}
      ${textField({ name: 'name', label: 'Name', mode: 'text', value: name, error: state.errors.name, change: rename, hint: 'For example scene15' })}
      ${upload
        ? html`<div class="sending" role="status" data-testid="upload-progress" data-share=${upload.share.toFixed(2)}>
            ${bar(upload.share, words(upload))}<span>${words(upload)}</span>
            <button class="button button-small" type="button" @click=${() => upload?.stop.abort()} data-testid="upload-stop">Cancel</button></div>`
        : nothing}
      ${state.problem ? failure(state.problem) : nothing}
      <button class="button button-primary" type="submit" ?disabled=${state.busy} data-testid="import">Import</button>
    </form>`,
  };
}
