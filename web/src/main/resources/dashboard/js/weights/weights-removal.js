import { html, nothing } from 'lit-html';
import { failure } from '../controls/notices.js';
import { deletion } from '../controls/question.js';

/**
 * Deletes imported weights, after confirmation.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, removed: () => void}} page
 */
export function weightsRemoval(api, { draw, removed }) {
  const asking = deletion({ draw });
  let busy = false;
  /** @type {{name: string, cause: unknown}|undefined} */
  let refused;

  /** @param {string} name */
  async function remove(name) {
    busy = true;
    refused = undefined;
    draw();
    try {
      await api.removeWeights(name);
      removed();
    } catch (cause) {
      refused = { name, cause };
    }
    busy = false;
    asking.keep();
  }

  return {
    /** @param {{name: string}} weights */
    template: ({ name }) => html`${asking.asks(name)
        ? asking.question({
            key: name,
            label: `Delete the weights ${name}?`,
            text: 'Delete these weights? Trainings that started from them are kept.',
            busy,
            small: true,
            remove: () => remove(name),
            id: 'delete-weights-confirm',
          })
        : asking.button({ key: name, small: true, id: `delete-${name}` })}
      ${refused?.name === name ? failure(refused.cause) : nothing}`,
  };
}
