import { html, nothing } from 'lit-html';
import { choiceField, textField } from '../controls/field.js';
import { uploading } from '../controls/uploading.js';

/**
 * @typedef {import('../api/types.js').Weights} Weights
 * @typedef {{architecture: string, source: string, regime: string}} Entries
 */

/** The server's size limit in bytes. */
const LARGEST = 2 ** 31;

/**
 * The form that imports a checkpoint.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, taken: (name: string) => boolean, imported: (weights: Weights) => void, architectures: () => import('../api/types.js').ArchitectureChoice[], label: (architecture: string) => string}} page
 */
export function weightsForm(api, { draw, taken, imported, architectures, label: labelOf }) {
  /** @type {Entries} */
  const entries = { architecture: '', source: '', regime: '' };
  /** @type {Weights|undefined} */
  let done;

  const form = uploading(draw, {
    extensions: /(\.pth)?\.(pth|pt|tar|bin|safetensors)$/,
    check() {
      const file = form.file();
      done = undefined;
      return {
        ...(!file && { file: 'Choose a file.' }),
        ...(file && file.size > LARGEST && { file: 'The file is larger than 2 GiB.' }),
        ...(taken(form.name()) && { name: `Weights named ${form.name()} already exist: choose another name, or delete them first.` }),
      };
    },
    async send(sent, signal) {
      done = await api.importWeights({ name: form.name(), ...entries }, /** @type {File} */ (form.file()), sent, signal);
      imported(done);
      Object.assign(entries, { architecture: '', source: '', regime: '' });
    },
    fieldOf: ({ field = '' }) => (field in entries || field === 'name' || field === 'file' ? field : undefined),
  });

  /** @param {keyof Entries} name @param {string} label */
  const bound = (name, label) => ({
    name,
    label,
    value: entries[name],
    error: form.state.errors[name],
    change(/** @type {string} */ value) {
      entries[name] = value;
      delete form.state.errors[name];
      draw();
    },
  });

  return {
    close: form.close,

    template: () => form.template(
      { id: 'weights-form', label: 'Checkpoint', hint: 'PyTorch (.pth, .pt) or safetensors', sent: 'Sent; the server is checking names, shapes and values' },
      html`${choiceField({ ...bound('architecture', 'Network'),
        options: [{ value: '', label: 'detected from the file' }, ...architectures().map(({ name, label, family }) => ({ value: name, label, group: family }))] })}
        ${textField({ ...bound('source', 'Source'), mode: 'text', hint: 'Where the file comes from, for readers of the results.' })}
        ${textField({ ...bound('regime', 'Regime'), mode: 'text', hint: 'How the weights were trained, shown with every result. For example: pretrained. Default: as stated in the file, else of unknown origin.' })}`,
      done ? html`<p class="outcome" role="status" data-testid="imported">Imported as ${done.name}: ${labelOf(done.architecture)}, width ${done.width}.</p>` : nothing,
    ),
  };
}
