/**
 * What tests of modules share. Each test has a page of its own, and draws in place of what the dashboard shows there.
 *
 * Selectors are those of CSS, and a few words more: `@name` is an element with that test id, and after ` >> ` another
 * selector is looked for in what was found, or `nth=1` takes the second of it, `nth=-1` the last.
 */

const TRIES = 600;
const PAUSE_MS = 50;

/** Keeps its pace when a test stops the clock. */
const { setTimeout: later } = window;

export const root = document.createElement('div');
document.getElementById('main')?.replaceChildren(root);

/**
 * Data or services of which a test needs a part only.
 *
 * @param {unknown} some
 * @returns {any} because a test would otherwise list everything else, too
 */
export const partial = (some) => some;

/** The server's events: what subscribes to them is sent what a test makes of them. */
export function events() {
  /** @type {((event: unknown) => void)[]} */
  const listeners = [];
  return {
    lostAt: /** @type {string|undefined} */ (undefined),
    restoredAt: /** @type {number|undefined} */ (undefined),
    /** @param {(event: unknown) => void} listener */
    subscribe(listener) {
      listeners.push(listener);
      return () => {};
    },
    /** @param {string} type @param {unknown} data */
    send: (type, data) => listeners.forEach((listener) => listener({ type, data })),
  };
}

/**
 * Opens a page of the dashboard.
 *
 * @param {import('./app/view.js').OpenView} open
 * @param {object} api the requests that the page sends
 * @param {{live?: ReturnType<typeof events>, name?: string, id?: number, tab?: string, sweep?: string, query?: URLSearchParams}} [more]
 */
export const openPage = (open, api, { live = events(), ...route } = {}) =>
  open(root, { name: '', query: new URLSearchParams(), ...route }, partial({ api: { forecast: async () => ({ sweeps: [] }), ...api }, live }));

/** @param {string} selector */
const css = (selector) => selector.replace(/@([\w-]+)/g, '[data-testid="$1"]');

/** @param {string} selector @returns {HTMLElement[]} */
export const all = (selector) =>
  css(selector).split(' >> ').reduce(
    (found, step) =>
      step.startsWith('nth=')
        ? found.slice(Number(step.slice(4))).slice(0, 1)
        : found.flatMap((element) => [.../** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll(step))]),
    [document.documentElement],
  );

/** The only element that a selector finds. @param {string} selector */
export function only(selector) {
  const [element, ...others] = all(selector);
  if (!element || others.length > 0) {
    throw new Error(`Instead of one there are ${others.length + (element ? 1 : 0)} of ${selector}`);
  }
  return element;
}

/** Compares values; whether a line may break at a space is not compared. @param {unknown} found @param {unknown} expected */
export function equal(found, expected) {
  if (JSON.stringify(found)?.replaceAll('\u00a0', ' ') !== JSON.stringify(expected)) {
    throw new Error(`Found ${JSON.stringify(found)}\ninstead of ${JSON.stringify(expected)}`);
  }
}

/** Waits until what is read is as expected, for a page draws when the browser has a frame for it. @param {() => unknown} read @param {unknown} expected */
export async function becomes(read, expected) {
  for (let tries = 1; ; tries++) {
    try {
      return equal(await read(), expected);
    } catch (error) {
      if (tries === TRIES) {
        throw error;
      }
    }
    await new Promise((next) => later(next, PAUSE_MS));
  }
}

/**
 * The words of a drawing that are not wholly in it, or that overlap others.
 *
 * @param {SVGElement} drawing
 * @returns {string[]}
 */
export function illegible(drawing) {
  root.replaceChildren(drawing);
  const all = drawing.getBoundingClientRect();
  const found = [...drawing.querySelectorAll('text')].map((element) => ({ text: element.textContent ?? '', box: element.getBoundingClientRect() }));
  return found.filter(({ box }, i) => box.left < all.left || box.right > all.right
    // Lines of one label touch each other.
    || found.some(({ box: other }, j) => j < i && box.left < other.right && other.left < box.right && box.top < other.bottom - box.height / 4 && other.top < box.bottom - box.height / 4)).map(({ text }) => text);
}

/** @param {string|null} text */
const plain = (text) => (text ?? '').replace(/[\u200b\u00ad]/g, '').replace(/\s+/g, ' ').trim();

/** A text as it was expected, or as it is. @param {string} text @param {string|RegExp|undefined} part */
const orPart = (text, part = '\0') => ((typeof part === 'string' ? text.includes(part) : part.test(plain(text))) ? String(part) : text);

/** @param {Element} element */
export const words = ({ textContent }) => plain(textContent);

/** What a selector finds has these words, each element all of its own. @param {string} selector @param {string[]} expected */
export const texts = (selector, ...expected) => becomes(() => all(selector).map(words), expected);

/** What a selector finds has these words among others, each element its own. @param {string} selector @param {(string|RegExp)[]} parts */
export const contains = (selector, ...parts) => becomes(() => all(selector).map((element, i) => orPart(words(element), parts[i])), parts.map(String));

/** @param {string} selector @param {string} part */
export const lacks = (selector, part) => becomes(() => all(selector).map((element) => words(element).includes(part)), [false]);

/** The only element has an attribute. @param {string} selector @param {string} name @param {string|RegExp} value */
export const has = (selector, name, value) =>
  becomes(() => all(selector).map((element) => element.getAttribute(name)).map((text) => (value instanceof RegExp ? orPart(text ?? '', value) : text)), [String(value)]);

/** @param {string} selector @param {number} expected */
export const count = (selector, expected) => becomes(() => all(selector).length, expected);

/** @param {string} selector @param {string} expected */
export const value = (selector, expected) => becomes(() => /** @type {HTMLInputElement} */ (only(selector)).value, expected);

/** @param {string} selector */
export const visible = (selector) => becomes(() => only(selector).checkVisibility(), true);

/**
 * What the browser does itself, as for a person: see `ModulesEndToEndTests`.
 *
 * @param {string} action
 * @param {(string|number)[]} how
 * @returns {Promise<void>}
 */
const act = (action, ...how) => /** @type {any} Only tests have it. */ (window).act(action, ...how);

export const browser = {
  /** @param {string} selector */
  click: (selector) => act('click', css(selector)),
  /** @param {string} selector @param {string} option its value */
  select: (selector, option) => act('select', css(selector), option),
  /** @param {string} selector @param {string} text */
  fill: (selector, text) => act('fill', css(selector), text),
  /** @param {string} key */
  press: (key) => act('press', key),
  /** @param {string} text */
  type: (text) => act('type', text),
  /** Moves the mouse. @param {number} x @param {number} y */
  point: (x, y) => act('point', x, y),
  /** @param {number} width @param {number} height */
  resize: (width, height) => act('resize', width, height),
  /** From now on a test moves the clock on. */
  installClock: () => act('install-clock'),
  /** @param {number} milliseconds */
  runClock: (milliseconds) => act('run-clock', milliseconds),
  /** Lets a request fail whose address contains this. @param {string} part */
  expectErrors: (part) => act('expect-errors', part),
};
