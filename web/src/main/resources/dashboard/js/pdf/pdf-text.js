import { number } from './pdf-path.js';

/**
 * Text in the fonts that every PDF reader has, which need not be embedded: Helvetica, and Symbol for the signs that it
 * lacks. Text stays text: it can be searched, and edited in a drawing program.
 */

/** The fonts by their names in the file. */
export const FONTS = {
  R: '/BaseFont /Helvetica /Encoding /WinAnsiEncoding',
  B: '/BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding',
  I: '/BaseFont /Helvetica-Oblique /Encoding /WinAnsiEncoding',
  S: '/BaseFont /Symbol',
};

/** Characters of WinAnsiEncoding beyond Latin 1. @type {Record<string, number>} */
const ANSI = {
  '€': 0x80, '‚': 0x82, 'ƒ': 0x83, '„': 0x84, '…': 0x85, '†': 0x86, '‡': 0x87, 'ˆ': 0x88, '‰': 0x89, 'Š': 0x8a, '‹': 0x8b,
  'Œ': 0x8c, 'Ž': 0x8e, '‘': 0x91, '’': 0x92, '“': 0x93, '”': 0x94, '•': 0x95, '–': 0x96, '—': 0x97, '˜': 0x98, '™': 0x99,
  'š': 0x9a, '›': 0x9b, 'œ': 0x9c, 'ž': 0x9e, 'Ÿ': 0x9f,
};

/** Characters of Symbol. @type {Record<string, number>} */
const SYMBOL = {
  '−': 0x2d, 'Δ': 0x44, 'Σ': 0x53, 'α': 0x61, 'β': 0x62, 'ε': 0x65, 'κ': 0x6b, 'λ': 0x6c, 'μ': 0x6d, 'ρ': 0x72, 'σ': 0x73,
  '≤': 0xa3, '∞': 0xa5, '→': 0xae, '≥': 0xb3, '≠': 0xb9, '≈': 0xbb, '√': 0xd6,
};

/** @typedef {{family: string, size: number, bold: boolean, italic: boolean}} Font */

/**
 * The operators that show a text, as wide as it is in its own font.
 *
 * @param {string} text
 * @param {number} x
 * @param {number} y baseline
 * @param {Font} font
 */
export function textOperators(text, x, y, font) {
  const style = font.bold ? 'B' : font.italic ? 'I' : 'R';
  const shown = runsOf(text).map(({ symbols, codes }) =>
    `/${symbols ? 'S' : style} ${number(font.size)} Tf <${codes.map((code) => code.toString(16).padStart(2, '0')).join('')}> Tj`);
  const stretched = (100 * widthOf(text, font)) / (widthOf(text, { ...font, family: 'Helvetica, Arial, "Liberation Sans", sans-serif' }) || 1);
  // Down is up in the coordinates of drawings.
  return `BT ${number(stretched)} Tz 1 0 0 -1 ${number(x)} ${number(y)} Tm ${shown.join(' ')} ET`;
}

/** @param {string} text */
function runsOf(text) {
  /** @type {{symbols: boolean, codes: number[]}[]} */
  const runs = [];
  for (const character of text) {
    const symbol = SYMBOL[character];
    const symbols = symbol !== undefined;
    if (runs.at(-1)?.symbols !== symbols) {
      runs.push({ symbols, codes: [] });
    }
    runs.at(-1)?.codes.push(symbol ?? ANSI[character] ?? latin(character));
  }
  return runs;
}

/** A question mark for what the fonts lack. @param {string} character */
function latin(character) {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : 0x3f;
}

/** @param {string} text @param {Font} font */
export function widthOf(text, { family, size, bold, italic }) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  context.font = `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${size}px ${family}`;
  return context.measureText(text).width;
}
