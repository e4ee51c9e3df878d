import { fine } from '../app/format.js';
import { figureFormat, scaledTo } from '../charts/figure-format.js';
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
 * @property {number} opacity of the maps, in [0, 1]
 * @property {Column[]} columns
 * @property {string[]} caption sentences
 * @property {string} address URL of the page that shows the maps
 */

/** Width and height of an image. */
const SIDE = 200;
const SCALE_HEIGHT = 8;
/** Height of an image with its scale. */
const ROW = SIDE + 3 * LINE + SCALE_HEIGHT;
/** One value is one square, as on the page. */
const PIXELS = { 'image-rendering': 'pixelated' };

/**
 * An image and its maps, side by side, as an SVG document that needs no other file.
 *
 * @param {Panel} panel
 */
export async function mapsSvg({ title, url, opacity, columns, caption, address }) {
  const colors = paperPalette();
  const font = `12px ${colors.font}`;
  const largeFont = `bold 15px ${colors.font}`;
  const inner = columns.length * (SIDE + GAP) + SIDE;
  const titles = wrapped(title, inner, largeFont);
  const heads = columns.map(({ words }) => words.flatMap((line) => wrapped(line, SIDE, font)));
  const head = MARGIN + LINE * (titles.length + 1);
  const top = head + LINE * (0.5 + Math.max(0, ...heads.map((lines) => lines.length)));
  const maps = columns.flatMap((column) => column.maps);
  const scrambled = maps.find((map) => map.scrambled)?.url;
  const below = top + (scrambled ? 2 : 1) * ROW;
  const said = [caption.join(' '), `From ${address}`];
  const format = figureFormat();
  const captions = format.caption ? said.flatMap((sentences) => wrapped(sentences, inner, font)) : [];
  const width = inner + 2 * MARGIN;
  const height = below + LINE * captions.length + MARGIN;
  const images = await Promise.all([
    column(MARGIN, head, 'Image', [], colors),
    bareImage(url, MARGIN, top, false, colors),
    ...(scrambled ? [bareImage(scrambled, MARGIN, top + ROW, true, colors)] : []),
    ...columns.flatMap(({ name, maps: own }, i) => {
      const x = MARGIN + (i + 1) * (SIDE + GAP);
      return [column(x, head, name, heads[i], colors), ...own.map((map) => coveredImage(map, opacity, x, top + (map.scrambled ? ROW : 0), colors))];
    }),
  ]);
  return new XMLSerializer().serializeToString(svgElement('svg', { ...scaledTo(format, width, height), viewBox: `0 0 ${width} ${height}`, role: 'img' },
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

/** @param {string} url @param {number} x @param {number} y @param {boolean} scrambled @param {Palette} colors */
const bareImage = async (url, x, y, scrambled, colors) => [
  picture(await dataUrl(url), x, y),
  text(nameOf(scrambled), x, y + SIDE + LINE, `12px ${colors.font}`, colors.inkSoft),
];

/** @param {CoveringMap} map @param {number} opacity @param {number} x @param {number} y @param {Palette} colors */
async function coveredImage({ grid, limit, url }, opacity, x, y, colors) {
  const scale = y + SIDE + LINE / 2;
  const end = (/** @type {number} */ at, /** @type {string} */ anchor, /** @type {string} */ value) =>
    svgElement('g', { 'text-anchor': anchor }, text(value, at, scale + SCALE_HEIGHT + LINE, `12px ${colors.font}`, colors.inkSoft));
  return [
    picture(await dataUrl(url), x, y, PIXELS),
    picture(painted((canvas) => paint(canvas, grid, limit)), x, y, { ...PIXELS, opacity }),
    picture(painted(paintScale), x, scale, { height: SCALE_HEIGHT }),
    end(x, 'start', fine(-limit)), end(x + SIDE / 2, 'middle', '0'), end(x + SIDE, 'end', fine(limit)),
  ];
}

/** @param {string} href @param {number} x @param {number} y @param {Record<string, string|number>} [attributes] */
const picture = (href, x, y, attributes) => svgElement('image', { href, x, y, width: SIDE, height: SIDE, preserveAspectRatio: 'none', ...attributes });

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
