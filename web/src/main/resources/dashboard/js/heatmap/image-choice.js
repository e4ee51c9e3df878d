import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { inlineSelect } from '../controls/field.js';
import { panel } from '../controls/heading.js';
import { fileName } from '../picture/picture.js';

const FIRST = 12;

/**
 * A choice among the test images of a class.
 *
 * @param {object} choice
 * @param {string[]} choice.classes
 * @param {import('../api/types.js').ImagePrediction[]} choice.images of the class, with the first network's predictions
 * @param {string} choice.image
 * @param {string} choice.shown the class whose images are shown
 * @param {boolean} choice.all whether all of them are shown
 * @param {(path: string) => string} choice.address returns the URL of a thumbnail
 * @param {(name: string) => void} choice.showClass
 * @param {() => void} choice.showAll
 * @param {(path: string) => void} choice.choose
 */
export function imageChoice({ classes, images, image, shown, all, address, showClass, showAll, choose }) {
  const selected = images.findIndex((each) => each.image === image);
  const visible = all ? images : images.slice(0, Math.max(FIRST, selected + 1));
  return panel('image', 'Image', html`
    <ul class="thumbnails" data-testid="thumbnails">${visible.map(({ image: path, predicted, right }) => html`<li><button type="button" class="thumbnail" aria-pressed=${String(path === image)} title=${path} @click=${() => choose(path)} data-image=${path}>
        <img src=${address(path)} width="128" height="128" loading="lazy" alt=${fileName(path)}>
        ${right ? nothing : html`<span class="thumbnail-wrong">✕<span class="visually-hidden">, predicted as ${predicted}</span></span>`}
      </button></li>`)}</ul>
    ${visible.length < images.length
      ? html`<button type="button" class="button button-small" @click=${showAll} data-testid="more-images">Show all ${plural(images.length, 'image')}</button>`
      : nothing}
    <p class="note">Test images of the first network’s run. ✕ marks those that it gets wrong.
      ${selected >= 0 ? nothing : html`The image chosen, <code>${image}</code>, is not among these.`}</p>`, { beside: html`<div class="filters">${inlineSelect('image-class', 'Class', classes.map((name) => [name, name]), shown, showClass)}</div>` });
}
