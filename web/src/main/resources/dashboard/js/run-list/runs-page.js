import { html } from 'lit-html';
import { openPage } from '../app/view.js';
import { title } from '../controls/heading.js';
import { runningTrainings } from './running-trainings.js';
import { runsPanel } from './runs-panel.js';

/**
 * All runs with their results.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, lab) {
  const page = openPage(root, 'Runs', () => html`${title('Runs',
      html`Every training with results, and every measurement of imported weights.`)}
    ${running.template()} ${panel.template()}`);
  const running = runningTrainings(page, lab);
  const panel = runsPanel(lab, route.query, page);

  return page;
}
