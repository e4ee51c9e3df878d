import { html, nothing } from 'lit-html';
import { bytes } from '../app/format.js';
import { bar } from '../controls/bar.js';
import { choiceField, fileField, textField } from '../controls/field.js';
import { failure } from '../controls/notices.js';
import { sending } from '../controls/sending.js';

/**
 * @typedef {import('../api/types.js').Weights} Weights
 * @typedef {{name: string, architecture: string, source: string, regime: string}} Entries
 */

/** The server's rule for names, checked here because the server can refuse only a file that is already being sent. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The server's limit in bytes, checked here because the server can refuse only a file that is already being sent. */
const LARGEST = 2 ** 31;

/** A valid name, derived from a file's. @param {string} file */
const nameOf = (file) =>
  file
    .toLowerCase()
    .replace(/(\.pth)?\.(pth|pt|tar|bin|safetensors)$/, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 64);

/**
 * The form that imports a checkpoint.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, taken: (name: string) => boolean, imported: (weights: Weights) => void}} page
 */
export function weightsForm(api, { draw, taken, imported }) {
  /** @type {Entries} */
  const entries = { name: '', architecture: '', source: '', regime: '' };
  /** @type {File|undefined} */
  let file;
  let named = false;
  /** @type {Weights|undefined} */
  let done;
  /** @type {{share: number, stop: AbortController}|undefined} */
  let upload;
  /** @type {import('../api/types.js').ArchitectureChoice[]} */
  let architectures = [];

  const { state, submit } = sending({
    draw,
    check,
    send,
    fieldOf: ({ field }) => (field !== undefined && (field in entries || field === 'file') ? field : undefined),
  });

  api.architectures().then(
    (choices) => {
      architectures = choices.architectures;
      draw();
    },
    () => {
      // The list beside the form reports an unreachable server.
    },
  );

  const labelOf = (/** @type {string} */ architecture) => architectures.find(({ name }) => name === architecture)?.label ?? architecture;

  /** @param {keyof Entries} name @param {string} value */
  function change(name, value) {
    entries[name] = name === 'name' ? value.trim() : value;
    named ||= name === 'name';
    delete state.errors[name];
    draw();
  }

  /** @param {File|undefined} chosen */
  function choose(chosen) {
    file = chosen;
    state.problem = undefined;
    done = undefined;
    delete state.errors.file;
    if (file && !named) {
      entries.name = nameOf(file.name);
      delete state.errors.name;
    }
    draw();
  }

  /** Validates before anything is sent. @returns {Record<string, string>} */
  function check() {
    const { name } = entries;
    done = undefined;
    return {
      ...(!file && { file: 'Choose a file.' }),
      ...(file && file.size > LARGEST && { file: 'The file is larger than 2 GiB.' }),
      ...(!NAME.test(name) && { name: 'A name has up to 64 lower-case letters, digits, dots, dashes and underscores, and starts with a letter or digit.' }),
      ...(taken(name) && { name: `Weights named ${name} already exist: choose another name, or delete them first.` }),
    };
  }

  /** @param {HTMLFormElement} form */
  async function send(form) {
    const progress = { share: 0, stop: new AbortController() };
    upload = progress;
    const sent = (/** @type {number} */ share) => {
      progress.share = share;
      draw();
    };
    try {
      done = await api.importWeights({ ...entries }, /** @type {File} */ (file), sent, progress.stop.signal);
      imported(done);
      clear(form);
    } catch (cause) {
      // The user cancelled it.
      if (!progress.stop.signal.aborted) {
        throw cause;
      }
    } finally {
      upload = undefined;
    }
  }

  /** @param {HTMLFormElement} form */
  function clear(form) {
    form.reset();
    file = undefined;
    named = false;
    Object.assign(entries, { name: '', architecture: '', source: '', regime: '' });
  }

  /** @param {{share: number, stop: AbortController}} progress */
  function progress({ share, stop }) {
    const size = file?.size ?? 0;
    const words = share < 1 ? `${bytes(Math.round(share * size))} of ${bytes(size)} sent` : 'Sent; the server is checking names, shapes and values';
    return html`<div class="sending" role="status" data-testid="upload-progress" data-share=${share.toFixed(2)}>
      ${bar(share, words)}<span>${words}</span>
      <button class="button button-small" type="button" @click=${() => stop.abort()} data-testid="upload-stop">Cancel</button></div>`;
  }

  /** @param {keyof Entries} name @param {string} label */
  const bound = (name, label) => ({
    name,
    label,
    value: entries[name],
    error: state.errors[name],
    change: (/** @type {string} */ value) => change(name, value),
  });

  return {
    /** Cancels an upload: no one would see it end. */
    close: () => upload?.stop.abort(),

    template: () => html`<form class="form" novalidate @submit=${submit} data-testid="weights-form">
      ${fileField({ name: 'file', label: 'Checkpoint', file, error: state.errors.file, disabled: upload !== undefined, change: choose,
        hint: file ? bytes(file.size) : 'PyTorch (.pth, .pt) or safetensors' })}
      ${textField({ ...bound('name', 'Name'), mode: 'text' })}
      ${choiceField({ ...bound('architecture', 'Network'),
        options: [{ value: '', label: 'detected from the file' }, ...architectures.map(({ name, label, family }) => ({ value: name, label, group: family }))] })}
      ${textField({ ...bound('source', 'Source'), mode: 'text', hint: 'Where the file comes from, for readers of the results.' })}
      ${textField({ ...bound('regime', 'Regime'), mode: 'text', hint: 'How the weights were trained, shown with every result. For example: pretrained. Default: as stated in the file, else of unknown origin.' })}
      ${upload ? progress(upload) : nothing}
      ${state.problem ? failure(state.problem) : nothing}
      ${done ? html`<p class="outcome" role="status" data-testid="imported">Imported as ${done.name}: ${labelOf(done.architecture)}, width ${done.width}.</p>` : nothing}
      <button class="button button-primary" type="submit" ?disabled=${state.busy} data-testid="import">Import</button>
    </form>`,
  };
}
