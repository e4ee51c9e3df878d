const NAMESPACE = 'http://www.w3.org/2000/svg';

/**
 * Creates an SVG element.
 *
 * @param {string} name
 * @param {Record<string, string|number|undefined>} [attributes] undefined ones are omitted
 * @param {(Node|string)[]} children
 */
export function svgElement(name, attributes = {}, ...children) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      element.setAttribute(attribute, typeof value === 'number' ? String(Number(value.toFixed(2))) : value);
    }
  }
  element.append(...children);
  return element;
}
