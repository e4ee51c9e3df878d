import { equal, partial } from '../testing.js';
import { svgOf } from '../charts/figure-svg.js';
import { layersFigure } from './field-figure.js';

export function aSavedFigureNeedsNoStyleSheet() {
  const layers = [3, 9].map((receptiveField, i) => ({ name: `conv${i + 1}`, kernel: 3, stride: 1, dilation: 1, padding: 0, input: 224, output: 222, receptiveField }));
  const saved = svgOf(layersFigure(partial({ name: 'bagnet9', label: 'BagNet-9', receptiveField: 9, layers })), 'http://lab/');
  const svg = new DOMParser().parseFromString(saved, 'image/svg+xml');
  equal([...svg.querySelectorAll('rect[class^=field-]')].map((square) => square.getAttribute('fill')), ['#d9e9f0', '#0d5372', '#0d5372']);
  equal([...svg.querySelectorAll('text')].map(({ textContent }) => textContent).filter((text) => text?.startsWith('Receptive field of BagNet-9')).length, 1);
  equal(saved.includes('var(--'), false);
  equal(saved.includes('<!--'), false);
}

export function itsTextIsAsLargeInANarrowFigureAsThereIsRoom() {
  const layers = [3, 9].map((receptiveField, i) => ({ name: `conv${i + 1}`, kernel: 3, stride: 1, dilation: 1, padding: 0, input: 224, output: 222, receptiveField }));
  const sizes = (/** @type {object[]} */ of, /** @type {number} */ width) => {
    const drawn = layersFigure(partial({ name: 'bagnet9', label: 'BagNet-9', receptiveField: 9, layers: of })).drawing?.(width);
    return [...new Set([...drawn?.querySelectorAll('.pointer-name') ?? []].map((text) => text.getAttribute('font-size')))];
  };
  equal(sizes(layers, 600), ['13.00px']);
  equal(sizes(layers, 400), ['18.20px']);
  equal(sizes([...layers, { ...layers[0], name: 'denseblock4.denselayer16.conv2' }], 400), ['13.00px']);
}
