import { html, nothing } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { count, plural } from '../app/format.js';
import { choices } from '../app/choices.js';
import { loaded } from '../app/loaded.js';
import { datasetHref, heatmapsHref } from '../app/routes.js';
import { inlineSelect } from '../controls/field.js';
import { pager } from '../controls/pager.js';
import { fileName } from '../picture/picture.js';

/**
 * @typedef {import('../api/types.js').DatasetImage} DatasetImage
 * @typedef {import('../api/types.js').DatasetDetails} DatasetDetails
 */

const PAGE = 60;
const LARGE = 512;

/**
 * The images of a data set as thumbnails, one page at a time, and one of them enlarged.
 *
 * @param {HTMLElement} root of the page
 * @param {typeof import('../api/client.js').api} api
 * @param {{dataset: string, query: URLSearchParams, draw: () => void}} page
 */
export function datasetGallery(root, api, { dataset, query, draw }) {
  const [chosen, choose] = choices(query, { class: '', part: '', page: '1', image: '' }, draw);
  const at = () => Math.max(1, Number.parseInt(chosen.page, 10) || 1);
  /** The path of the enlarged image, if it could not be loaded. */
  let missing = '';
  const view = loaded({ draw }, {
    read: () => api.datasetImages(dataset, { class: chosen.class, part: chosen.part, limit: PAGE, offset: (at() - 1) * PAGE }),
    question: () => `${chosen.class} ${chosen.part} ${at()}`,
    received() {
      missing = '';
    },
  });

  /** @param {{class?: string, part?: string, page?: string}} wanted */
  function go(wanted) {
    choose({ page: '1', ...wanted, image: '' });
    view.load();
  }

  /**
   * Opens the dialog with the enlarged image whenever it is rendered. It is attached to the page only after rendering.
   *
   * @param {Element} [dialog]
   */
  const opened = (dialog) => queueMicrotask(() => {
    if (dialog instanceof HTMLDialogElement && dialog.isConnected && !dialog.open) {
      dialog.showModal();
    }
  });

  /** @param {string} path */
  function enlarge(path) {
    missing = '';
    choose({ image: path });
  }

  function shrink() {
    const path = chosen.image;
    choose({ image: '' });
    requestAnimationFrame(() => /** @type {HTMLElement|null} */ (root.querySelector(`[data-path="${CSS.escape(path)}"]`))?.focus());
  }

  /** @param {MouseEvent} event @param {string} path */
  function click(event, path) {
    // With a modifier key, the link opens the image's page in a new tab or window.
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      enlarge(path);
    }
  }

  /** @param {DatasetImage} image */
  const thumbnail = ({ path, class: name }) => html`<li>
    <a href=${datasetHref(dataset, { ...chosen, page: at() > 1 ? at() : '', image: path })} data-path=${path} @click=${(/** @type {MouseEvent} */ event) => click(event, path)}>
      <img src=${api.datasetImage(dataset, path)} width="128" height="128" loading="lazy" alt=${path}></a>
    <span class="thumbnail-name" title=${path}>${chosen.class ? fileName(path) : name}</span></li>`;

  function lightbox() {
    const { image: large } = chosen;
    if (!large || !view.data) {
      return nothing;
    }
    const { images } = view.data;
    const index = images.findIndex(({ path }) => path === large);
    const { width = 1, height = 1, ...image } = images[index] ?? {};
    const before = images[index - 1];
    const after = index >= 0 ? images[index + 1] : undefined;
    const keys = (/** @type {KeyboardEvent} */ { key }) => {
      const next = key === 'ArrowLeft' ? before : key === 'ArrowRight' ? after : undefined;
      if (next) {
        enlarge(next.path);
      }
    };
    const failed = () => {
      missing = large;
      draw();
    };
    return html`<dialog class="lightbox" aria-label=${large} ${ref(opened)} @close=${shrink} @keydown=${keys} data-testid="large-image">
      ${missing === large
        ? html`<p role="alert" data-testid="image-missing">This image could not be loaded. Is it still in the data set?</p>`
        : html`<svg viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${large}>
            <image href=${api.datasetImage(dataset, large, LARGE)} width=${width} height=${height} preserveAspectRatio="none" @error=${failed}></image></svg>`}
      <p>${image.class ? html`<strong>${image.class}</strong>, ` : nothing}${large}${width > 1 ? `, ${width} × ${height} pixels; networks see it as a square` : nothing}</p>
      <div class="actions">
        <button class="button button-small" type="button" ?disabled=${!before} @click=${() => before && enlarge(before.path)} data-testid="image-before">Previous</button>
        <button class="button button-small" type="button" ?disabled=${!after} @click=${() => after && enlarge(after.path)} data-testid="image-after">Next</button>
        <a class="button button-small" href=${heatmapsHref({ runs: [], dataset, image: large })} data-testid="image-heatmaps">Heatmaps</a>
        <button class="button button-small" type="button" @click=${(/** @type {Event} */ { currentTarget }) => /** @type {Element} */ (currentTarget).closest('dialog')?.close()} data-testid="image-close">Close</button>
      </div></dialog>`;
  }

  /** @param {number} total */
  function pages(total) {
    const last = Math.ceil(total / PAGE);
    return last > 1
      ? pager({
          id: 'images',
          label: 'Pages of images',
          words: `${count((at() - 1) * PAGE + 1)} to ${count(Math.min(total, at() * PAGE))} of ${count(total)}`,
          previous: at() > 1 && (() => go({ page: String(at() - 1) })),
          next: at() < last && (() => go({ page: String(at() + 1) })),
        })
      : nothing;
  }

  view.load();
  return {
    load: view.load,

    /** The class whose images are shown; empty for all. */
    chosen: () => chosen.class,

    /** Shows the images of a class, or of all. @param {string} name */
    choose: (name) => go({ class: name === chosen.class ? '' : name }),

    /** @param {DatasetDetails} details */
    template: ({ classes }) => html`<div class="filters">
        ${inlineSelect('image-class', 'Class', [['', 'all'], ...classes.map(({ name }) => /** @type {[string, string]} */ ([name, name]))], chosen.class, (name) => go({ class: name }))}
        ${inlineSelect('image-part', 'Folder', [['', 'both'], ['train', 'training'], ['test', 'test']], chosen.part, (part) => go({ part }))}
        <span class="faint" role="status">${view.data ? plural(view.data.total, 'image') : nothing}</span>
      </div>
      ${view.template(({ images, total }) => html`${images.length === 0
        ? html`<p data-testid="no-images">${total > 0 ? 'There are fewer pages.' : 'No images here.'} <button class="link" type="button" @click=${() => go({ class: '', part: '' })}>Show all images</button></p>`
        : html`<ul class="thumbnails" data-testid="thumbnails">${images.map(thumbnail)}</ul>`}
      ${pages(total)}`)} ${lightbox()}`,
  };
}
