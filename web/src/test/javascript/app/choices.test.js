import { equal } from '../testing.js';
import { choices } from './choices.js';

export function theAddressSaysWhatDiffersFromTheDefaults() {
  history.replaceState(null, '', '#/runs?set=scrambled&section=table');
  const changes = [];
  const [chosen, choose] = choices(new URLSearchParams('set=scrambled'), { set: 'test', image: '' }, (change) => changes.push(change));
  equal(chosen, { set: 'scrambled', image: '' });
  choose({ image: 'a b.jpg' });
  equal(location.hash, '#/runs?set=scrambled&section=table&image=a+b.jpg');
  choose({ set: 'test', image: '' });
  equal(location.hash, '#/runs?section=table');
  equal(chosen, { set: 'test', image: '' });
  equal(changes, [{ image: 'a b.jpg' }, { set: 'test', image: '' }]);
}
