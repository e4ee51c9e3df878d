import { html } from 'lit-html';
import { openPage } from '../app/view.js';
import { term } from '../terms/term.js';
import { runsPanel } from './runs-panel.js';

/**
 * All runs with their results.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, lab) {
  const page = openPage(root, 'Runs', template);
  const panel = runsPanel(lab, route.query, page);

  function template() {
    return html`<div class="title">
        <h1>Runs</h1>
        <p class="lead">Every training with its parameters and accuracies, and every measurement of imported weights. Table 1 joins runs that
          differ in their ${term('seed', 'seed')} only.</p>
      </div>
      ${panel.template()}`;
  }

  return page;
}
