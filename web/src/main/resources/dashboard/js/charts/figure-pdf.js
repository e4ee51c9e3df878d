import { drawnOn } from '../pdf/pdf-drawing.js';
import { pdfFile } from '../pdf/pdf-file.js';
import { number } from '../pdf/pdf-path.js';

/** Points, of which an inch has 72, in each unit of length. @type {Record<string, number>} */
const POINTS = { '': 0.75, px: 0.75, mm: 72 / 25.4 };

/**
 * Writes an SVG drawing as a PDF file of one page of its size, with shapes and text as such.
 *
 * @param {string} svg with its size in pixels or millimetres
 * @returns {Promise<Blob>}
 */
export async function pdfOf(svg) {
  const drawing = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement));
  const [across, down] = ['width', 'height'].map((name) => points(drawing.getAttribute(name) ?? ''));
  const [, , units] = (drawing.getAttribute('viewBox') ?? `0 0 ${drawing.getAttribute('width')} 0`).split(' ').map(Number);
  const scale = across / units;
  const file = pdfFile();
  const { content, resources } = await drawnOn(drawing, file, new DOMMatrix([scale, 0, 0, -scale, 0, down]));
  const contents = await file.stream('', content);
  return file.end(`/MediaBox [0 0 ${number(across)} ${number(down)}] /Contents ${contents} /Resources << ${resources} >>`, drawing.querySelector('title')?.textContent ?? '');
}

/** @param {string} length */
function points(length) {
  const [, value, unit] = /^([\d.]+)(px|mm|)$/.exec(length) ?? [];
  return Number(value) * POINTS[unit];
}
