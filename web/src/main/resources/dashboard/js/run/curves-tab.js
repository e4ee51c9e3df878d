import { html } from 'lit-html';
import { chartOf } from '../charts/figure.js';
import { legend } from '../charts/legend.js';
import { panel } from '../controls/heading.js';
import { isTraining } from '../experiment/experiments.js';
import { ended } from '../job/words.js';
import { subjectOf } from '../results/caption.js';
import { bandNote, learningCurve, learningLegend } from './learning-curve.js';
import { otherSeeds } from './other-seeds.js';

/**
 * The learning curves of a training, among those of other seeds.
 *
 * @param {import('./tab.js').TabServices} services
 * @returns {import('./tab.js').Tab}
 */
export function curvesTab({ api, draw }) {
  let withPublished = true;
  /** @type {import('./other-seeds.js').OtherSeed[]} */
  let seeds = [];

  return {
    name: 'curves',
    label: 'Curves',
    has: ({ job }) => isTraining(job.spec),

    load({ run }) {
      // Without them, the curves only lack their surroundings.
      otherSeeds(api, run).then((latest) => { seeds = latest; draw(); }, () => undefined);
    },

    template({ job, run }) {
      const { history, publishedHistory, chance, trouble, troubleSince } = run;
      const epochs = ('epochs' in job.spec ? job.spec.epochs : undefined) ?? history.length;
      const { keep } = /** @type {{keep?: 'best'|'last'}} */ (job.spec);
      const beside = { published: withPublished ? publishedHistory : undefined, seeds, keep, running: !ended(job.state), chance, trouble, troubleSince };
      const chart = (/** @type {'accuracy'|'loss'} */ quantity) => chartOf(learningCurve(history, epochs, quantity, subjectOf(run), beside));
      return panel('curve', 'Learning curves', html`${legend(learningLegend(beside))}
        ${history.length > 0
          ? html`<div class="multiples">
              <div><h3>Accuracy</h3>${chart('accuracy')}</div>
              <div><h3>Loss</h3>${chart('loss')}</div>
            </div>${bandNote(seeds)}`
          : html`<p class="loading">${ended(job.state) ? 'No epoch was completed.' : 'The first point appears after the first epoch.'}</p>`}`, {
        testId: 'learning',
        beside: publishedHistory && html`<label class="inline-field"><input type="checkbox" .checked=${withPublished} data-testid="published-history"
          @change=${(/** @type {any} */ event) => { withPublished = event.target.checked; draw(); }}>Show the report’s curves</label>`,
      });
    },
  };
}
