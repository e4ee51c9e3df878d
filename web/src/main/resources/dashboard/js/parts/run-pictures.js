import { html, nothing } from 'lit-html';
import { fileName, picture, verdict } from './picture.js';

/** @typedef {import('../types.js').Artifact} Artifact */

const KINDS = ['image', 'heatmap', 'scrambled-image', 'scrambled-heatmap'];

/** @type {Record<string, string>} */
const CAPTIONS = { image: 'Image', 'scrambled-image': 'Scrambled' };

/** Whether an artifact is a picture that the page shows. @param {Artifact} artifact */
export const isPicture = ({ kind, mediaType }) => KINDS.includes(kind) && mediaType.startsWith('image/');

/**
 * A run's pictures, a row for each test image.
 *
 * @param {Artifact[]} artifacts
 */
export function runPictures(artifacts) {
  /** @type {Map<string, Artifact[]>} */
  const images = new Map();
  for (const artifact of artifacts.filter(isPicture)) {
    const path = artifact.facts.image ?? '';
    images.set(path, [...(images.get(path) ?? []), artifact]);
  }
  return [...images].map(([path, pictures]) => row(path, pictures));
}

/** @param {string} path @param {Artifact[]} pictures */
function row(path, pictures) {
  const actual = pictures.find(({ facts }) => facts.class)?.facts.class ?? '';
  return html`<article class="example" data-image=${path}>
    <h3>${actual} <span class="faint">${fileName(path)}</span></h3>
    <div class="pictures pictures-four">
      ${KINDS.map((kind) => pictures.find((artifact) => artifact.kind === kind)).map((artifact) => (artifact ? one(artifact, actual) : nothing))}
    </div>
  </article>`;
}

/** @param {Artifact} artifact @param {string} actual */
function one({ kind, url, facts }, actual) {
  const heatmap = kind.endsWith('heatmap');
  const caption = heatmap ? `Evidence for ${facts.label ?? actual}` : html`${CAPTIONS[kind]} ${verdict(facts.predicted, actual)}`;
  return picture({ kind, url, facts, caption, alt: heatmap ? `Heatmap for the class ${facts.label ?? actual}` : `${CAPTIONS[kind]} of ${actual}` });
}
