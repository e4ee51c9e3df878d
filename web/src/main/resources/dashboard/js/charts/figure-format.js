/**
 * The format of saved figures: their width and the size of their text, as a journal or a slide demands, and whether they
 * contain their caption and the address of their page. It is kept in this browser, and applies wherever a figure is saved.
 *
 * @typedef {keyof typeof WIDTHS} Width
 * @typedef {{width: Width, text: number, caption: boolean}} FigureFormat text: in points
 */

const KEPT = 'bagnetlab.figure-format';

/**
 * Widths with the text size that suits them; without millimetres, that of the figure on a page. A paper has its own
 * captions.
 */
export const WIDTHS = {
  screen: { label: 'as on screen', millimetres: undefined, text: 9, caption: true },
  column: { label: 'one column, 84 mm', millimetres: 84, text: 8, caption: false },
  columns: { label: 'two columns, 174 mm', millimetres: 174, text: 8, caption: false },
  slide: { label: 'slide, 254 mm', millimetres: 254, text: 18, caption: false },
};

/** The format that suits a width. @param {Width} width @returns {FigureFormat} */
export const suiting = (width) => ({ width, text: WIDTHS[width].text, caption: WIDTHS[width].caption });

/** Text sizes in points. */
export const TEXTS = [6, 7, 8, 9, 10, 11, 12, 14, 18, 24];

/** Width on a screen in pixels. */
const SCREEN = 752;
/** The text size in which figures are drawn. */
const UNITS_OF_TEXT = 12;
const PIXELS_PER_POINT = 96 / 72;
const PIXELS_PER_MILLIMETRE = 96 / 25.4;
/** Pixels of a PNG per pixel of the drawing: 192 in an inch on a screen, 600 on paper. */
export const SCREEN_DENSITY = 2;
const PAPER_DENSITY = 600 / 96;

const USUAL = suiting('screen');

/** The chosen format. @returns {FigureFormat} */
export function figureFormat() {
  try {
    const { width, text, caption } = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
    return Object.hasOwn(WIDTHS, width) && TEXTS.includes(text) ? { width, text, caption: caption ?? suiting(width).caption } : USUAL;
  } catch {
    // Nothing is kept, or something else has been stored under the name.
    return USUAL;
  }
}

/** @param {FigureFormat} format */
export function keepFigureFormat(format) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(format));
  } catch {
    // It applies to no further figure.
  }
}

/** The width of a figure in units, of which its text is twelve high. @param {FigureFormat} format */
export const unitsAcross = (format) => pixelsAcross(format) / unit(format);

/**
 * The size that a figure has as a file.
 *
 * @param {FigureFormat} format
 * @param {number} height in units
 * @returns {{width: string|number, height: string|number}} attributes of an SVG document
 */
export function sizeOf(format, height) {
  const { millimetres } = WIDTHS[format.width];
  const across = pixelsAcross(format);
  const high = height * unit(format);
  return millimetres === undefined ? { width: across, height: high } : { width: `${millimetres}mm`, height: `${((high / across) * millimetres).toFixed(2)}mm` };
}

/** Pixels of a PNG per pixel of the drawing. @param {FigureFormat} format */
export const density = ({ width }) => (WIDTHS[width].millimetres === undefined ? SCREEN_DENSITY : PAPER_DENSITY);

/** @param {FigureFormat} format */
const pixelsAcross = ({ width }) => (WIDTHS[width].millimetres === undefined ? SCREEN : WIDTHS[width].millimetres * PIXELS_PER_MILLIMETRE);

/** Pixels in a unit. @param {FigureFormat} format */
const unit = ({ text }) => (text * PIXELS_PER_POINT) / UNITS_OF_TEXT;
