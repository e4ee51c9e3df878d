import { html } from 'lit-html';

/**
 * A training's first images as its network sees them.
 *
 * @param {string} url of their picture
 * @param {() => void} failed called if there is no picture at this address
 */
export const trainingImages = (url, failed) => html`<figure class="training-images" data-testid="training-images">
  <img src=${url} alt="The first training images after augmentation, in rows of five" @error=${failed}>
  <figcaption class="hint">Training images as the network sees them</figcaption>
</figure>`;
