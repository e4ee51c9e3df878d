import { html, nothing } from 'lit-html';
import { imageHref } from '../app/routes.js';
import { fileName, verdict } from '../picture/picture.js';
import { probability } from './prediction-words.js';

/**
 * @typedef {import('../api/types.js').ImagePrediction} ImagePrediction
 * @typedef {import('../api/types.js').PredictionPage} PredictionPage
 */

/**
 * Images with their predictions; each image links to its page.
 *
 * @param {PredictionPage} page
 * @param {object} options
 * @param {number[]} options.runs
 * @param {(path: string) => string} options.address returns the URL of an image
 * @param {Map<string, string>} options.scrambled URLs of the scrambled images that are stored
 */
export const gallery = ({ dataset, pictured, predictions }, { runs, address, scrambled }) => html`<ul class="gallery" data-testid="gallery">
  ${predictions.map((prediction) => {
    const { image, set } = prediction;
    const stored = set === 'scrambled' ? scrambled.get(image) : undefined;
    const url = stored ?? (pictured ? address(image) : undefined);
    return html`<li class="picture" data-image=${image} data-set=${set} data-class=${prediction.class} data-predicted=${prediction.predicted}>
      <a href=${imageHref(dataset, image, runs)} aria-label=${`${words(prediction)}${stored ? ', scrambled' : ''}`}>
        ${url ? html`<img src=${url} width="128" height="128" loading="lazy" alt="">` : html`<span class="picture-none" aria-hidden="true">no picture</span>`}
        ${stored ? html`<span class="badge">scrambled</span>` : nothing}</a>
      ${caption(prediction, runs)}
    </li>`;
  })}
</ul>`;

/** @param {ImagePrediction} prediction */
const words = ({ image, class: name, predicted, right }) => `${fileName(image)}: ${name}, ${right ? 'predicted correctly' : `predicted as ${predicted}`}`;

/** @param {ImagePrediction} prediction @param {number[]} runs */
function caption({ class: name, predicted, probability: share, classProbability, right, others }, runs) {
  const several = others.length > 0;
  const wrong = !right || several;
  return html`<div class="gallery-words">
    ${line(name, predicted, share, several ? runs[0] : undefined)}
    ${others.map((other) => line(name, other.predicted, other.probability, other.run))}
    ${wrong ? html`<span>true class: ${name} ${several ? nothing : percentage(classProbability)}</span>` : nothing}
  </div>`;
}

/** @param {string} name @param {string} predicted @param {number|undefined} share @param {number|undefined} run */
const line = (name, predicted, share, run) =>
  html`<span>${run === undefined ? nothing : html`<span class="faint">#${run}</span> `}${verdict(predicted, name)} ${percentage(share)}</span>`;

/** @param {number|undefined} share */
const percentage = (share) => html`<span class="faint gallery-share">${probability(share)}</span>`;
