import { html, nothing } from 'lit-html';
import { drawing, loader } from '../app/view.js';
import { heading } from '../controls/heading.js';
import { empty, failure, loading } from '../controls/notices.js';
import { operatorsOnly } from '../controls/operators-only.js';
import { damagedList } from './damaged-list.js';
import { weightsForm } from './weights-form.js';
import { weightsRemoval } from './weights-removal.js';
import { weightsTable } from './weights-table.js';

/**
 * Imported checkpoints, from which trainings can start.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, _route, { api, live }) {
  /** @type {import('../api/types.js').Weights[]|undefined} */
  let weights;
  /** @type {import('../api/types.js').Damaged[]} */
  let damaged = [];
  /** @type {Map<string, string>} */
  let labels = new Map();
  /** @type {unknown} */
  let error;
  const { draw, close } = drawing(root, template);

  const load = loader(
    () => Promise.all([api.weights(), api.architectures()]),
    (outcome) => {
      error = outcome.error;
      if (outcome.data) {
        const [held, { architectures }] = outcome.data;
        ({ weights, damaged } = held);
        labels = new Map(architectures.map(({ name, label }) => [name, label]));
      }
      draw();
    },
  );
  const form = weightsForm(api, {
    draw,
    taken: (name) => weights !== undefined && [...weights, ...damaged].some((held) => held.name === name),
    imported: load,
  });
  const removal = weightsRemoval(api, { draw, removed: load });
  const unsubscribe = live.subscribe(({ type }) => {
    if (type === 'reset') {
      load();
    }
  });
  load();

  /** @param {import('../api/types.js').Weights[]} rows */
  const content = (rows) =>
    rows.length > 0
      ? weightsTable(rows, { label: (name) => labels.get(name) ?? name, file: api.weightsFile, removal: removal.template })
      : empty({
          id: 'empty-weights',
          title: 'No weights imported yet',
          text: html`The report’s numbers come from ImageNet-pretrained networks. Download such a checkpoint from torchvision, pytorchcv or the
            BagNet authors, and import it here or with <code>bagnetlab weights import</code>. Then fine-tune it.`,
        });

  function template() {
    return html`<div class="title">
        <h1>Weights</h1>
        <p class="lead">Imported checkpoints, checked tensor by tensor against their network. Results of trainings that start from
        imported weights are labelled with the regime of those weights.</p>
      </div>
      <div class="with-side side-last">
        <section class="panel" aria-labelledby="weights-title">
          <div class="panel-head">${heading('weights', 'Imported')}</div>
          ${error ? failure(error, load) : nothing} ${damagedList(damaged, removal.template)} ${weights ? content(weights) : error ? nothing : loading()}
        </section>
        <section class="panel" aria-labelledby="import-title">
          <div class="panel-head">${heading('import', 'Import')}</div>
          ${operatorsOnly('import weights', html`${form.template()}
            <p class="note">Only tensors are read: a checkpoint that would execute code is rejected. Nothing is imported unless every tensor fits.</p>`)}
        </section>
      </div>`;
  }

  return {
    title: 'Weights',
    close() {
      form.close();
      unsubscribe();
      close();
    },
  };
}
