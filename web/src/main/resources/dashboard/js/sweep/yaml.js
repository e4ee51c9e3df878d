/**
 * JSON as readable YAML, for display only: strings that YAML would misread are quoted, and nothing more.
 *
 * @param {any} node
 * @param {string} [indent]
 * @returns {string}
 */
export function yaml(node, indent = '') {
  return Object.entries(node)
    .map(([name, inner]) => {
      if (Array.isArray(inner) && inner.some((each) => typeof each === 'object')) {
        return `${indent}${name}:\n${inner.map((each) => `${indent}  - ${flow(each)}`).join('\n')}`;
      }
      const block = inner !== null && typeof inner === 'object' && !Array.isArray(inner) && Object.values(inner).some((each) => typeof each === 'object');
      return block ? `${indent}${name}:\n${yaml(inner, `${indent}  `)}` : `${indent}${name}: ${flow(inner)}`;
    })
    .join('\n');
}

/** @param {any} node @returns {string} on one line */
function flow(node) {
  if (Array.isArray(node)) {
    return `[${node.map(flow).join(', ')}]`;
  }
  if (node !== null && typeof node === 'object') {
    return `{${Object.entries(node).map(([name, inner]) => `${name}: ${flow(inner)}`).join(', ')}}`;
  }
  return typeof node === 'string' && /^[A-Za-z][\w.-]*$/.test(node) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(node) ? node : JSON.stringify(node);
}
