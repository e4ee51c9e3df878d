import { render } from 'lit-html';
import { count, equal, root, texts } from '../testing.js';
import { commonNote, shared, split } from './in-common.js';

const COLUMNS = [{ label: 'Field', words: ({ field }) => `${field} px` }, { label: 'Set', words: ({ set }) => set }];

export function aColumnThatIsTheSameInAllRowsIsNoColumn() {
  const rows = [{ field: 9, set: 'Test' }, { field: 17, set: 'Test' }];
  const { shown, common } = split(rows, COLUMNS);
  equal(shown.map(({ label }) => label), ['Field']);
  equal(common, ['Set Test']);
}

/** Of one row nothing can be said to be the same in all. */
export function oneRowKeepsItsColumns() {
  equal(split([{ field: 9, set: 'Test' }], COLUMNS).common, []);
  equal(shared([], String), undefined);
}

export async function manyThingsInCommonAreFolded() {
  render(commonNote(['a', 'b']), root);
  await texts('@in-common', 'All have: a, b');
  render(commonNote(Array.from({ length: 10 }, (_, i) => `setting ${i}`)), root);
  await texts('summary', `All have: ${Array.from({ length: 8 }, (_, i) => `setting ${i}`).join(', ')} and 2 more`);
  render(commonNote([]), root);
  await count('@in-common', 0);
}
