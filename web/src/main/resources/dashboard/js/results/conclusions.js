import { html, nothing } from 'lit-html';
import { loaded } from '../app/loaded.js';
import { regimeWords, scaleWords } from './words.js';

/**
 * What numbers show, in sentences.
 *
 * @param {string[]} sentences
 * @param {string} id for tests
 */
export const sentenceList = (sentences, id) =>
  sentences.length > 0 ? html`<ul class="sentences" data-testid=${id}>${sentences.map((words) => html`<li>${words}</li>`)}</ul>` : nothing;

/**
 * What the networks of a data set show, compared image by image in one setting.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, onClose: (action: () => void) => void}} page
 * @param {import('../api/types.js').Measure} measure
 */
export function conclusions(api, page, measure) {
  let dataset = '';
  /** @type {string|undefined} */
  let setting;
  const view = loaded(page, { read: () => api.differences({ dataset, setting, measure }), question: () => `${dataset} ${setting}` });
  return {
    /** The networks of that setting. */
    networks: () => view.data?.networks ?? [],

    /** The number of seeds from which on a cost of scrambling has an interval. */
    intervalFromSeeds: () => view.data?.intervalFromSeeds ?? 0,

    /** Asks again, as there may be new results. */
    reload: () => dataset !== '' && view.load(),

    /**
     * @param {string|undefined} on the data set; nothing is said of none
     * @param {string} [of] a run of the setting; if it is absent, the setting with the most networks is compared
     */
    template(on = '', of) {
      if (on !== dataset || of !== setting) {
        dataset = on;
        setting = of;
        view.forget();
        if (dataset !== '') {
          view.load();
        }
      }
      return dataset !== '' && (view.data || view.error) ? view.template(({ conclusions: found, setting: compared, settings }) => html`
        ${found.length > 0 && compared && of === undefined && settings.length > 1 ? html`<p class="note">Of the networks ${regimeWords(compared)}, ${scaleWords(compared)}:</p>` : nothing} ${sentenceList(found, 'conclusions')}`) : nothing;
    },
  };
}
