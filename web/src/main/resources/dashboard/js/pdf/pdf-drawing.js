import { circleOperators, number, pathOperators } from './pdf-path.js';
import { FONTS, textOperators, widthOf } from './pdf-text.js';

/**
 * Writes an SVG drawing as operators of PDF, as far as figures need it: shapes and texts remain shapes and texts, and
 * only pictures are pixels.
 */

/** Attributes that elements take from those around them, with their initial values. */
const INHERITED = {
  fill: '#000000', 'fill-opacity': '1', 'fill-rule': 'nonzero', stroke: 'none', 'stroke-opacity': '1', 'stroke-width': '1',
  'stroke-dasharray': 'none', 'stroke-linecap': 'butt', 'stroke-linejoin': 'miter', 'font-family': 'sans-serif', 'font-size': '16',
  'font-weight': 'normal', 'font-style': 'normal', 'text-anchor': 'start',
};

/** @typedef {Record<keyof typeof INHERITED, string>} Style */
/** @typedef {ReturnType<typeof import('./pdf-file.js').pdfFile>} PdfFile */

const NOT_DRAWN = new Set(['title', 'desc', 'defs', 'clipPath', 'pattern']);
const CAPS = { butt: 0, round: 1, square: 2 };
const JOINS = { miter: 0, round: 1, bevel: 2 };
const SHARES = { start: 0, middle: 0.5, end: 1 };

/**
 * @param {SVGSVGElement} drawing
 * @param {PdfFile} file receives what the operators refer to
 * @param {DOMMatrix} page from units of the drawing to points of the page
 * @returns {Promise<{content: string, resources: string}>}
 */
export async function drawnOn(drawing, file, page) {
  /** @type {string[]} */
  const out = [`${matrix(page)} cm`];
  /** @type {Map<string, string>} names of graphics states by their entries */
  const states = new Map();
  /** @type {string[]} */
  const images = [];
  /** @type {string[]} */
  const patterns = [];

  /** @param {Element} element @param {Style} around @param {DOMMatrix} place */
  async function draw(element, around, place) {
    if (NOT_DRAWN.has(element.localName)) {
      return;
    }
    const style = styleOf(element, around);
    const own = transformOf(element);
    const inside = own ? place.multiply(own) : place;
    out.push('q', ...(own ? [`${matrix(own)} cm`] : []), ...clips(element));
    const opacity = Number(element.getAttribute('opacity') ?? 1);
    switch (element.localName) {
      case 'svg':
      case 'g':
        for (const child of element.children) {
          await draw(child, style, inside);
        }
        break;
      case 'text':
        texts(element, style);
        break;
      case 'image':
        await image(element, opacity);
        break;
      default:
        await shape(element, style, inside, opacity);
    }
    out.push('Q');
  }

  /** @param {Element} element @returns {string[]} */
  function clips(element) {
    const clip = referred(element.getAttribute('clip-path'));
    return clip ? [...clips(clip), ...[...clip.children].map((path) => `${operatorsOf(path)}\n${path.getAttribute('clip-rule') === 'evenodd' ? 'W*' : 'W'} n`)] : [];
  }

  /** The element of a reference such as url(#id). @param {string|null} reference */
  const referred = (reference) => drawing.querySelector(/^url\((#[^)]+)\)$/.exec(reference ?? '')?.[1] ?? 'none');

  /** @param {Element} element @param {Style} style @param {DOMMatrix} place @param {number} opacity */
  async function shape(element, style, place, opacity) {
    const [filled, stroked] = [style.fill !== 'none', style.stroke !== 'none'];
    if (!filled && !stroked) {
      return;
    }
    out.push(transparent(opacity * Number(style['fill-opacity']), opacity * Number(style['stroke-opacity'])));
    if (filled) {
      const tiles = referred(style.fill);
      out.push(tiles ? `/Pattern cs /${await pattern(tiles, place)} scn` : `${colorOf(style.fill)} rg`);
    }
    if (stroked) {
      const dashes = style['stroke-dasharray'] === 'none' ? '' : style['stroke-dasharray'].replaceAll(',', ' ');
      out.push(`${colorOf(style.stroke)} RG ${number(parseFloat(style['stroke-width']))} w [${dashes}] 0 d`,
        `${CAPS[/** @type {'butt'} */ (style['stroke-linecap'])]} J ${JOINS[/** @type {'miter'} */ (style['stroke-linejoin'])]} j`);
    }
    const even = style['fill-rule'] === 'evenodd' ? '*' : '';
    out.push(operatorsOf(element), filled && stroked ? `B${even}` : filled ? `f${even}` : 'S');
  }

  /** @param {number} fill @param {number} stroke */
  function transparent(fill, stroke) {
    if (fill === 1 && stroke === 1) {
      return '';
    }
    const entries = `/ca ${number(fill)} /CA ${number(stroke)}`;
    states.set(entries, states.get(entries) ?? `G${states.size}`);
    return `/${states.get(entries)} gs`;
  }

  /** A pattern of tiles, whose place is relative to the page. @param {Element} tiles @param {DOMMatrix} place */
  async function pattern(tiles, place) {
    const [width, height] = ['width', 'height'].map((name) => Number(tiles.getAttribute(name)));
    const squares = [...tiles.children].map((square) => `${colorOf(square.getAttribute('fill') ?? '')} rg\n${operatorsOf(square)}\nf`);
    const reference = await file.stream(
      `/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 ${width} ${height}] /XStep ${width} /YStep ${height} /Matrix [${matrix(place)}] /Resources << >>`,
      squares.join('\n'));
    return `P${patterns.push(reference) - 1}`;
  }

  /** The texts of an element: its own, or those of its parts, one after another. @param {Element} element @param {Style} around */
  function texts(element, around) {
    const parts = [...element.childNodes].filter((node) => node instanceof Element || node instanceof Text).map((node) => {
      const style = node instanceof Element ? styleOf(node, around) : around;
      const font = {
        family: style['font-family'],
        size: parseFloat(style['font-size']),
        bold: /bold|[6-9]00/.test(style['font-weight']),
        italic: style['font-style'] === 'italic',
      };
      const text = node.textContent ?? '';
      return { text, style, font, gap: node instanceof Element ? Number(node.getAttribute('dx') ?? 0) : 0, width: widthOf(text, font) };
    });
    const width = parts.reduce((sum, part) => sum + part.gap + part.width, 0);
    let x = Number(element.getAttribute('x')) - width * SHARES[/** @type {'start'} */ (around['text-anchor'])];
    for (const { text, style, font, gap, width: wide } of parts) {
      const opacity = Number(style['fill-opacity']);
      out.push(transparent(opacity, opacity), `${colorOf(style.fill)} rg`, textOperators(text, x + gap, Number(element.getAttribute('y')), font));
      x += gap + wide;
    }
  }

  /** @param {Element} element @param {number} opacity */
  async function image(element, opacity) {
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(element.getAttribute(name)));
    const pixels = await pixelsOf(element.getAttribute('href') ?? '');
    const reference = await file.stream(
      `/Type /XObject /Subtype /Image /Width ${pixels.width} /Height ${pixels.height} /ColorSpace /DeviceRGB /BitsPerComponent 8`, pixels.colors);
    out.push(transparent(opacity, 1), `${number(width)} 0 0 ${number(-height)} ${number(x)} ${number(y + height)} cm /X${images.push(reference) - 1} Do`);
  }

  await draw(drawing, INHERITED, page);
  const fonts = Object.entries(FONTS).map(([name, font]) => `/${name} ${file.add(`<< /Type /Font /Subtype /Type1 ${font} >>`)}`);
  const list = (/** @type {string} */ name, /** @type {string} */ letter, /** @type {string[]} */ references) => `/${name} << ${references.map((reference, i) => `/${letter}${i} ${reference}`).join(' ')} >>`;
  return {
    content: out.filter((line) => line !== '').join('\n'),
    resources: `/Font << ${fonts.join(' ')} >> ${list('XObject', 'X', images)} ${list('Pattern', 'P', patterns)} ${list('ExtGState', 'G', [...states.keys()].map((entries) => `<< ${entries} >>`))}`,
  };
}

/** @param {Element} element @param {Style} around */
const styleOf = (element, around) => /** @type {Style} */ (Object.fromEntries(Object.entries(around).map(([name, value]) => [name, element.getAttribute(name) ?? value])));

/** The shape of an element as a path. @param {Element} element */
function operatorsOf(element) {
  const at = (/** @type {string} */ name) => Number(element.getAttribute(name) ?? 0);
  switch (element.localName) {
    case 'path':
      return pathOperators(element.getAttribute('d') ?? '');
    case 'rect':
      return `${[at('x'), at('y'), at('width'), at('height')].map(number).join(' ')} re`;
    case 'circle':
      return circleOperators(at('cx'), at('cy'), at('r'));
    default:
      throw new Error(`A drawing with ${element.localName} cannot be written as PDF.`);
  }
}

/** @param {Element} element @returns {DOMMatrix|undefined} */
function transformOf(element) {
  const all = element instanceof SVGGraphicsElement && element.localName !== 'svg' ? element.transform.baseVal : undefined;
  const { a, b, c, d, e, f } = (all?.numberOfItems && all.consolidate()?.matrix) || {};
  return a === undefined ? undefined : new DOMMatrix([a, b, c, d, e, f].map(Number));
}

/** @param {DOMMatrix} of */
const matrix = ({ a, b, c, d, e, f }) => [a, b, c, d, e, f].map((part) => String(Number(part.toFixed(5)))).join(' ');

/** Red, green and blue from 0 to 1. @param {string} color as #rrggbb, #rgb or rgb(r, g, b) */
function colorOf(color) {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color)?.[1];
  const parts = digits
    ? [0, 1, 2].map((i) => parseInt(digits.length === 3 ? digits[i].repeat(2) : digits.slice(2 * i, 2 * i + 2), 16))
    : /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color)?.slice(1).map(Number);
  if (!parts) {
    throw new Error(`The colour ${color} cannot be written as PDF.`);
  }
  return parts.map((part) => number(part / 255)).join(' ');
}

/** The pixels of a picture, without its transparency. @param {string} url */
async function pixelsOf(url) {
  const picture = new Image();
  picture.src = url;
  await picture.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: picture.naturalWidth, height: picture.naturalHeight });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.drawImage(picture, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width, height, colors: new Uint8Array(width * height * 3).map((_, i) => data[Math.floor(i / 3) * 4 + (i % 3)]) };
}
