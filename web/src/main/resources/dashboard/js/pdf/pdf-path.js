/** How many numbers a command of a path has. @type {Record<string, number>} */
const NUMBERS = { M: 2, L: 2, H: 1, V: 1, Q: 4, C: 6, A: 7, Z: 0 };

/** A number as PDF and people read it. @param {number} value */
export const number = (value) => String(Number(value.toFixed(3)));

/** @param {number[]} values @param {string} operator */
const operation = (values, operator) => `${values.map(number).join(' ')} ${operator}`;

/**
 * The path of an SVG element as operators of PDF. Arcs are those of circles, as charts have them.
 *
 * @param {string} d
 */
export function pathOperators(d) {
  /** @type {string[]} */
  const out = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const to = (/** @type {number} */ nextX, /** @type {number} */ nextY) => {
    [x, y] = [nextX, nextY];
  };
  for (const { command, values, relative } of commandsOf(d)) {
    const [dx, dy] = relative ? [x, y] : [0, 0];
    const at = (/** @type {number} */ i) => values[i] + (i % 2 === 0 ? dx : dy);
    switch (command) {
      case 'M':
        to(at(0), at(1));
        [startX, startY] = [x, y];
        out.push(operation([x, y], 'm'));
        break;
      case 'L':
      case 'H':
      case 'V':
        to(command === 'V' ? x : values[0] + dx, command === 'H' ? y : values[command === 'V' ? 0 : 1] + dy);
        out.push(operation([x, y], 'l'));
        break;
      case 'Q': {
        const third = (/** @type {number} */ end, /** @type {number} */ control) => end + (2 / 3) * (control - end);
        out.push(operation([third(x, at(0)), third(y, at(1)), third(at(2), at(0)), third(at(3), at(1)), at(2), at(3)], 'c'));
        to(at(2), at(3));
        break;
      }
      case 'C':
        out.push(operation([at(0), at(1), at(2), at(3), at(4), at(5)], 'c'));
        to(at(4), at(5));
        break;
      case 'A': {
        const [endX, endY] = [values[5] + dx, values[6] + dy];
        out.push(...arc(x, y, values[0], values[3] !== 0, values[4] !== 0, endX, endY));
        to(endX, endY);
        break;
      }
      default:
        out.push('h');
        to(startX, startY);
    }
  }
  return out.join('\n');
}

/** The commands of a path, with capital letters; a command that is repeated without its letter is one of its own. @param {string} d */
function commandsOf(d) {
  /** @type {{command: string, values: number[], relative: boolean}[]} */
  const commands = [];
  for (const [, letter, rest] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const values = [...rest.matchAll(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi)].map(([text]) => Number(text));
    const command = letter.toUpperCase();
    const count = NUMBERS[command];
    if (count === undefined) {
      throw new Error(`A path with ${letter} cannot be written as PDF.`);
    }
    const relative = letter !== command;
    for (let i = 0; i === 0 || i < values.length; i += count || values.length || 1) {
      commands.push({ command: command === 'M' && i > 0 ? 'L' : command, values: values.slice(i, i + count), relative });
    }
  }
  return commands;
}

/**
 * An arc of a circle, in pieces of at most a quarter.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} given radius
 * @param {boolean} large
 * @param {boolean} sweep whether angles grow
 * @param {number} endX
 * @param {number} endY
 */
function arc(x, y, given, large, sweep, endX, endY) {
  const [halfX, halfY] = [(endX - x) / 2, (endY - y) / 2];
  const half = Math.hypot(halfX, halfY);
  if (half === 0) {
    return [];
  }
  const radius = Math.max(given, half);
  const away = (Math.sqrt(radius * radius - half * half) / half) * (large === sweep ? -1 : 1);
  const [centreX, centreY] = [x + halfX - away * halfY, y + halfY + away * halfX];
  const from = Math.atan2(y - centreY, x - centreX);
  const turn = 2 * Math.PI;
  const forward = (Math.atan2(endY - centreY, endX - centreX) - from + 2 * turn) % turn;
  const span = sweep ? forward : forward - turn;
  const pieces = Math.ceil(Math.abs(span) / (Math.PI / 2) - 1e-9);
  const control = (4 / 3) * Math.tan(span / pieces / 4) * radius;
  return Array.from({ length: pieces }, (_, i) => {
    const [a, b] = [from + (span * i) / pieces, from + (span * (i + 1)) / pieces];
    const [ax, ay, bx, by] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
    return operation([
      centreX + radius * ax - control * ay, centreY + radius * ay + control * ax,
      centreX + radius * bx + control * by, centreY + radius * by - control * bx,
      centreX + radius * bx, centreY + radius * by,
    ], 'c');
  });
}

/** A circle. @param {number} x @param {number} y @param {number} r */
export const circleOperators = (x, y, r) => pathOperators(`M${x - r} ${y}A${r} ${r} 0 0 1 ${x + r} ${y}A${r} ${r} 0 0 1 ${x - r} ${y}Z`);
