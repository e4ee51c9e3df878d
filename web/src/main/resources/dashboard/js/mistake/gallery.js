import { html, nothing } from 'lit-html';
import { imageHref } from '../app/routes.js';
import { fileName, verdict } from '../picture/picture.js';
import { probability } from './prediction-words.js';

/**
 * @typedef {import('../api/types.js').ImagePrediction} ImagePrediction
 * @typedef {import('../api/types.js').PredictionPage} PredictionPage
 */

/**
 * Images with what networks saw in them; each leads to its page.
 *
 * @param {PredictionPage} page
 * @param {object} options
 * @param {number[]} options.runs
 * @param {(path: string) => string} options.address of a picture
 * @param {Map<string, string>} options.scrambled addresses of the pictures of scrambled images, as far as they are stored
 */
export const gallery = ({ dataset, pictured, predictions }, { runs, address, scrambled }) => html`<ul class="gallery" data-testid="gallery">
  ${predictions.map((prediction) => {
    const { image, set } = prediction;
    const stored = set === 'scrambled' ? scrambled.get(image) : undefined;
    const url = stored ?? (pictured ? address(image) : undefined);
    return html`<li class="picture" data-image=${image} data-set=${set} data-class=${prediction.class} data-predicted=${prediction.predicted}>
      <a href=${imageHref(dataset, image, runs)} aria-label=${words(prediction)}>
        ${url ? html`<img src=${url} width="128" height="128" loading="lazy" alt="">` : html`<span class="picture-none">no picture</span>`}
        ${stored ? html`<span class="badge">scrambled</span>` : nothing}</a>
      ${caption(prediction, runs)}
    </li>`;
  })}
</ul>`;

/** @param {ImagePrediction} prediction */
const words = ({ image, class: name, predicted, right }) => `${fileName(image)}: ${name}, ${right ? 'seen as such' : `taken for ${predicted}`}`;

/** @param {ImagePrediction} prediction @param {number[]} runs */
function caption({ class: name, predicted, probability: share, classProbability, right, others }, runs) {
  const several = others.length > 0;
  return html`<div class="gallery-words">
    <span>${several ? html`<span class="faint">#${runs[0]}</span> ` : nothing}${verdict(predicted, name)} <span class="faint">${probability(share)}</span></span>
    ${others.map((other) => html`<span><span class="faint">#${other.run}</span> ${verdict(other.predicted, name)} <span class="faint">${probability(other.probability)}</span></span>`)}
    ${right ? nothing : html`<span>is ${name} <span class="faint">${several ? '' : probability(classProbability)}</span></span>`}
  </div>`;
}
