import { equal } from '../testing.js';
import { pdfOf } from './figure-pdf.js';

export async function aDrawingIsAPageOfItsSize() {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="8"><rect width="20" height="8" fill="#0080ff"/></svg>';
  const bytes = new Uint8Array(await (await pdfOf(svg, 'Evidence for café')).arrayBuffer());
  const text = String.fromCharCode(...bytes);
  equal(text.slice(0, 9), '%PDF-1.4\n');
  equal(text.includes('/MediaBox [0 0 15 6]'), true);
  equal(text.includes('/Title <feff00450076'), true);
  // The table has the place of each object.
  const [, table] = /startxref\n(\d+)\n%%EOF\n$/.exec(text) ?? [];
  const places = [...text.slice(Number(table)).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, place]) => Number(place));
  equal(places.map((place) => text.slice(place, place + 7)), [1, 2, 3, 4, 5, 6].map((number) => `${number} 0 obj`));
  // The stream has the pixels: three for one of the drawing.
  const [, length] = /\/FlateDecode \/Length (\d+)/.exec(text) ?? [];
  const start = text.indexOf('stream\n', places[4]) + 7;
  const inflated = new Blob([bytes.slice(start, start + Number(length))]).stream().pipeThrough(new DecompressionStream('deflate'));
  const pixels = new Uint8Array(await new Response(inflated).arrayBuffer());
  equal(pixels.length, 60 * 24 * 3);
  equal([...pixels.slice(0, 3)], [0, 128, 255]);
}
