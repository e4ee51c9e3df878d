import { uploading } from '../controls/uploading.js';

/** The server's size limit in bytes. */
const LARGEST = 2 ** 34;

/**
 * The form that uploads a zip file of images; the progress of the import is shown elsewhere.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, taken: (name: string) => string|undefined, received: () => void}} page
 *     taken: why a name cannot be used, or nothing; received: called when an import may have started
 */
export function datasetForm(api, { draw, taken, received }) {
  const form = uploading(draw, {
    extensions: /\.zip$/,
    check() {
      const file = form.file();
      const why = taken(form.name());
      return {
        ...(!file && { file: 'Choose a zip file.' }),
        ...(file && !/\.zip$/i.test(file.name) && { file: 'This is not a zip file. Pack the folder with the images into one.' }),
        ...(file?.size === 0 && { file: 'The file is empty.' }),
        ...(file && file.size > LARGEST && { file: 'The file is larger than 16 GiB. Import it on the server’s machine, with bagnetlab dataset import.' }),
        ...(why !== undefined && { name: why }),
      };
    },
    send(sent, signal) {
      const file = /** @type {File} */ (form.file());
      return api.uploadDataset({ name: form.name(), source: file.name }, file, sent, signal).finally(received);
    },
    fieldOf: ({ field, code }) => (field === 'name' ? 'name' : code === 'too-large' ? 'file' : undefined),
  });

  return {
    close: form.close,
    template: () => form.template({
      id: 'dataset-form', label: 'Zip file', hint: 'One folder per class: train/Coast/1.jpg and test/Coast/2.jpg, or just Coast/1.jpg', nameHint: 'For example scene15', sent: 'All sent',
    }),
  };
}
