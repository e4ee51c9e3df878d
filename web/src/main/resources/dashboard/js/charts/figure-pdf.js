import { rendered } from './figure-png.js';

/** Pixels of the file per pixel of the drawing: 288 in an inch. */
const SCALE = 3;
/** Points, of which an inch has 72, per pixel of the drawing, of which it has 96. */
const POINT = 0.75;

/**
 * Renders an SVG drawing as a PDF file of one page of its size.
 *
 * @param {string} svg with its size in pixels
 * @param {string} title
 */
export async function pdfOf(svg, title) {
  const canvas = await rendered(svg, SCALE);
  const { width, height } = canvas;
  const pixels = await deflated(withoutAlpha(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(0, 0, width, height).data));
  const [across, down] = [width, height].map((length) => (length / SCALE) * POINT);
  const content = `q ${across} 0 0 ${down} 0 0 cm /Drawing Do Q`;
  return file([
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${across} ${down}] /Contents 4 0 R /Resources << /XObject << /Drawing 5 0 R >> >> >>`],
    [`<< /Length ${content.length} >>\nstream\n${content}\nendstream`],
    [
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode /Length ${pixels.length} >>\nstream\n`,
      pixels,
      '\nendstream',
    ],
    [`<< /Title <${utf16(title)}> >>`],
  ]);
}

/** A file of these objects: the first is the catalogue, the last describes the document. @param {(string|Uint8Array<ArrayBuffer>)[][]} objects */
function file(objects) {
  /** @type {(string|Uint8Array<ArrayBuffer>)[]} */
  const parts = [];
  let length = 0;
  const add = (/** @type {string|Uint8Array<ArrayBuffer>} */ part) => {
    parts.push(part);
    length += part.length;
  };
  add('%PDF-1.4\n');
  const places = objects.map((object, i) => {
    const place = length;
    [`${i + 1} 0 obj\n`, ...object, '\nendobj\n'].forEach(add);
    return place;
  });
  const table = length;
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`);
  add(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${table}\n%%EOF\n`);
  return new Blob(parts, { type: 'application/pdf' });
}

/** A text with a byte order mark, in hexadecimal digits. @param {string} text */
const utf16 = (text) => [...`\uFEFF${text}`].flatMap((character) => character.split('')).map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0')).join('');

/** @param {Uint8ClampedArray} pixels red, green, blue and alpha of each pixel */
const withoutAlpha = (pixels) => new Uint8Array((pixels.length / 4) * 3).map((_, i) => pixels[Math.floor(i / 3) * 4 + (i % 3)]);

/** @param {Uint8Array<ArrayBuffer>} bytes */
const deflated = async (bytes) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))).arrayBuffer());
