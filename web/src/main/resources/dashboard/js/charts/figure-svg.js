import { Chart, applyStyle, heightOf } from './chart.js';
import { figureFormat, sizeOf, unitsAcross } from './figure-format.js';
import { BasicPlatform } from './library.js';
import { colorOf, paperPalette, palette } from './palette.js';
import { svgContext, fontOf } from './svg-context.js';
import { svgElement } from './svg-element.js';
import { HEIGHT as SYMBOL_HEIGHT, SYMBOLS, WIDTH as SYMBOL_WIDTH } from './symbols.js';

/**
 * @typedef {import('./figure.js').Figure} Figure
 * @typedef {import('./palette.js').Palette} Palette
 */

/** Height of a chart that is twice as wide; narrow ones are higher than that. */
const HEIGHT = 360;
const LEAST_HEIGHT = 240;
/** Width of a chart with axes of equal length: the labels left of the vertical axis need more room than those below the other. */
const SQUARE_WIDTH = 380;
export const MARGIN = 16;
export const LINE = 18;
export const GAP = 18;
/** Charts are arranged in two columns if each is at least this wide. */
const LEAST_PANEL_WIDTH = 260;
/** Without its caption, a figure is at least this much chart, however much there is to say around it. */
const SHARE_OF_CHART = 0.6;
const PANEL_HEIGHT = 230;

/**
 * A figure as an SVG document: title, legend, chart and caption, on white, in the colours of the light theme.
 *
 * @param {Figure} figure
 * @param {string} address URL of the page that shows the figure
 */
export const svgOf = (figure, address) => new XMLSerializer().serializeToString(drawnFigure(figure, address));

/** A figure as an SVG element, in the chosen format; what it does not say as text is in its description. @param {Figure} figure @param {string} [address] */
export function drawnFigure(figure, address) {
  const format = figureFormat();
  const colors = paperPalette();
  const font = `12px ${colors.font}`;
  const large = `bold 15px ${colors.font}`;
  const width = unitsAcross(format);
  const inner = width - 2 * MARGIN;
  const titles = wrapped(figure.title, inner, large);
  const title = titles.map((line, i) => text(line, MARGIN, MARGIN + LINE * (i + 1), large, colors.ink));
  let y = MARGIN + LINE * titles.length;
  const [keys, rows] = legendOf(figure, y + LINE, inner, font, colors);
  y += LINE * (1 + rows);
  const said = [captionOf(figure).join(' '), ...(address ? [`From ${address}`] : [])];
  // A paper's caption knows what is measured, but not which letters the names have here.
  const captions = (format.caption ? said : figure.letters ? [figure.letters] : []).flatMap((sentences) => wrapped(sentences, inner, font));
  const around = y + LINE * (1 + captions.length);
  const [charts, below] = chartsOf(figure, y, inner, colors, format.caption ? 0 : Math.ceil((around * SHARE_OF_CHART) / (1 - SHARE_OF_CHART)));
  y = below + LINE;
  const caption = captions.map((line, i) => text(line, MARGIN, y + i * LINE, font, colors.inkSoft));
  const height = y + caption.length * LINE;
  return svgElement('svg', { ...sizeOf(format, height), viewBox: `0 0 ${Number(width.toFixed(2))} ${height}`, role: 'img' },
    svgElement('title', {}, figure.title),
    svgElement('desc', {}, (format.caption ? [figure.summary] : [figure.summary, ...said]).join(' ')),
    svgElement('rect', { width, height, fill: '#ffffff' }),
    ...title, ...keys, ...charts, ...caption);
}

/** What a reader has to know about a figure that is shown outside its page. @param {Figure} figure */
export const captionOf = ({ letters, caption }) => [...(letters ? [letters] : []), ...caption];

/**
 * @param {Figure} figure
 * @param {number} top
 * @param {number} width
 * @param {Palette} colors
 * @param {number} least height of a single chart whose axes are independent
 * @returns {[elements: Element[], below: number]}
 */
function chartsOf({ name, square, rows, panels, drawing }, top, width, colors, least) {
  const at = (/** @type {number} */ x, /** @type {number} */ y, /** @type {Element} */ group) => svgElement('g', { transform: `translate(${x} ${y})` }, group);
  if (drawing) {
    const drawn = drawing(width);
    const shrunk = Math.min(1, width / Number(drawn.getAttribute('width')));
    return [[at(MARGIN, top + LINE, svgElement('g', { transform: `scale(${shrunk})` }, drawn))], top + LINE + Number(drawn.getAttribute('height')) * shrunk];
  }
  if (panels.length === 1) {
    const height = square ? HEIGHT : Math.max(least, rows ? heightOf(rows, width) : Math.round(Math.max(LEAST_HEIGHT, Math.min(HEIGHT, width / 2))));
    return [[at(MARGIN, top, chartOf(panels[0], square ? Math.min(width, SQUARE_WIDTH) : width, height, name, colors))], top + height];
  }
  const across = isNarrow(width) ? 1 : 2;
  const panelWidth = (width - (across - 1) * GAP) / across;
  const row = PANEL_HEIGHT + 2 * LINE;
  const elements = panels.flatMap((panel, i) => {
    const x = MARGIN + (i % across) * (panelWidth + GAP);
    const y = top + Math.floor(i / across) * row;
    return [
      text(panel.title ?? '', x, y + LINE, `bold 12px ${colors.font}`, colors.ink),
      at(x, y + 1.5 * LINE, chartOf(panel, panelWidth, PANEL_HEIGHT, `${name}-${i + 1}`, colors)),
    ];
  });
  return [elements, top + Math.ceil(panels.length / across) * row];
}

/** Whether two charts are not beside each other in this width. @param {number} width */
const isNarrow = (width) => width < 2 * LEAST_PANEL_WIDTH + GAP;

/**
 * @param {import('./figure.js').Panel} panel
 * @param {number} width
 * @param {number} height
 * @param {string} id prefix of the ids of its parts
 * @param {Palette} colors
 */
function chartOf({ configure }, width, height, id, colors) {
  const { canvas, group } = svgContext(width, height, id);
  const configuration = /** @type {any} */ (configure(colors));
  applyStyle(colors);
  try {
    new Chart(/** @type {any} */ (canvas), {
      ...configuration,
      platform: BasicPlatform,
      options: {
        ...configuration.options,
        animation: false,
        responsive: false,
        devicePixelRatio: 1,
        // With a segment style, lines are drawn without Path2D. Line charts read it from here, not from their elements.
        segment: {},
      },
    }).destroy();
  } finally {
    applyStyle(palette());
  }
  return group;
}

/**
 * The legend, wrapped into as many rows as it needs, in few words where it is narrow.
 *
 * @param {Figure} figure
 * @param {number} top baseline of the first row
 * @param {number} across
 * @param {string} font
 * @param {Palette} colors
 * @returns {[elements: Element[], rows: number]}
 */
function legendOf({ legend }, top, across, font, colors) {
  /** @type {Element[]} */
  const elements = [];
  let x = 0;
  let row = 0;
  for (const [symbol, words, few = words] of legend) {
    const lines = wrapped(isNarrow(across) ? few : words, across - SYMBOL_WIDTH - 6, font);
    const width = SYMBOL_WIDTH + 6 + Math.max(...lines.map((line) => measured(line, font)));
    if (x > 0 && x + width > across) {
      x = 0;
      row++;
    }
    const y = top + row * LINE;
    elements.push(
      svgElement('g', { transform: `translate(${Math.round(MARGIN + x)} ${y - SYMBOL_HEIGHT + 4})` }, ...SYMBOLS[symbol].map(({ d, fill, line, dash, thin }) =>
        svgElement('path', { d, fill: fill ? colorOf(colors, fill) : 'none', stroke: line && colorOf(colors, line), 'stroke-width': line && (thin ? 1.25 : 1.75), 'stroke-dasharray': dash }))),
      ...lines.map((line, i) => text(line, MARGIN + x + SYMBOL_WIDTH + 6, y + i * LINE, font, colors.inkSoft)),
    );
    x += width + GAP;
    row += lines.length - 1;
  }
  return [elements, legend.length === 0 ? 0 : row + 1];
}

/** @param {string} words @param {number} x @param {number} y baseline @param {string} font @param {string} fill */
export const text = (words, x, y, font, fill) => svgElement('text', { x, y, fill, ...fontOf(font) }, words);

/** @param {string} words @param {string} font */
function measured(words, font) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  context.font = font;
  return context.measureText(words).width;
}

/** @param {string} words @param {number} width @param {string} font */
export function wrapped(words, width, font) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && measured(longer, font) <= width) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(...broken(word, width, font));
    }
  }
  return lines;
}

/** Breaks a long word, such as a URL, into as many lines as it needs. @param {string} word @param {number} width @param {string} font */
function broken(word, width, font) {
  if (measured(word, font) <= width) {
    return [word];
  }
  const lines = [''];
  for (const character of word) {
    const longer = lines[lines.length - 1] + character;
    if (measured(longer, font) <= width) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(character);
    }
  }
  return lines;
}
