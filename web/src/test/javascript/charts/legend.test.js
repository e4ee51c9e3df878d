import { render } from 'lit-html';
import { all, equal, root, words } from '../testing.js';
import { legend } from './legend.js';
import { SYMBOLS } from './symbols.js';

export function everySymbolHasAColor() {
  render(legend(Object.keys(SYMBOLS).map((name) => [name, name])), root);
  const plain = all('main li').filter((entry) =>
    [...entry.querySelectorAll('path')].some((path) => {
      const { fill, stroke } = getComputedStyle(path);
      return fill === 'rgb(0, 0, 0)' || (fill === 'none' && stroke === 'none');
    }));
  equal(plain.map(words), []);
}
