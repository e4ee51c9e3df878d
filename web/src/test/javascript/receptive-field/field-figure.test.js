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
}
