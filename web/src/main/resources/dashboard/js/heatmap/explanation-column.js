import { html, nothing } from 'lit-html';
import { jobHref, runHref } from '../app/routes.js';
import { failure } from '../controls/notices.js';
import { progressBar, progressWords } from '../job/progress.js';
import { ended, stateWord } from '../job/words.js';
import { probability } from '../mistake/prediction-words.js';
import { verdict } from '../picture/picture.js';
import { strideWords } from '../results/words.js';
import { term } from '../terms/term.js';
import { mayBeQueued } from './explanations.js';
import { mapView } from './map-view.js';

/**
 * @typedef {import('./explanations.js').Explanation} Explanation
 * @typedef {import('../api/types.js').Artifact} Artifact
 *
 * A drawn map, and its picture with its facts.
 * @typedef {{map: Artifact, picture: Artifact, image: Artifact, scrambled: boolean}} DrawnMap
 */

/**
 * The maps of an explanation for a class, starting with the whole image's.
 *
 * @param {Explanation|undefined} explanation
 * @param {string} label
 * @returns {DrawnMap[]}
 */
export function drawnMaps(explanation, label) {
  const artifacts = explanation?.artifacts ?? [];
  return [false, true].flatMap((scrambled) => {
    const kind = scrambled ? 'scrambled-heatmap' : 'heatmap';
    const picture = artifacts.find((each) => each.kind === kind && each.facts.label === label && (each.facts.saliency ?? 'grad-cam') === 'grad-cam');
    const map = artifacts.find((each) => each.kind === 'map' && picture !== undefined && each.facts.picture === picture.name);
    const image = artifacts.find((each) => each.kind === (scrambled ? 'scrambled-image' : 'image'));
    return picture && map && image ? [{ map, picture, image, scrambled }] : [];
  });
}

/**
 * One network's explanation of the image: its maps, its prediction, and what it is waiting for.
 *
 * @param {object} column
 * @param {import('./explained-runs.js').ExplainedRun} column.run
 * @param {import('./predictions.js').ImagePredictions|undefined} column.predictions undefined if not known
 * @param {unknown} [column.problem] why they could not be loaded; then no explanation is requested
 * @param {() => void} column.loadAgain loads them again
 * @param {Explanation|undefined} column.explanation
 * @param {string} column.label
 * @param {(map: DrawnMap) => number} column.limit
 * @param {number} column.opacity
 * @param {import('./map-view.js').Cursor|undefined} column.cursor
 * @param {(cursor: import('./map-view.js').Cursor|undefined) => void} column.point
 * @param {(cursor: import('./map-view.js').Cursor) => void} column.step
 * @param {(label: string) => void} column.chooseLabel
 * @param {boolean} column.mayDraw whether the visitor may request maps
 * @param {ReturnType<typeof import('./explanations.js').explanations>} column.explained all explanations
 */
export function explanationColumn({ run, predictions, problem, loadAgain, explanation, label, limit, opacity, cursor, point, step, chooseLabel, mayDraw, explained }) {
  const maps = drawnMaps(explanation, label);
  return html`<article class="explanation" data-run=${run.run}>
    <div class="explanation-head">
      <h3><a href=${runHref(run.run)}>${run.label}</a></h3>
      <p class="faint">${run.words}</p>
      ${predictions ? predictedWords(predictions) : nothing}
      ${problem ? failure(problem, loadAgain) : nothing}
      ${explanation ? state(explanation, { drawn: maps.length > 0, none: run.local ? `No map of ${label}` : 'No Grad-CAM map: the last feature map of this network has a single position', mayDraw, actions: explained }) : nothing}
    </div>
    ${maps.map((drawn) => mapView({
      url: drawn.image.url,
      alt: `${run.local ? 'Heatmap' : 'Grad-CAM map'} of ${run.label} for the class ${label}${drawn.scrambled ? ', scrambled image' : ''}`,
      grid: explained.grid(drawn.map),
      // Until the job has ended, a missing map means that a finer one has replaced it.
      error: explanation?.complete ? explained.mapError(drawn.map) : undefined,
      loadAgain: () => explained.loadMapAgain(drawn.map),
      limit: limit(drawn),
      opacity,
      scrambled: drawn.scrambled,
      cursor,
      point,
      step,
    }))}
    <div class="explanation-foot">
      ${maps.length > 0 ? html`<p class="faint">${valueWords(run, maps)}</p>` : nothing}
      ${predictions?.whole ? top(predictions.whole, label, chooseLabel) : nothing}
    </div>
  </article>`;
}

/** What the values of a network's maps are. @param {import('./explained-runs.js').ExplainedRun} run @param {DrawnMap[]} maps */
export const valueWords = ({ local }, [{ picture }]) =>
  local ? `patch logits, ${strideWords(Number(picture.facts.stride) || 1)}` : 'Grad-CAM: its values are not logits, and only other Grad-CAM maps compare with them';

/** @param {import('./predictions.js').ImagePredictions} predictions */
function predictedWords({ whole, scrambled }) {
  if (!whole) {
    return html`<p class="faint">Not a test image of this run; it may be one of its training images.</p>`;
  }
  return html`<p>${verdict(whole.predicted, whole.class)}
    ${scrambled ? html`<span class="faint">${term('scrambled', 'scrambled')}:</span> ${verdict(scrambled.predicted, scrambled.class)}` : nothing}</p>`;
}

/**
 * What the explanation is waiting for, or why there is no map.
 *
 * @param {Explanation} explanation
 * @param {object} shown
 * @param {boolean} shown.drawn
 * @param {string} shown.none why there is no map in a complete explanation
 * @param {boolean} shown.mayDraw
 * @param {{again: (explanation: Explanation) => void, queue: (explanation: Explanation) => void, cancel: (explanation: Explanation) => void}} shown.actions
 */
function state(explanation, { drawn, none, mayDraw, actions: { again, queue, cancel } }) {
  const { job, error, missing, complete } = explanation;
  if (error) {
    return html`<div class="notice notice-bad" role="alert" data-testid="explanation-error"><p>${error instanceof Error ? error.message : String(error)}</p>
      <div class="actions"><button type="button" class="button button-small" @click=${() => again(explanation)}>Try again</button>
      ${mayBeQueued(error) ? html`<button type="button" class="button button-small" @click=${() => queue(explanation)} data-testid="queue-normally">Queue it normally</button>` : nothing}</div></div>`;
  }
  if (missing) {
    return html`<p class="faint" role="status" data-testid="no-stored-map">Not drawn yet.${mayDraw ? '' : ' New maps need an operator.'}</p>`;
  }
  if (!job) {
    return html`<p class="loading" role="status">Looking for maps …</p>`;
  }
  const link = html`<a href=${jobHref(job.id)}>job ${job.id}</a>`;
  if (job.state === 'SUCCEEDED') {
    return drawn
      ? nothing
      : complete
        ? html`<p class="faint" role="status" data-testid="no-map">${none} (${link}).</p>`
        : html`<p class="faint" role="status">Loading ${link} …</p>`;
  }
  if (ended(job.state)) {
    return html`<div class="notice" data-testid="explanation-ended"><p>${stateWord(job.state)}: ${job.error?.message ?? job.reason ?? ''} (${link})</p>
      <button type="button" class="button button-small" @click=${() => again(explanation)}>Try again</button></div>`;
  }
  const waiting = job.interactive ? 'Waiting for the heatmaps before it' : 'Waiting in the queue';
  return html`<div class="explanation-state" data-testid="explanation-state" data-state=${job.state}>
    <p role="status">${job.state === 'QUEUED' ? html`${waiting} (${link})` : drawn ? html`Coarse, being refined (${link})` : html`${stateWord(job.state)} (${link}) ${job.progress ? progressWords(job.progress, true) : ''}`}</p>
    ${job.progress ? progressBar(job) : nothing}
    <button type="button" class="button button-small changes" ?disabled=${job.cancelRequested ?? false} @click=${() => cancel(explanation)}>Cancel</button></div>`;
}

/** @param {import('../api/types.js').ImagePrediction} whole @param {string} label @param {(label: string) => void} choose */
const top = ({ top: highest }, label, choose) =>
  highest.length > 0
    ? html`<ol class="top-classes" aria-label="Classes with the highest probability" data-testid="top-classes">${highest.map(
        ({ class: name, probability: share }) => html`<li><button type="button" class="button button-small" aria-pressed=${String(name === label)} @click=${() => choose(name)} data-label=${name}>
          <span>${name}</span> <span class="number">${probability(share)}</span></button></li>`,
      )}</ol>`
    : nothing;
