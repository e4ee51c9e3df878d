import { SCREEN_DENSITY } from '../charts/figure-format.js';
import { captionOf, svgOf } from '../charts/figure-svg.js';
import { pdfOf } from '../charts/figure-pdf.js';
import { pngOf } from '../charts/figure-png.js';
import { FIGURES, PLACES } from './figures.js';

/**
 * @typedef {import('./figures.js').Api} Api
 * @typedef {import('./figures.js').Filter} Filter
 * @typedef {import('../charts/figure.js').Figure} Figure
 */

/** The figures of a view, each with the address of its page. @param {Api} api @param {string} view @param {Filter} filter */
export const figuresOf = async (api, view, filter) => (await FIGURES[view](api, filter)).map((figure) => ({ figure, address: addressOf(view, figure, filter) }));

/**
 * A figure as files for programs. All figures of a lab are sent in one request, in which PNG for paper would be too large.
 *
 * @param {{figure: Figure, address: string}} drawn
 */
export async function fileOf({ figure, address }) {
  const svg = svgOf(figure, address);
  return { name: figure.name, title: figure.title, summary: figure.summary, caption: captionOf(figure), address, svg, png: await base64(await pngOf(svg, SCREEN_DENSITY)), pdf: await base64(await pdfOf(svg)) };
}

/**
 * The figures of all views as files.
 *
 * @param {Api} api
 * @param {Filter} filter
 * @param {(done: number, total: number) => void} progress counts views
 */
export async function drawnFiles(api, filter, progress) {
  const views = Object.keys(FIGURES);
  let done = 0;
  progress(done, views.length);
  const files = await Promise.all(views.map(async (view) => {
    const drawn = [];
    for (const figure of await figuresOf(api, view, filter)) {
      drawn.push(await fileOf(figure));
    }
    progress(++done, views.length);
    return drawn;
  }));
  return files.flat();
}

/**
 * The URL of the dashboard page that shows a figure.
 *
 * @param {string} view
 * @param {Figure} figure
 * @param {Filter} filter
 */
function addressOf(view, figure, { dataset, published }) {
  const query = new URLSearchParams({ ...figure.at, ...(dataset ? { dataset } : {}), ...(published ? { published: 'true' } : {}) });
  return `${location.origin}/${PLACES[view]}${query.size > 0 ? `?${query}` : ''}`;
}

/** @param {Blob} blob */
async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return btoa(text);
}
