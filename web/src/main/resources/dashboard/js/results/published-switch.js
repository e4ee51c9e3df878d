import { html, nothing } from 'lit-html';
import { replaceQuery } from '../app/routes.js';

/** @typedef {import('../api/types.js').MeasuredOn} MeasuredOn */

/**
 * Decides whether the report's values stand beside measured ones: always if these are of the report's classes, or if
 * there are none, otherwise where the reader asks for it. The page's address remembers that.
 *
 * @param {URLSearchParams} query of the page
 * @param {() => void} draw
 */
export function publishedSwitch(query, draw) {
  let asked = query.get('published') === 'true';
  return {
    /** Whether the reader asked for it. */
    get asked() {
      return asked;
    },

    /** @param {Pick<MeasuredOn, 'publishedApplies'>|undefined} on the measured data set; undefined: nothing was measured */
    shows: (on) => asked || !on || on.publishedApplies,

    /** @param {Pick<MeasuredOn, 'publishedApplies'>|undefined} on */
    template: (on) => !on || on.publishedApplies
      ? nothing
      : html`<label class="inline-field"><input type="checkbox" data-testid="show-published" .checked=${asked}
          @change=${(/** @type {any} */ event) => {
            asked = event.target.checked;
            replaceQuery({ published: asked ? 'true' : undefined });
            draw();
          }}> Show the report’s published values (15-scene, pretrained, 224 px)</label>`,
  };
}
