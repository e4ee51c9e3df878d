import { html } from 'lit-html';
import { acting } from '../controls/acting.js';
import { askingButton } from '../controls/question.js';

/**
 * Deletes imported weights, after confirmation.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, removed: () => void}} page
 */
export function weightsRemoval(api, { draw, removed }) {
  const actions = acting(draw);
  return {
    /** @param {{name: string}} weights */
    template: ({ name }) => html`${askingButton({
        id: `delete-${name}`,
        small: true,
        busy: actions.busy,
        action: () => actions.act(() => api.removeWeights(name).then(removed), name),
        question: { label: `Delete the weights ${name}?`, text: 'Delete these weights? Trainings that started from them are kept.', id: 'delete-weights-confirm' },
      })} ${actions.failure(name)}`,
  };
}
