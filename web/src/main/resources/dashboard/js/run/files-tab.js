import { panel } from '../controls/heading.js';
import { runFiles } from './run-facts.js';
import { isPicture } from './run-pictures.js';

/** The files that a job stored, other than pictures. @type {import('./tab.js').Tab} */
export const filesTab = {
  name: 'files',
  label: 'Files',
  has: ({ run }) => !run.artifacts.every(isPicture),
  template: ({ run }) => panel('files', 'Files', runFiles(run.artifacts)),
};
