import { render } from 'lit-html';
import { equal, partial, root } from '../testing.js';
import { colorScale } from './color-scale.js';

/** A network that learnt little gives the same logit everywhere: that is no missing picture. */
export function aMapOfTheReportsModeSaysItsRange() {
  const said = (maximum) => {
    render(colorScale(partial({ mode: 'report', minimum: '0.0', maximum })), root);
    return root.textContent;
  };
  equal(said('0.0'), 'as in the report: the same value everywhere');
  equal(said('2.5'), 'as in the report: 0.00 to 2.50 standard deviations');
}
