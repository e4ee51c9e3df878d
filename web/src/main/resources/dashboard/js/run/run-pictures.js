import { html, nothing } from 'lit-html';
import { heatmapsHref } from '../app/routes.js';
import { panel } from '../controls/heading.js';
import { isTraining } from '../experiment/experiments.js';
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

/** Whether an artifact is a picture of an image or of its heatmap. @param {Artifact} artifact */
export const isPicture = ({ kind, mediaType }) => KINDS.includes(kind) && mediaType.startsWith('image/');

/**
 * The pictures of a job, if it has any, with a link to the heatmaps of other networks.
 *
 * @param {import('../api/types.js').Job} job
 * @param {Run} run
 * @param {ReturnType<typeof import('../picture/map-values.js').mapValues>} under
 */
export const picturesPanel = (job, run, under) =>
  run.artifacts.some(isPicture) ? panel('pictures', 'Pictures', html`${run.artifacts.some(isMap) ? html`<p class="note">Point at a heatmap, or touch it, to read its values: red is evidence for the class, blue against it.</p>` : nothing} ${runPictures(run, job.progress, under)}`, { beside: comparison(job) }) : nothing;

/** A link to the heatmaps of this and other networks for the same image, or for any image. @param {import('../api/types.js').Job} job */
function comparison({ id, spec, state }) {
  const [of, image] = isTraining(spec) ? [id, undefined] : [spec.run, 'image' in spec ? spec.image : undefined];
  return state === 'SUCCEEDED' && of !== undefined && (isTraining(spec) || spec.kind === 'heatmap' || spec.kind === 'saliency')
    ? html`<a href=${heatmapsHref({ runs: [of], dataset: spec.dataset, image })} data-testid="compare-heatmaps">Any image, beside other networks</a>`
    : nothing;
}

/**
 * A run's pictures, a row for each test image.
 *
 * @param {Run} run
 * @param {import('../api/types.js').Progress|undefined} progress
 * @param {ReturnType<typeof import('../picture/map-values.js').mapValues>} under
 */
export function runPictures(run, progress, under) {
  const images = [...Map.groupBy(run.artifacts.filter(isPicture), ({ facts }) => facts.image ?? '')];
  return html`${images.map(([path, pictures]) => row(path, pictures, run, under))} ${refinement(run, progress)}`;
}

/** The identity of a picture: one with the same key replaces it. @param {Artifact} artifact */
const placeOf = ({ kind, facts }) => [kind, facts.image, facts.label, facts.saliency].join('\n');

/**
 * Preloads pictures that replace others, so that swapping them leaves no gap.
 *
 * @param {Run|undefined} before
 * @param {Run} after
 */
export function preloadReplacements(before, after) {
  const shown = before?.artifacts.filter(isPicture) ?? [];
  const replacements = after.artifacts.filter((artifact) => !shown.some(({ id }) => id === artifact.id) && shown.some((earlier) => placeOf(earlier) === placeOf(artifact)));
  return Promise.all(replacements.map(({ url }) => loaded(url)));
}

/**
 * Resolves even if the picture is gone because yet another one has replaced it: the page is then about to reload.
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

/** Whether a heatmap is coarser than the requested one. @param {Artifact} artifact @param {Run} run */
const isCoarse = ({ facts }, { spec }) => 'stride' in spec && Number(facts.stride) > spec.stride;

/**
 * A note on heatmaps that are still being refined. It is below the heatmaps, so that they do not move when it
 * disappears. It follows the run's state rather than the job's: the run's state is loaded before the pictures and so is
 * never ahead of them.
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
  const wanted = 'stride' in spec ? spec.stride : 1;
  const drawn = strideWords(Number(coarse.facts.stride));
  if (ended(state)) {
    return html`<p class="note" data-testid="unrefined">The job ended before the fine heatmap (${strideWords(wanted)}) was finished. Only the
      coarse one (${drawn}) is available.</p>`;
  }
  return html`<div class="refinement" data-testid="refining">
    <p role="status">This is a coarse heatmap (${drawn}). The fine one (${strideWords(wanted)}) is being computed and will replace it.</p>
    ${progress?.phase === 'explaining' ? html`<p class="refinement-progress">Refining: ${partWords(progress)}</p>` : nothing}
    <p class="note">White is always 0. The limits of the colour scale depend on the heatmap’s values, so they may change when the fine heatmap arrives.</p>
  </div>`;
}

/**
 * An image and its maps. If there are several pairs of maps (whole and scrambled), they follow the images, so that each
 * pair is side by side.
 *
 * @param {string} path
 * @param {Artifact[]} pictures
 * @param {Run} run
 * @param {ReturnType<typeof import('../picture/map-values.js').mapValues>} under
 */
function row(path, pictures, run, under) {
  const actual = pictures.find(({ facts }) => facts.class)?.facts.class ?? '';
  const maps = pictures.filter(isMap);
  const several = new Set(maps.map(pairOf)).size > 1;
  const ordered = several
    ? [...inOrder(pictures.filter((artifact) => !isMap(artifact))), ...[...Map.groupBy(maps, pairOf)].flatMap(([, pair]) => inOrder(pair))]
    : inOrder(pictures);
  return html`<article class="example" data-image=${path}>
    <h3>${actual} <span class="faint">${fileName(path)}</span></h3>
    <div class="pictures">
      ${ordered.map((artifact) => one(artifact, { actual, run, several, under: under(run.artifacts, artifact) }))}
    </div>
  </article>`;
}

/** @param {Artifact} artifact */
const isMap = ({ kind }) => kind.endsWith('heatmap');

/** The key that the maps of the whole and the scrambled image share. @param {Artifact} map */
const pairOf = ({ facts }) => `${facts.saliency ?? ''} ${facts.label ?? ''}`;

/** The pictures, one of each kind, in the order of the kinds. @param {Artifact[]} pictures @returns {Artifact[]} */
const inOrder = (pictures) => KINDS.flatMap((kind) => pictures.find((artifact) => artifact.kind === kind) ?? []);

/** @param {Artifact} artifact @param {{actual: string, run: Run, several: boolean, under: import('../picture/map-values.js').Under|undefined}} row */
function one(artifact, { actual, run, several, under }) {
  const { kind, url, facts } = artifact;
  const of = facts.label ?? actual;
  const scrambled = kind.startsWith('scrambled');
  const what = facts.saliency && facts.saliency !== 'heatmap' ? `${facts.saliency} map` : 'evidence';
  const refined = isCoarse(artifact, run) && !ended(run.state) ? ', refining' : '';
  const words = [several ? (scrambled ? 'scrambled' : 'whole') : '', facts.stride ? `${strideWords(Number(facts.stride))}${refined}` : ''].filter(Boolean);
  const caption = isMap(artifact)
    ? html`${capitalised(what)} for ${of} ${words.length > 0 ? html`<span class="faint">${words.join(', ')}</span>` : nothing}`
    : html`${CAPTIONS[kind]} ${verdict(facts.predicted, actual)}`;
  const alt = isMap(artifact) ? `${what === 'evidence' ? 'Heatmap' : capitalised(what)} for the class ${of}` : `${CAPTIONS[kind]} of ${actual}`;
  return picture({ kind, url, facts, caption, under, alt: several && scrambled && isMap(artifact) ? `${alt}, scrambled` : alt });
}

/** @param {string} text */
const capitalised = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
