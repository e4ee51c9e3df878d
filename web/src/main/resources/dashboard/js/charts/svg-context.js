import { svgElement } from './svg-element.js';
import { TILE, tileColors } from './tiles.js';

/** Canvas text alignments as values of SVG's text-anchor. @type {Record<string, string>} */
const ANCHORS = { left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' };

/** Drawing methods of Chart.js that are not implemented here. Calling them throws, so that nothing is missing silently. */
const UNSUPPORTED = ['drawImage', 'putImageData', 'strokeText', 'ellipse', 'arcTo', 'createLinearGradient', 'createRadialGradient'];

/**
 * A canvas context that creates SVG elements instead of pixels, as far as charts need it. A real context keeps the
 * state (colours, fonts, transformations) and measures text.
 *
 * @param {number} width in pixels
 * @param {number} height in pixels
 * @param {string} prefix of ids, which must be unique in a document
 * @returns {{canvas: {width: number, height: number, getContext: () => CanvasRenderingContext2D}, group: SVGElement}} what
 *     the context and the drawn elements
 */
export function svgContext(width, height, prefix) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const state = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const definitions = svgElement('defs');
  const group = /** @type {SVGElement} */ (svgElement('g', {}, definitions));
  /** @type {string[]} */
  let path = [];
  /** The clip region of each saved state. @type {(string|undefined)[]} */
  const clips = [undefined];

  const point = (/** @type {number} */ x, /** @type {number} */ y) => {
    const at = state.getTransform().transformPoint({ x, y });
    return `${number(at.x)} ${number(at.y)}`;
  };

  /** The group for consecutive elements with the same clip region. @type {{clip: string|undefined, parent: Element}} */
  let layer = { clip: undefined, parent: group };

  /** @param {string} name @param {Record<string, string|number|undefined>} attributes @param {string[]} children */
  function draw(name, attributes, ...children) {
    if (attributes.fill === 'none' && (attributes.stroke ?? 'none') === 'none') {
      return;
    }
    const clip = clips.at(-1);
    if (clip !== layer.clip) {
      layer = { clip, parent: clip ? svgElement('g', { 'clip-path': `url(#${clip})` }) : svgElement('g') };
      group.append(layer.parent);
    }
    layer.parent.append(svgElement(name, attributes, ...children));
  }

  /** @param {string} kind @param {(id: string) => Element} make */
  function define(kind, make) {
    const id = `${prefix}-${kind}-${definitions.childElementCount}`;
    definitions.append(make(id));
    return id;
  }

  /** @param {string|CanvasGradient|CanvasPattern} style @param {'fill'|'stroke'} property */
  function paint(style, property) {
    if (typeof style === 'string') {
      return colorOf(style, property, state.globalAlpha);
    }
    const colors = style instanceof CanvasPattern ? tileColors(style) : undefined;
    if (!colors) {
      throw new Error('Only colours and tiles can be drawn as SVG.');
    }
    return { [property]: `url(#${define('tiles', (id) => pattern(id, colors))})` };
  }

  const line = () => ({
    ...paint(state.strokeStyle, 'stroke'),
    'stroke-width': state.lineWidth,
    'stroke-dasharray': state.getLineDash().join(' ') || undefined,
    'stroke-linecap': state.lineCap === 'butt' ? undefined : state.lineCap,
    'stroke-linejoin': state.lineJoin === 'miter' ? undefined : state.lineJoin,
  });

  const rectangle = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ w, /** @type {number} */ h) =>
    `M${point(x, y)}L${point(x + w, y)}L${point(x + w, y + h)}L${point(x, y + h)}Z`;

  /** @type {Record<string, (...values: any[]) => void>} */
  const drawing = {
    save() {
      state.save();
      clips.push(clips.at(-1));
    },
    restore() {
      state.restore();
      if (clips.length > 1) {
        clips.pop();
      }
    },
    beginPath() {
      path = [];
    },
    closePath: () => path.push('Z'),
    moveTo: (x, y) => path.push(`M${point(x, y)}`),
    lineTo: (x, y) => path.push(`${path.length === 0 ? 'M' : 'L'}${point(x, y)}`),
    rect: (x, y, w, h) => path.push(rectangle(x, y, w, h)),
    quadraticCurveTo: (cx, cy, x, y) => path.push(`Q${point(cx, cy)} ${point(x, y)}`),
    bezierCurveTo: (ax, ay, bx, by, x, y) => path.push(`C${point(ax, ay)} ${point(bx, by)} ${point(x, y)}`),
    arc(x, y, radius, from, to, counterclockwise = false) {
      const turn = 2 * Math.PI;
      const span = counterclockwise ? from - to : to - from;
      const swept = span >= turn ? turn : ((span % turn) + turn) % turn;
      // In two halves: an SVG arc cannot end where it begins.
      const step = (counterclockwise ? -swept : swept) / 2;
      const on = (/** @type {number} */ angle) => point(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
      path.push(`${path.length === 0 ? 'M' : 'L'}${on(from)}`);
      for (const angle of [from + step, from + 2 * step]) {
        path.push(`A${number(radius)} ${number(radius)} 0 0 ${counterclockwise ? 0 : 1} ${on(angle)}`);
      }
    },
    fill: (rule) => draw('path', { d: path.join(''), 'fill-rule': ruleOf(rule), ...paint(state.fillStyle, 'fill') }),
    stroke(of) {
      refusePath(of);
      draw('path', { d: path.join(''), fill: 'none', ...line() });
    },
    clip(rule) {
      const d = path.join('');
      const within = clips.at(-1);
      clips[clips.length - 1] = define('clip', (id) =>
        svgElement('clipPath', { id, 'clip-path': within && `url(#${within})` }, svgElement('path', { d, 'clip-rule': ruleOf(rule) })));
    },
    fillRect: (x, y, w, h) => draw('path', { d: rectangle(x, y, w, h), ...paint(state.fillStyle, 'fill') }),
    strokeRect: (x, y, w, h) => draw('path', { d: rectangle(x, y, w, h), fill: 'none', ...line() }),
    clearRect() {
      // There is nothing below to clear.
    },
    fillText(text, x, y) {
      const { a, b, c, d, e, f } = state.getTransform();
      const moved = a === 1 && b === 0 && c === 0 && d === 1;
      draw('text', {
        x: moved ? x + e : x,
        y: (moved ? y + f : y) + baseline(state, text),
        transform: moved ? undefined : `matrix(${[a, b, c, d, e, f].map((part) => Number(part.toFixed(4))).join(' ')})`,
        'text-anchor': ANCHORS[state.textAlign],
        ...fontOf(state.font),
        ...paint(state.fillStyle, 'fill'),
      }, text);
    },
  };
  for (const name of UNSUPPORTED) {
    drawing[name] = () => {
      throw new Error(`A figure that uses ${name} cannot be drawn as SVG.`);
    };
  }

  const context = new Proxy(state, {
    get(target, name) {
      const own = typeof name === 'string' && Object.hasOwn(drawing, name) ? drawing[name] : undefined;
      const value = own ?? Reflect.get(target, name, target);
      return typeof value === 'function' && !own ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
  const surface = { width, height, getContext: () => context };
  // Chart.js reads the context's canvas.
  Object.defineProperty(state, 'canvas', { value: surface });
  return { canvas: surface, group };
}

/** Rejects Path2D objects, whose contents cannot be read. @param {unknown} of */
function refusePath(of) {
  if (of instanceof Path2D) {
    throw new Error('A figure that uses Path2D cannot be drawn as SVG.');
  }
}

/** The fill rule of a path. @param {unknown} rule */
function ruleOf(rule) {
  refusePath(rule);
  return rule === 'evenodd' ? rule : undefined;
}

/** @param {number} value */
const number = (value) => String(Number(value.toFixed(2)));

/**
 * The distance from a text's position to its alphabetic baseline, which every SVG viewer supports.
 *
 * @param {CanvasRenderingContext2D} state
 * @param {string} text
 */
function baseline(state, text) {
  const placed = state.measureText(text).actualBoundingBoxAscent;
  const chosen = state.textBaseline;
  state.textBaseline = 'alphabetic';
  const alphabetic = state.measureText(text).actualBoundingBoxAscent;
  state.textBaseline = chosen;
  return alphabetic - placed;
}

/** @param {string} font as a canvas represents it, such as `bold 12px Inter, sans-serif` */
export function fontOf(font) {
  const [, style = '', size, family] = /^(.*?)\s*([\d.]+)px\s+(.+)$/.exec(font) ?? [];
  return {
    'font-family': family,
    'font-size': size,
    'font-weight': /\b(bold|[5-9]00)\b/.exec(style)?.[0],
    'font-style': /\bitalic\b/.exec(style)?.[0],
  };
}

/**
 * Sets opacity in separate attributes, since not every SVG viewer supports colours with alpha.
 *
 * @param {string} style
 * @param {'fill'|'stroke'} property
 * @param {number} alpha
 */
function colorOf(style, property, alpha) {
  const [, red, green, blue, opacity] = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(style) ?? [];
  const visible = alpha * Number(opacity ?? 1);
  return {
    [property]: visible === 0 ? 'none' : red === undefined ? style : `rgb(${red}, ${green}, ${blue})`,
    [`${property}-opacity`]: visible === 0 || visible === 1 ? undefined : visible,
  };
}

/** @param {string} id @param {{color: string, ground: string}} colors */
function pattern(id, { color, ground }) {
  const half = TILE / 2;
  const square = (/** @type {number} */ at) => svgElement('rect', { x: at, y: at, width: half, height: half, fill: color });
  return svgElement('pattern', { id, width: TILE, height: TILE, patternUnits: 'userSpaceOnUse' },
    svgElement('rect', { width: TILE, height: TILE, fill: ground }), square(0), square(half));
}
