import { html, nothing } from 'lit-html';
import { choices } from '../app/choices.js';

/** @typedef {import('../api/types.js').MeasuredOn} MeasuredOn */

/**
 * Decides whether the report's values are shown beside measured ones. They always are if the measured values are of the
 * report's classes, or if there are none; otherwise only if the user asks for them.
 *
 * @param {URLSearchParams} query of the page's URL
 * @param {() => void} draw
 */
export function publishedSwitch(query, draw) {
  const [chosen, choose] = choices(query, { published: '' }, draw);
  const asked = () => chosen.published === 'true';
  return {
    /** Whether the user asked for published values. */
    asked,

    /** @param {Pick<MeasuredOn, 'publishedApplies'>|undefined} on the measured data set; undefined if nothing was measured */
    shows: (on) => asked() || !on || on.publishedApplies,

    /** @param {Pick<MeasuredOn, 'publishedApplies'>|undefined} on */
    template: (on) => !on || on.publishedApplies
      ? nothing
      : html`<label class="inline-field"><input type="checkbox" data-testid="show-published" .checked=${asked()}
          @change=${(/** @type {any} */ event) => choose({ published: event.target.checked ? 'true' : '' })}> Show the report’s published values (15-scene, pretrained, 224 px)</label>`,
  };
}
