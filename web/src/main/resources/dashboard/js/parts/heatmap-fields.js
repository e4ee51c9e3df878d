import { html } from 'lit-html';
import { plural } from '../format.js';
import { strideWords } from '../words.js';
import { choiceField, including, textField } from './field.js';
import { fileName } from './picture.js';

/**
 * @typedef {import('../api.js').TestImage} TestImage
 * @typedef {import('../api.js').SeenImages} SeenImages
 * @typedef {import('../submission.js').Entries} Entries
 */

export const STRIDES = [
  { value: '1', label: `1, ${strideWords(1)}` },
  { value: '2', label: '2' },
  { value: '4', label: '4' },
  { value: '8', label: '8, coarse and fast' },
];

/**
 * Keeps the image and the class that it is chosen from together: an image brings its class, a class its first image.
 *
 * @param {Entries} entries
 * @param {string} name the field that was changed
 * @param {SeenImages|undefined} seen
 */
export function agree(entries, name, seen) {
  if (name === 'imageClass') {
    entries.image = seen?.images.find((image) => image.class === entries.imageClass)?.path ?? '';
  } else {
    entries.imageClass = seen?.images.find(({ path }) => path === entries.image)?.class ?? '';
  }
}

/**
 * Which image is to be explained, for which class, and how finely.
 *
 * @param {(name: string, label: string) => import('./field.js').Field} bound
 * @param {Entries} entries
 * @param {SeenImages|undefined} seen the run's test images; undefined if they are not known
 * @param {string[]} classes of the run's data set
 */
export const heatmapFields = (bound, entries, seen, classes) => html`
  ${seen && (entries.image === '' || entries.imageClass !== '') ? imageChoice(bound, entries, seen) : imagePath(bound)}
  ${choiceField({
    ...bound('label', 'Evidence for the class'),
    options: including([{ value: '', label: 'the predicted one' }, ...classes.map((name) => ({ value: name, label: name }))], entries.label),
  })}
  ${choiceField({ ...bound('stride', 'Stride'), options: STRIDES, hint: entries.stride === '8' ? undefined : 'A coarse map comes first.' })}`;

/** @param {(name: string, label: string) => import('./field.js').Field} bound */
const imagePath = (bound) =>
  textField({ ...bound('image', 'Image'), mode: 'text', hint: 'Path in the data set, as test/Suburb/image_0001.jpg. Empty: the first test image.' });

/** @param {(name: string, label: string) => import('./field.js').Field} bound @param {Entries} entries @param {SeenImages} seen */
function imageChoice(bound, { imageClass }, { classes, images }) {
  const shown = images.filter((image) => image.class === imageClass);
  const right = shown.filter((image) => image.predicted === image.class).length;
  return html`
    ${choiceField({
      ...bound('imageClass', 'Test images of'),
      options: [{ value: '', label: 'any class' }, ...classes.map((name) => ({ value: name, label: name }))],
    })}
    ${choiceField({
      ...bound('image', 'Image'),
      options: shown.length > 0 ? shown.map(imageOption) : [{ value: '', label: 'the first test image' }],
      hint: shown.length > 0 ? `The network is right on ${right} of ${plural(shown.length, 'image')}.` : undefined,
    })}`;
}

/** @param {TestImage} image */
function imageOption({ path, class: actual, predicted }) {
  return { value: path, label: predicted === actual ? `✓ ${fileName(path)}` : `✕ ${fileName(path)}, taken for ${predicted}` };
}
