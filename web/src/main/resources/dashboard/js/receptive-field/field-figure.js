import { html, render, svg } from 'lit-html';
import { large } from '../app/format.js';
import { inlined } from '../charts/paper-style.js';
import { saving } from '../charts/saving.js';
import { scroll } from '../controls/scroll.js';
import { fieldWord } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').FieldArchitecture} Architecture
 * @typedef {import('../api/types.js').Layer} Layer
 */

/** Side of the image for which the layers are computed, in pixels. */
const IMAGE = 224;
const SIDE = 330;
const MOST_LABELS = 7;
const WIDTH = 560;
/** So many letters fit beside the squares. */
const ROOM = 26;
/** A table with more layers than this scrolls. */
const LONG = 14;

/**
 * Figure 1: the receptive field after each layer that enlarges it, to scale, and the layers.
 *
 * @param {Architecture} architecture
 */
export function fieldFigure(architecture) {
  const { layers } = architecture;
  return html`<div class="figure-one" data-testid="figure-one" data-architecture=${architecture.name}>
    <figure>
      ${nested(architecture)}
      <figcaption class="note">${caption(architecture)}</figcaption>
      ${saving(layersFigure(architecture))}
    </figure>
    <div>
      <dl class="facts facts-row">
        <div><dt>Receptive field</dt><dd>${fieldWord(architecture.receptiveField)}</dd></div>
        <div><dt>Parameters</dt><dd>${large(architecture.parameters)}</dd></div>
        <div><dt>Multiply-adds</dt><dd>${large(architecture.multiplyAdds)}</dd></div>
      </dl>
      ${scroll(
        'Layers that enlarge the receptive field',
        html`<table class="table table-plain table-layers" data-testid="layers">
          <thead><tr><th scope="col">Layer</th><th scope="col" class="number">Receptive field</th><th scope="col" class="number">Kernel</th><th scope="col" class="number">Stride</th>
            <th scope="col" class="number">Dilation</th><th scope="col" class="number">Padding</th><th scope="col" class="number">Input</th>
            <th scope="col" class="number">Output</th></tr></thead>
          <tbody>${layers.map(
            (layer) => html`<tr><th scope="row"><code>${layer.name}</code></th><td class="number"><strong>${layer.receptiveField}</strong></td><td class="number">${layer.kernel}</td><td class="number">${layer.stride}</td>
              <td class="number">${layer.dilation}</td><td class="number">${layer.padding}</td><td class="number">${layer.input}</td>
              <td class="number">${layer.output}</td></tr>`,
          )}</tbody>
        </table>`,
        layers.length > LONG,
      )}
      <p class="note">Computed from the architecture at ${IMAGE} pixels; only layers that enlarge the field are listed.</p>
    </div>
  </div>`;
}

/**
 * The drawing as a figure of its own.
 *
 * @param {Architecture} architecture
 * @returns {import('../charts/figure.js').Figure}
 */
export const layersFigure = (architecture) => ({
  name: `receptive-field-${architecture.name}`,
  testId: 'figure-one',
  title: `Receptive field of ${architecture.label}, layer by layer`,
  summary: `${architecture.layers.map(({ name, receptiveField }) => `${name}: ${receptiveField} pixels`).join('; ')}`,
  legend: [],
  caption: [caption(architecture)],
  panels: [],
  data: [],
  drawing(width) {
    const root = document.createElement('div');
    render(nested(architecture), root);
    const drawn = inlined(/** @type {SVGSVGElement} */ (root.firstElementChild));
    // The drawing is shrunk to a narrower figure, but its text is as large as elsewhere in the figure, if there is room.
    const longest = Math.max(...pick(architecture.layers, MOST_LABELS).map(({ name, receptiveField }) => short(name).length + String(receptiveField).length + 2), inPixels().length);
    const larger = Math.max(1, Math.min(WIDTH / width, ROOM / longest));
    for (const sized of drawn.querySelectorAll('[font-size]')) {
      sized.setAttribute('font-size', `${(parseFloat(sized.getAttribute('font-size') ?? '') * larger).toFixed(2)}px`);
    }
    return drawn;
  },
});

/** Whether a network sees the whole image by pooling over it, rather than by wide convolutions. @param {Architecture} architecture */
const pools = ({ receptiveField, layers }) => receptiveField === undefined && (layers.at(-1)?.receptiveField ?? 1) <= IMAGE;

/** @param {Architecture} architecture */
function caption(architecture) {
  const { label, receptiveField, layers } = architecture;
  const widest = layers.at(-1)?.receptiveField ?? 1;
  if (pools(architecture)) {
    return `The receptive field of one output of ${label}: ${widest} pixels up to ${layers.at(-1)?.name}. After that, attention pools over the whole image.`;
  }
  return receptiveField === undefined || receptiveField > IMAGE
    ? `The receptive field of one output of ${label}: up to ${widest} pixels, more than the ${IMAGE} pixels of the image (dashed).`
    : `The receptive field of one output of ${label}, layer by layer, and its share of a ${IMAGE}-pixel image (small frame).`;
}

/** Draws the fields as nested squares, with the image's pixels as a grid if there is room. @param {Architecture} architecture */
function nested(architecture) {
  const { label, layers } = architecture;
  const widest = layers.at(-1)?.receptiveField ?? 1;
  const wide = widest > IMAGE;
  const scale = SIDE / widest;
  const left = 12;
  const middle = left + SIDE / 2;
  const named = pick(layers, MOST_LABELS);
  return svg`<svg class=${named.some(({ name }) => short(name).length > 16) ? 'nested nested-long' : 'nested'} viewBox="0 0 ${WIDTH} ${SIDE + 24}" width=${WIDTH} height=${SIDE + 24} role="img"
      aria-label=${`${label}: receptive fields ${layers.map(({ receptiveField }) => receptiveField).join(', ')} pixels`}>
    ${[...layers].reverse().map((layer, i) => square(middle, layer.receptiveField * scale, depth(i, layers.length)))}
    ${scale >= 4 ? grid(left, widest, scale) : ''}
    ${wide ? svg`<rect class="image-frame" x=${middle - (IMAGE * scale) / 2} y=${middle - (IMAGE * scale) / 2} width=${IMAGE * scale} height=${IMAGE * scale}></rect>` : ''}
    ${named.map((layer, i) => pointer(layer, i, named.length, middle, scale))}
    ${wide ? '' : inImage(pools(architecture) ? IMAGE : widest)}
  </svg>`;
}

/** @param {number} middle @param {number} side @param {number} shade */
const square = (middle, side, shade) =>
  svg`<rect class=${`field-${shade}`} x=${middle - side / 2} y=${middle - side / 2} width=${side} height=${side}></rect>`;

/** The shade of a square; inner squares are darker. @param {number} i index, starting at the widest @param {number} n */
const depth = (i, n) => (n < 2 ? 4 : Math.round((i * 4) / (n - 1)));

/** @param {number} left @param {number} pixels @param {number} scale */
function grid(left, pixels, scale) {
  const lines = Array.from({ length: pixels + 1 }, (_, i) => left + i * scale);
  return svg`<path class="pixel-grid" d=${lines.map((at) => `M${at} ${left}V${left + SIDE}M${left} ${at}H${left + SIDE}`).join('')}></path>`;
}

/**
 * Draws a line from a square's upper right corner to its name.
 *
 * @param {Layer} layer
 * @param {number} i
 * @param {number} n
 * @param {number} middle
 * @param {number} scale
 */
function pointer(layer, i, n, middle, scale) {
  const half = (layer.receptiveField * scale) / 2;
  const y = 20 + (n - 1 - i) * 30;
  const corner = { x: middle + half, y: middle - half + Math.min(10, half) };
  return svg`<path class="pointer" d=${`M${corner.x} ${corner.y}L${middle + SIDE / 2 + 22} ${y}h10`}></path>
    <circle class="pointer-end" cx=${corner.x} cy=${corner.y} r="2.5"></circle>
    <text class="pointer-name" x=${middle + SIDE / 2 + 38} y=${y + 4}><tspan class="pointer-size">${layer.receptiveField}</tspan><tspan dx="7">${short(layer.name)}</tspan></text>`;
}

/** A layer's name without the parts common to its network. @param {string} name */
const short = (name) => name.replace(/^features\./, '').replace(/(conv\d*)\.conv$/, '$1');

const inPixels = () => `in ${IMAGE} × ${IMAGE} px`;

/** Draws the widest field within the whole image. @param {number} field */
function inImage(field) {
  const side = 112;
  const x = 392;
  const y = SIDE + 12 - side;
  const inner = (side * field) / IMAGE;
  return svg`<rect class="image-frame" x=${x} y=${y} width=${side} height=${side}></rect>
    <rect class="field-4" x=${x + (side - inner) / 2} y=${y + (side - inner) / 2} width=${inner} height=${inner}></rect>
    <text class="pointer-name" x=${x} y=${y - 8}>${inPixels()}</text>`;
}

/** At most this many layers, evenly spaced, including the last. @param {Layer[]} layers @param {number} most */
function pick(layers, most) {
  if (layers.length <= most) {
    return layers;
  }
  const step = (layers.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => layers[Math.round(i * step)]);
}
