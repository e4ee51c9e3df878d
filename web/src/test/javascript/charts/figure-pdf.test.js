import { equal } from '../testing.js';
import { pdfOf } from './figure-pdf.js';

/** The objects of a PDF file, whose streams are inflated. @param {string} svg */
async function objectsOf(svg) {
  const bytes = new Uint8Array(await (await pdfOf(svg)).arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  equal(text.slice(0, 9), '%PDF-1.4\n');
  // The table has the place of each object.
  const [, table] = /startxref\n(\d+)\n%%EOF\n$/.exec(text) ?? [];
  const places = [...text.slice(Number(table)).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, place]) => Number(place));
  return Promise.all(places.map(async (place, i) => {
    equal(text.slice(place, place + `${i + 1} 0 obj`.length), `${i + 1} 0 obj`);
    const object = text.slice(place, places[i + 1] ?? Number(table));
    const length = /\/FlateDecode \/Length (\d+)/.exec(object)?.[1];
    if (!length) {
      return object;
    }
    const start = place + object.indexOf('stream\n') + 7;
    const inflated = new Blob([bytes.slice(start, start + Number(length))]).stream().pipeThrough(new DecompressionStream('deflate'));
    return `${object.slice(0, object.indexOf('stream\n'))}${Array.from(new Uint8Array(await new Response(inflated).arrayBuffer()), (byte) => String.fromCharCode(byte)).join('')}`;
  }));
}

const svgOf = (size, content) => `<svg xmlns="http://www.w3.org/2000/svg" ${size}><title>Evidence for café</title>${content}</svg>`;

export async function aDrawingIsAPageOfItsSizeWithShapesAndText() {
  const objects = (await objectsOf(svgOf('width="84mm" height="42mm" viewBox="0 0 168 84"',
    `<g transform="translate(10 20)"><rect x="1" y="2" width="30" height="8" fill="#0080ff"/><path d="M0 0h5V7L1 2Z" fill="none" stroke="rgb(255, 0, 0)" stroke-dasharray="4 3" stroke-width="1.5" stroke-opacity="0.5"/></g>
     <text x="84" y="40" text-anchor="middle" font-size="12" font-family="Helvetica" fill="#000000">−5 % é</text>`))).join('\n');
  equal(objects.includes('/MediaBox [0 0 238.11 119.055]'), true);
  equal(objects.includes('/Title <feff00450076'), true);
  for (const part of ['1.41732 0 0 -1.41732 0 119.05512 cm', '1 0 0 1 10 20 cm', '0 0.502 1 rg', '1 2 30 8 re\nf', '1 0 0 RG 1.5 w [4 3] 0 d', '0 0 m\n5 0 l\n5 7 l\n1 2 l\nh\nS', '/CA 0.5', '/S 12 Tf <2d> Tj /R 12 Tf <35202520e9> Tj']) {
    equal([part, objects.includes(part)], [part, true]);
  }
}

export async function textHasAllCharactersOfTheFont() {
  const objects = (await objectsOf(svgOf('width="20" height="20"', '<text x="0" y="9" font-size="9" font-family="Helvetica">Šžœ†‰Ÿ字</text>'))).join('\n');
  equal(/<8a9e9c86899f3f> Tj/.test(objects), true);
}

export async function circlesAndArcsAreCurves() {
  const objects = (await objectsOf(svgOf('width="20" height="20"', '<path d="M5 10a5 5 0 1 0 10 0 5 5 0 1 0-10 0z"/><circle cx="10" cy="10" r="5"/>'))).join('\n');
  // Half a circle below, then half a circle above, each of two curves; and once more for the circle.
  equal([...objects.matchAll(/ c$/gm)].length, 8);
  equal(objects.includes('5 10 m\n5 12.761 7.239 15 10 15 c\n12.761 15 15 12.761 15 10 c'), true);
}

export async function picturesKeepTheirPixelsAndTilesAreAPattern() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 2, height: 1 });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.fillStyle = '#0080ff';
  context.fillRect(0, 0, 2, 1);
  const objects = await objectsOf(svgOf('width="20" height="8"', `<defs><pattern id="t" width="8" height="8"><rect width="8" height="8" fill="#fff"/></pattern></defs>
    <image href="${canvas.toDataURL()}" x="1" y="2" width="6" height="3" opacity="0.5"/><rect width="4" height="4" fill="url(#t)"/>`));
  const picture = objects.find((object) => object.includes('/Subtype /Image /Width 2 /Height 1')) ?? '';
  equal([...picture.slice(-6)].map((character) => character.charCodeAt(0)), [0, 128, 255, 0, 128, 255]);
  equal(objects.some((object) => object.includes('6 0 0 -3 1 5 cm /X0 Do')), true);
  equal(objects.some((object) => object.includes('/PatternType 1') && object.includes('1 1 1 rg\n0 0 8 8 re\nf')), true);
}
