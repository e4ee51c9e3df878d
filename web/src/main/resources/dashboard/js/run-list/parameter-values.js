/**
 * Parses parameters with the chosen values, by name, from the format of the URL and the server: `seed:3,batchSize:64`.
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

/** @param {string} text @param {string} name @param {string} value of this parameter; empty for any */
export function withParameter(text, name, value) {
  const values = parametersIn(text);
  values.delete(name);
  return textOf(value === '' ? values : values.set(name, value.replaceAll(',', ' ').trim()));
}
