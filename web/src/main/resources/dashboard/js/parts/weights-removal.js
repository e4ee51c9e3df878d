import { html, nothing } from 'lit-html';
import { failure } from './notices.js';

/**
 * Removes imported weights, after a question.
 *
 * @param {typeof import('../api.js').api} api
 * @param {{draw: () => void, removed: () => void}} page
 */
export function weightsRemoval(api, { draw, removed }) {
  let asked = '';
  let busy = false;
  /** @type {{name: string, cause: unknown}|undefined} */
  let refused;

  /** @param {string} name */
  function ask(name) {
    asked = name;
    refused = undefined;
    draw();
  }

  /** @param {string} name */
  async function remove(name) {
    busy = true;
    draw();
    try {
      await api.removeWeights(name);
      removed();
    } catch (cause) {
      refused = { name, cause };
    }
    busy = false;
    asked = '';
    draw();
  }

  /** @param {string} name */
  const question = (name) => html`<span class="question" role="group" aria-label=${`Delete the weights ${name}?`}>
    Delete these weights? What was trained from them stays.
    <button class="button button-small button-bad" type="button" ?disabled=${busy} @click=${() => remove(name)} data-testid="delete-weights-confirm">Delete</button>
    <button class="button button-small" type="button" @click=${() => ask('')}>Keep</button></span>`;

  return {
    /** @param {{name: string}} weights */
    template: ({ name }) => html`${asked === name
        ? question(name)
        : html`<button class="button button-small" type="button" @click=${() => ask(name)} data-testid=${`delete-${name}`}>Delete</button>`}
      ${refused?.name === name ? failure(refused.cause) : nothing}`,
  };
}
