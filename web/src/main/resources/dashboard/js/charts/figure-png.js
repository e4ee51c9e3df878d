import { density, figureFormat } from './figure-format.js';

/**
 * Renders an SVG drawing as PNG.
 *
 * @param {string} svg with its size in pixels
 * @param {number} [scale] pixels of the PNG per pixel of the drawing; otherwise as the chosen format demands
 * @returns {Promise<Blob>}
 */
export async function pngOf(svg, scale = density(figureFormat())) {
  const canvas = await rendered(svg, scale);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser could not write the figure as PNG.'))), 'image/png'),
  );
}

/**
 * Renders an SVG drawing.
 *
 * @param {string} svg with its size in pixels
 * @param {number} scale pixels of the canvas per pixel of the drawing
 */
async function rendered(svg, scale) {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * scale;
    canvas.height = image.naturalHeight * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(url);
  }
}
