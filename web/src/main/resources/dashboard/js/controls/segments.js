import { html } from 'lit-html';

/**
 * A segmented control: a choice of one among a few options, all visible.
 *
 * @template {string} Value
 * @param {object} choice
 * @param {string} choice.id for tests, with the value after it
 * @param {string} choice.legend for a screen reader
 * @param {(readonly [value: Value, words: unknown])[]} choice.options an option with an empty value has the test id `all`
 * @param {string|undefined} choice.chosen
 * @param {(value: Value) => void} choice.choose
 */
export const segments = ({ id, legend, options, chosen, choose }) => html`<fieldset class="segments">
  <legend class="visually-hidden">${legend}</legend>
  ${options.map(([value, words]) => html`<label><input type="radio" name=${id} value=${value} .checked=${value === chosen} @change=${() => choose(value)}
    data-testid=${`${id}-${value || 'all'}`}><span>${words}</span></label>`)}
</fieldset>`;
