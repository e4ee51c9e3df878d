import { equal, partial } from '../testing.js';
import { partWords } from './progress.js';

/** A part that is about to end has no "0 s left", and a time that is not known is not one of zero. */
export function theTimeLeftOfAPartIsSaidInWords() {
  const words = (/** @type {number|undefined} */ secondsLeft) => partWords(partial({ phase: 'explaining', done: 2, total: 3, secondsLeft }));
  equal(words(0.4), 'part 2 of 3 · almost done');
  equal(words(0.6), 'part 2 of 3 · 1 s left');
  equal(words(75), 'part 2 of 3 · 1 min 15 s left');
  equal(words(-1), 'part 2 of 3 · estimating the time left');
  equal(words(undefined), 'part 2 of 3 · estimating the time left');
}
