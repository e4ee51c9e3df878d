import { render } from 'lit-html';
import { all, equal, root } from '../testing.js';
import { sweepBar } from './sweep-bar.js';

export function oneFailureAmongThousandsIsSeen() {
  render(sweepBar({ SUCCEEDED: 9998, FAILED: 1, QUEUED: 1 }), root);
  const ends = all('main rect[data-state]').map((rect) => {
    const from = Number(rect.getAttribute('x'));
    return [from, from + Number(rect.getAttribute('width'))];
  });
  equal(ends.length, 3);
  equal(ends.every(([from, to]) => to - from > 4), true);
  equal(ends.every(([, to], i) => i + 1 === ends.length || to < ends[i + 1][0]), true);
  equal(Math.round(ends[2][1]), 1000);
}
