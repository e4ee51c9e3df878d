/**
 * @typedef {import('./experiments.js').Parameter} Parameter
 * @typedef {import('./experiments.js').Value} Value
 */

/**
 * Why a parameter cannot have a value, by its description; the server has the last word.
 *
 * @param {Parameter} parameter
 * @param {Value} value
 * @returns {string|undefined} undefined if it can
 */
export function wrongValue(parameter, value) {
  const { oneOf, otherwise, format, type, minimum = -Infinity, maximum = Infinity, multipleOf } = parameter;
  if (value === otherwise) {
    // Such as "all" among numbers of training images: a default that has a name.
    return undefined;
  }
  if (oneOf) {
    return oneOf.some((choice) => choice.const === value) ? undefined : `“${value}” is not one of ${oneOf.map((choice) => choice.const).join(', ')}.`;
  }
  if (type === 'string' || format === 'run') {
    return undefined;
  }
  const whole = type === 'integer';
  const possible = typeof value === 'number' && value >= minimum && value <= maximum && !(whole && !Number.isInteger(value)) && !(multipleOf && value % multipleOf);
  return possible ? undefined : `“${value}” is not possible: enter ${numbers(parameter)}.`;
}

/** The numbers that a parameter takes, in words. @param {Parameter} parameter */
function numbers({ type, format, minimum, maximum, multipleOf }) {
  if (format === 'seed') {
    return 'whole numbers, or ranges such as 1-5';
  }
  const kind = multipleOf && multipleOf > 1 ? `multiples of ${multipleOf}` : type === 'integer' ? 'whole numbers' : 'numbers';
  const least = minimum === undefined ? '' : ` from ${minimum}`;
  return `${kind}${least}${maximum === undefined ? '' : `${least ? '' : ' up'} to ${maximum}`}`;
}
