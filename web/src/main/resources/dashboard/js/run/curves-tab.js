import { html } from 'lit-html';
import { chartOf } from '../charts/figure.js';
import { legend } from '../charts/legend.js';
import { panel } from '../controls/heading.js';
import { isTraining } from '../experiment/experiments.js';
import { ended } from '../job/words.js';
import { subjectOf } from '../results/caption.js';
import { learningCurve, learningLegend } from './learning-curve.js';

/**
 * The learning curves of a training.
 *
 * @param {import('./tab.js').TabServices} services
 * @returns {import('./tab.js').Tab}
 */
export function curvesTab({ draw }) {
  let withPublished = true;

  return {
    name: 'curves',
    label: 'Curves',
    has: ({ job }) => isTraining(job.spec),

    template({ job, run }) {
      const { history, publishedHistory } = run;
      const epochs = ('epochs' in job.spec ? job.spec.epochs : undefined) ?? history.length;
      const published = withPublished ? publishedHistory : undefined;
      const chart = (/** @type {'accuracy'|'loss'} */ quantity) => chartOf(learningCurve(history, epochs, quantity, subjectOf(run), published));
      return panel('curve', 'Learning curves', html`${legend(learningLegend(published))}
        ${history.length > 0
          ? html`<div class="columns">
              <div><h3>Accuracy</h3>${chart('accuracy')}</div>
              <div><h3>Loss</h3>${chart('loss')}</div>
            </div>`
          : html`<p class="loading">${ended(job.state) ? 'No epoch was completed.' : 'The first point appears after the first epoch.'}</p>`}`, {
        testId: 'learning',
        beside: publishedHistory && html`<label class="inline-field"><input type="checkbox" .checked=${withPublished} data-testid="published-history"
          @change=${(/** @type {any} */ event) => { withPublished = event.target.checked; draw(); }}>Show the report’s curves</label>`,
      });
    },
  };
}
