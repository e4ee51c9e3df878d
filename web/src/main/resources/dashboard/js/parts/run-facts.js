import { html, nothing } from 'lit-html';
import { bytes, count, decimal, percent, range } from '../format.js';
import { SETS } from '../words.js';
import { isPicture } from './run-pictures.js';

/**
 * @typedef {import('../types.js').Run} Run
 * @typedef {import('../types.js').SetName} SetName
 */

/** @type {[string, string][]} */
const NAMES = [
  ['architecture', 'Architecture'], ['dataset', 'Data set'], ['imageSize', 'Image size'], ['width', 'Width'], ['recipe', 'Recipe'],
  ['epochs', 'Epochs'], ['batchSize', 'Batch size'], ['learningRate', 'Learning rate'], ['seed', 'Seed'], ['heatmapStride', 'Heatmap stride'],
  ['run', 'Training run'], ['scrambleSeed', 'Seed of the scrambling'], ['image', 'Image'], ['label', 'Class'], ['stride', 'Stride'],
  ['regime', 'Regime'], ['weights', 'Starting weights'], ['weightsChecksum', 'Their checksum'], ['engine', 'Engine'], ['device', 'Device'], ['threads', 'Threads'], ['fastPath', 'Fast kernels'], ['codeVersion', 'Bagnet Lab'],
  ['datasetChecksum', 'Data set checksum'], ['splitChecksum', 'Split checksum'],
];

/**
 * What a run is made of: its configuration, and what computed it.
 *
 * @param {Record<string, unknown>} facts
 */
export const runFacts = (facts) => html`<dl class="facts" data-testid="facts">
  ${NAMES.filter(([name]) => facts[name] !== undefined && facts[name] !== '').map(
    ([name, label]) => html`<div><dt>${label}</dt><dd data-fact=${name}>${value(name, facts[name])}</dd></div>`,
  )}
</dl>`;

/** @param {string} name @param {unknown} fact */
function value(name, fact) {
  if (name.endsWith('Checksum')) {
    return html`<code title=${String(fact)}>${String(fact).slice(0, 12)}</code>`;
  }
  if (typeof fact === 'boolean') {
    return fact ? 'active' : 'not active';
  }
  return name === 'imageSize' ? `${fact} px` : String(fact);
}

/** @param {Run['results']} results */
export function runResults(results) {
  const names = /** @type {SetName[]} */ (Object.keys(SETS)).filter((set) => results[set]);
  return names.length === 0
    ? nothing
    : html`<dl class="figures" data-testid="results">
        ${names.map((set) => {
          const { accuracy, low, high, correct, images, loss } = /** @type {import('../types.js').Result} */ (results[set]);
          return html`<div data-set=${set} data-accuracy=${accuracy}>
            <dt>${SETS[set]}</dt>
            <dd class="figure">${percent(accuracy)}</dd>
            <dd>${range({ low, high })} (95 %, Wilson)<br>
              ${count(correct)} of ${count(images)} images, loss ${decimal(loss)}</dd>
          </div>`;
        })}
      </dl>`;
}

/** Files other than pictures. @param {Run['artifacts']} artifacts */
export const runFiles = (artifacts) => html`<ul class="files" data-testid="files">
  ${artifacts
    .filter((artifact) => !isPicture(artifact))
    .map(({ name, url, size, kind }) => html`<li><a href=${url} download=${name}>${name}</a> <span class="faint">${kind}, ${bytes(size)}</span></li>`)}
</ul>`;
