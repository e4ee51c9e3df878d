import { equal, partial } from '../testing.js';
import { shownColumns } from './run-columns.js';

/** Otherwise a note is outside of what a laptop shows. */
export function whatPeopleWroteAboutARunStandsBesideItsAccuracies() {
  const columns = ['run', 'network', 'imageSize', 'test', 'seconds', 'tags', 'note'].map((name) => ({ name, type: name === 'test' ? 'share' : 'text' }));
  equal(
    shownColumns(partial({ columns, varying: ['imageSize', 'note'] }), []).map(({ name }) => name),
    ['run', 'network', 'test', 'tags', 'note', 'imageSize', 'seconds'],
  );
}
