import { html } from 'lit-html';
import { loading } from '../controls/notices.js';
import { classRecalls } from './class-recalls.js';
import { isMeasured, setWords } from './tab.js';

/**
 * Scores by class, and the confusion matrix.
 *
 * @param {import('./tab.js').TabServices} services
 * @returns {import('./tab.js').Tab}
 */
export function classesTab({ api, id, draw }) {
  /** @type {import('../api/types.js').Statistic|'missing'|undefined} */
  let classes;
  /** @type {import('../api/types.js').SetName|undefined} */
  let chosen;

  return {
    name: 'classes',
    label: 'Classes',
    has: ({ run }) => isMeasured(run),

    async load() {
      // Old runs may lack stored predictions; that is not an error.
      classes = await api.statistic(id, 'classes').catch(() => 'missing');
      draw();
    },

    template({ run }) {
      if (!classes) {
        return loading();
      }
      if (classes === 'missing' || classes.results.length === 0) {
        return html`<p class="note" data-testid="classes-missing">Not available: this run did not store the predictions that scores by class are computed from.</p>`;
      }
      return classRecalls(classes, {
        dataset: 'dataset' in run.spec ? run.spec.dataset : undefined,
        run: id,
        words: setWords(run),
        chosen,
        choose(set) { chosen = set; draw(); },
      });
    },
  };
}
