import { html } from 'lit-html';
import { openPage } from '../app/view.js';
import { title } from '../controls/heading.js';
import { runsPanel } from './runs-panel.js';

/**
 * All runs with their results.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, lab) {
  const page = openPage(root, 'Runs', () => html`${title('Runs',
      html`Every training, and every measurement of imported weights.`)}
    ${panel.template()}`);
  const panel = runsPanel(lab, route.query, page);

  return page;
}
