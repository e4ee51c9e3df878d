/**
 * Parameters with the chosen values, by their names: as the address and the server have them,
 * `seed:3,batchSize:64`.
 *
 * @param {string} text
 * @returns {Map<string, string>}
 */
export function parametersIn(text) {
  return new Map(text.split(',').filter(Boolean).map((each) => {
    const [name, ...value] = each.split(':');
    return /** @type {[string, string]} */ ([name, value.join(':')]);
  }));
}

/** @param {Map<string, string>} values */
const textOf = (values) => [...values].map((each) => each.join(':')).join(',');

/** @param {string} text @param {string} name @param {string} value of this one; empty: any */
export function withParameter(text, name, value) {
  const values = parametersIn(text);
  values.delete(name);
  return textOf(value === '' ? values : values.set(name, value.replaceAll(',', ' ').trim()));
}
