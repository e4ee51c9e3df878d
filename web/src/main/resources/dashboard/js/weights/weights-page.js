import { html } from 'lit-html';
import { loaded } from '../app/loaded.js';
import { openPage } from '../app/view.js';
import { acting } from '../controls/acting.js';
import { panel, title } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { operatorsOnly } from '../controls/operators-only.js';
import { damagedList } from './damaged-list.js';
import { weightsForm } from './weights-form.js';
import { weightsTable } from './weights-table.js';

/**
 * Imported checkpoints, from which trainings can start.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, _route, { api, live }) {
  const page = openPage(root, 'Weights', () => html`${title('Weights',
      'Imported checkpoints, checked tensor by tensor against their network. Results of trainings that start from imported weights are labelled with the regime of those weights.')}
    <div class="with-side side-last">
      ${panel('weights', 'Imported', view.template(content))}
      ${panel('import', 'Import', operatorsOnly('import weights', html`${form.template()}
        <p class="note">Only tensors are read: a checkpoint that would execute code is rejected. Nothing is imported unless every tensor fits.</p>`))}
    </div>`);
  const view = loaded(page, { read: () => Promise.all([api.weights(), api.architectures()]), live, concerns: ({ type }) => type === 'reset' });
  const architectures = () => view.data?.[1].architectures ?? [];
  const label = (/** @type {string} */ name) => architectures().find((each) => each.name === name)?.label ?? name;
  const form = weightsForm(api, {
    draw: page.draw,
    architectures,
    label,
    taken: (name) => view.data !== undefined && [...view.data[0].weights, ...view.data[0].damaged].some((held) => held.name === name),
    imported: view.load,
  });
  page.onClose(form.close);
  const actions = acting(page.draw);

  /** @param {{name: string}} weights */
  const removal = ({ name }) =>
    actions.deletion(name, { what: 'weights', text: 'Delete these weights? Trainings that started from them are kept.', confirm: 'delete-weights-confirm' }, () => api.removeWeights(name).then(view.load));

  /** @param {NonNullable<typeof view.data>} found */
  const content = ([{ weights, damaged }]) => html`${damagedList(damaged, removal)}
    ${weights.length > 0
      ? weightsTable(weights, { label, file: api.weightsFile, removal })
      : empty({
          id: 'empty-weights',
          title: 'No weights imported yet',
          text: html`The report’s numbers come from ImageNet-pretrained networks. Download such a checkpoint from torchvision, pytorchcv or the
            BagNet authors, and import it here or with <code>bagnetlab weights import</code>. Then fine-tune it.`,
        })}`;

  return page;
}
