import { equal } from '../testing.js';
import { leftWords } from './forecast.js';

export function theTimeThatIsLeftIsSaidOrWhyItIsNotKnown() {
  const now = Date.parse('2026-01-01T01:00:00Z');
  const left = (seconds) => leftWords({ expectedEnd: new Date(now + 1000 * seconds).toISOString() }, now);
  equal(left(80), 'about 1 min left');
  equal(left(-5), 'about 0 s left');
  equal(left(7200).startsWith('about 2 h 00 min left, until about '), true);
  equal(leftWords({ behind: 12 }, now), 'time left not known yet: it depends on job 12');
  equal(leftWords({}, now), '');
}
