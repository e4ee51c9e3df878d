/** The style of drawings on white paper, in the light theme, regardless of the theme on the screen. */

/** Properties of CSS that are attributes of SVG elements, too. */
const ATTRIBUTES = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'paint-order', 'opacity', 'font-size', 'font-weight'];

/** The rules of the style sheets that apply to all pages in the light theme. */
const rules = () => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSStyleRule);

/** The custom properties of the light theme. */
export const lightTheme = () => /** @type {CSSStyleRule} */ (rules().find(({ selectorText }) => selectorText === ':root')).style;

/**
 * Copies the style of a drawing into its elements, for a file that has no style sheet.
 *
 * @param {SVGSVGElement} drawing
 */
export function inlined(drawing) {
  const theme = lightTheme();
  const value = (/** @type {string} */ text) => text.replace(/var\((--[\w-]+)\)/g, (_, name) => theme.getPropertyValue(name).trim());
  for (const { selectorText, style } of rules()) {
    const properties = ATTRIBUTES.filter((name) => style.getPropertyValue(name));
    for (const element of properties.length > 0 ? drawing.querySelectorAll(selectorText) : []) {
      properties.forEach((name) => element.setAttribute(name, value(style.getPropertyValue(name))));
    }
  }
  const comments = document.createNodeIterator(drawing, NodeFilter.SHOW_COMMENT);
  for (let each = comments.nextNode(); each; each = comments.nextNode()) {
    /** @type {Comment} */ (each).remove();
  }
  drawing.setAttribute('font-family', value(theme.getPropertyValue('--sans')));
  return drawing;
}
