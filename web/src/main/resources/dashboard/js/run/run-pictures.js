import { html, nothing } from 'lit-html';
import { partWords } from '../job/progress.js';
import { ended } from '../job/words.js';
import { fileName, picture, verdict } from '../picture/picture.js';
import { strideWords } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').Artifact} Artifact
 * @typedef {import('../api/types.js').Run} Run
 */

const KINDS = ['image', 'heatmap', 'scrambled-image', 'scrambled-heatmap'];

/** @type {Record<string, string>} */
const CAPTIONS = { image: 'Image', 'scrambled-image': 'Scrambled' };

/** Outputs that are shown together, an image beside its heatmap. */
const OUTPUTS = ['pictures', 'heatmap'];

/** Whether an artifact is a picture of an image or of its heatmap. @param {Artifact} artifact */
export const isPicture = ({ kind, mediaType, output = OUTPUTS[0] }) => KINDS.includes(kind) && mediaType.startsWith('image/') && OUTPUTS.includes(output);

/**
 * A run's pictures, a row for each test image.
 *
 * @param {Run} run
 * @param {import('../api/types.js').Progress|undefined} progress
 * @param {ReturnType<typeof import('../picture/map-values.js').mapValues>} under
 */
export function runPictures(run, progress, under) {
  /** @type {Map<string, Artifact[]>} */
  const images = new Map();
  for (const artifact of run.artifacts.filter(isPicture)) {
    const path = artifact.facts.image ?? '';
    images.set(path, [...(images.get(path) ?? []), artifact]);
  }
  return html`${[...images].map(([path, pictures]) => row(path, pictures, run, under))} ${refinement(run, progress)}`;
}

/**
 * Loads the pictures that take others' places, so that exchanging them leaves no gap.
 *
 * @param {Run|undefined} before
 * @param {Run} after
 */
export function exchangeable(before, after) {
  const shown = before?.artifacts.filter(isPicture) ?? [];
  const exchanged = after.artifacts.filter(
    (artifact) => !shown.some(({ id }) => id === artifact.id) && shown.some(({ kind, facts }) => kind === artifact.kind && facts.image === artifact.facts.image),
  );
  return Promise.all(exchanged.map(({ url }) => loaded(url)));
}

/**
 * Comes true even if the picture is gone, because another has taken its place in turn: then the page is about to load anew.
 *
 * @param {string} url
 */
const loaded = (url) =>
  new Promise((resolve) => {
    const image = new Image();
    image.onload = resolve;
    image.onerror = resolve;
    image.src = url;
  });

/** Whether a heatmap is coarser than the one that is wanted. @param {Artifact} artifact @param {Run} run */
const isCoarse = ({ facts }, { spec }) => spec.kind === 'heatmap' && Number(facts.stride) > spec.stride;

/**
 * What is to be known of heatmaps that are coarser than they will be. Below them, so that they stay where they are when it goes.
 * The run's state tells it: it is read before the pictures and so never ahead of them, as the job's may be.
 *
 * @param {Run} run
 * @param {import('../api/types.js').Progress|undefined} progress
 */
function refinement(run, progress) {
  const { spec, state, artifacts } = run;
  const coarse = artifacts.find((artifact) => isCoarse(artifact, run));
  if (!coarse) {
    return nothing;
  }
  const wanted = spec.kind === 'heatmap' ? spec.stride : 1;
  const drawn = strideWords(Number(coarse.facts.stride));
  if (ended(state)) {
    return html`<p class="note" data-testid="unrefined">The job ended before the map of ${strideWords(wanted)} was there. What is left is
      the coarse one, of ${drawn}.</p>`;
  }
  return html`<div class="refinement" data-testid="refining">
    <p role="status">A coarse map is shown first, of ${drawn}. The map of ${strideWords(wanted)} is being computed and will take its place.</p>
    ${progress?.phase === 'explaining' ? html`<p class="refinement-progress">Being refined: ${partWords(progress)}</p>` : nothing}
    <p class="note">White stays 0. Where the deepest colours begin depends on a map’s values, of which the finer one has more: the scale may change with it.</p>
  </div>`;
}

/** @param {string} path @param {Artifact[]} pictures @param {Run} run @param {ReturnType<typeof import('../picture/map-values.js').mapValues>} under */
function row(path, pictures, run, under) {
  const actual = pictures.find(({ facts }) => facts.class)?.facts.class ?? '';
  return html`<article class="example" data-image=${path}>
    <h3>${actual} <span class="faint">${fileName(path)}</span></h3>
    <div class="pictures pictures-four">
      ${KINDS.map((kind) => pictures.find((artifact) => artifact.kind === kind)).map((artifact) => (artifact ? one(artifact, actual, run, under(run.artifacts, artifact)) : nothing))}
    </div>
  </article>`;
}

/** @param {Artifact} artifact @param {string} actual @param {Run} run @param {import('../picture/map-values.js').Under|undefined} under */
function one(artifact, actual, run, under) {
  const { kind, url, facts } = artifact;
  const heatmap = kind.endsWith('heatmap');
  const refined = isCoarse(artifact, run) && !ended(run.state) ? ', refining' : '';
  const density = facts.stride ? html`<span class="faint">${strideWords(Number(facts.stride))}${refined}</span>` : nothing;
  const caption = heatmap ? html`Evidence for ${facts.label ?? actual} ${density}` : html`${CAPTIONS[kind]} ${verdict(facts.predicted, actual)}`;
  return picture({ kind, url, facts, caption, under, alt: heatmap ? `Heatmap for the class ${facts.label ?? actual}` : `${CAPTIONS[kind]} of ${actual}` });
}
