const NAMESPACE = 'http://www.w3.org/2000/svg';

/**
 * An element of a drawing.
 *
 * @param {string} name
 * @param {Record<string, string|number|undefined>} [attributes] those that are undefined are left out
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
