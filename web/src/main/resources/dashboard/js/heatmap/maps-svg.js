import { fine } from '../app/format.js';
import { figureFormat, sizeOf, unitsAcross } from '../charts/figure-format.js';
import { GAP, LINE, MARGIN, text, wrapped } from '../charts/figure-svg.js';
import { paperPalette } from '../charts/palette.js';
import { svgElement } from '../charts/svg-element.js';
import { paint, paintScale } from './heat-canvas.js';
import { nameOf } from './map-view.js';

/**
 * @typedef {import('../picture/npy.js').Grid} Grid
 * @typedef {import('../charts/palette.js').Palette} Palette
 *
 * A map, and the URL of the image that it covers.
 * @typedef {{grid: Grid, limit: number, url: string, scrambled: boolean}} CoveringMap
 *
 * @typedef {object} Column
 * @property {string} name of the network
 * @property {string[]} words on its run and its maps
 * @property {CoveringMap[]} maps
 *
 * @typedef {object} Panel
 * @property {string} title
 * @property {string} url of the image
 * @property {string} size of the image, if networks were given different sizes
 * @property {string|undefined} scrambled URL of the scrambled image, if all maps cover the same
 * @property {number} opacity of the maps, in [0, 1]
 * @property {Column[]} columns
 * @property {string[]} caption sentences
 * @property {string} address URL of the page that shows the maps
 */

const SCALE_HEIGHT = 8;
/** One value is one square, as on the page. */
const PIXELS = { 'image-rendering': 'pixelated' };

/**
 * An image and its maps, side by side, as an SVG document that needs no other file.
 *
 * @param {Panel} panel
 */
export async function mapsSvg({ title, url, size, scrambled, opacity, columns, caption, address }) {
  const colors = paperPalette();
  const font = `12px ${colors.font}`;
  const largeFont = `bold 15px ${colors.font}`;
  const format = figureFormat();
  const width = unitsAcross(format);
  const inner = width - 2 * MARGIN;
  /** Width and height of an image. */
  const side = (inner - columns.length * GAP) / (columns.length + 1);
  /** Height of an image with its scale. */
  const row = side + 3 * LINE + SCALE_HEIGHT;
  const titles = wrapped(title, inner, largeFont);
  const sizes = size ? wrapped(size, side, font) : [];
  const heads = columns.map(({ words }) => words.flatMap((line) => wrapped(line, side, font)));
  const head = MARGIN + LINE * (titles.length + 1);
  const top = head + LINE * (0.5 + Math.max(0, sizes.length, ...heads.map((lines) => lines.length)));
  const rows = columns.some(({ maps }) => maps.some((map) => map.scrambled)) ? 2 : 1;
  const below = top + rows * row;
  const said = [caption.join(' '), `From ${address}`];
  const captions = format.caption ? said.flatMap((sentences) => wrapped(sentences, inner, font)) : [];
  const height = below + LINE * captions.length + MARGIN;
  const images = await Promise.all([
    column(MARGIN, head, 'Image', sizes, colors),
    bareImage(url, MARGIN, top, side, false, colors),
    ...(scrambled ? [bareImage(scrambled, MARGIN, top + row, side, true, colors)] : []),
    ...(rows > 1 && !scrambled ? wrapped('Scrambled, for each seed differently', side, font).map((line, i) => text(line, MARGIN, top + row + LINE * (i + 1), font, colors.inkSoft)) : []),
    ...columns.flatMap(({ name, maps: own }, i) => {
      const x = MARGIN + (i + 1) * (side + GAP);
      return [column(x, head, name, heads[i], colors), ...own.map((map) => coveredImage(map, opacity, x, top + (map.scrambled ? row : 0), side, colors))];
    }),
  ]);
  return new XMLSerializer().serializeToString(svgElement('svg', { ...sizeOf(format, height), viewBox: `0 0 ${Number(width.toFixed(2))} ${height}`, role: 'img' },
    svgElement('title', {}, title),
    ...(format.caption ? [] : [svgElement('desc', {}, said.join(' '))]),
    svgElement('rect', { width, height, fill: '#ffffff' }),
    ...titles.map((line, i) => text(line, MARGIN, MARGIN + LINE * (i + 0.5), largeFont, colors.ink)),
    ...images.flat(),
    ...captions.map((line, i) => text(line, MARGIN, below + LINE * (i + 0.5), font, colors.inkSoft))));
}

/** The heading of a column. @param {number} x @param {number} y @param {string} name @param {string[]} lines @param {Palette} colors */
const column = (x, y, name, lines, colors) => [
  text(name, x, y, `bold 12px ${colors.font}`, colors.ink),
  ...lines.map((line, i) => text(line, x, y + LINE * (i + 1), `12px ${colors.font}`, colors.inkSoft)),
];

/** @param {string} url @param {number} x @param {number} y @param {number} side @param {boolean} scrambled @param {Palette} colors */
const bareImage = async (url, x, y, side, scrambled, colors) => [
  picture(await dataUrl(url), x, y, side, PIXELS),
  text(nameOf(scrambled), x, y + side + LINE, `12px ${colors.font}`, colors.inkSoft),
];

/** @param {CoveringMap} map @param {number} opacity @param {number} x @param {number} y @param {number} side @param {Palette} colors */
async function coveredImage({ grid, limit, url }, opacity, x, y, side, colors) {
  const scale = y + side + LINE / 2;
  const end = (/** @type {number} */ at, /** @type {string} */ anchor, /** @type {string} */ value) =>
    svgElement('g', { 'text-anchor': anchor }, text(value, at, scale + SCALE_HEIGHT + LINE, `12px ${colors.font}`, colors.inkSoft));
  return [
    picture(await dataUrl(url), x, y, side, PIXELS),
    picture(painted((canvas) => paint(canvas, grid, limit)), x, y, side, { ...PIXELS, opacity }),
    picture(painted(paintScale), x, scale, side, { height: SCALE_HEIGHT }),
    end(x, 'start', fine(-limit)), end(x + side / 2, 'middle', '0'), end(x + side, 'end', fine(limit)),
  ];
}

/** @param {string} href @param {number} x @param {number} y @param {number} side @param {Record<string, string|number>} [attributes] */
const picture = (href, x, y, side, attributes) => svgElement('image', { href, x, y, width: side, height: side, preserveAspectRatio: 'none', ...attributes });

/** @param {(canvas: HTMLCanvasElement) => void} paintOn */
function painted(paintOn) {
  const canvas = document.createElement('canvas');
  paintOn(canvas);
  return canvas.toDataURL();
}

/** The contents of a file as a URL. @param {string} url @returns {Promise<string>} */
async function dataUrl(url) {
  const file = await fetch(url);
  if (!file.ok) {
    throw new Error(`the server responded with status ${file.status} to ${url}.`);
  }
  const reader = new FileReader();
  const read = new Promise((resolve, reject) => {
    reader.onload = resolve;
    reader.onerror = () => reject(reader.error);
  });
  reader.readAsDataURL(await file.blob());
  await read;
  return String(reader.result);
}
