import { html, nothing } from 'lit-html';
import { bytes, count, decimal, percent, range, setting } from '../app/format.js';
import { SETS } from '../results/words.js';
import { nameOrTerm } from '../terms/term.js';
import { isPicture } from './run-pictures.js';

/**
 * @typedef {import('../api/types.js').Run} Run
 * @typedef {import('../api/types.js').SetName} SetName
 */

/** Facts other than parameters. @type {[string, string][]} */
const NAMES = [
  ['origin', 'Imported'], ['reproduces', 'Runs again'], ['regime', 'Regime'], ['importedArchitecture', 'Network'], ['importedWidth', 'Width'], ['weightsChecksum', 'Weights checksum'], ['engine', 'Engine'], ['kernels', 'Kernels'], ['device', 'Device'], ['threads', 'Threads'], ['fastPath', 'Fast kernels'],
  ['codeVersion', 'Bagnet Lab'], ['codeChecksum', 'Code'], ['earlierCode', 'Code before it was resumed'], ['commit', 'Commit'], ['libraries', 'Libraries'], ['java', 'Java'], ['os', 'System'], ['cpu', 'Processor'], ['gpuDriver', 'NVIDIA driver'],
  ['datasetChecksum', 'Data set checksum'], ['learntImages', 'Training images'], ['splitChecksum', 'Split checksum'],
  ['deviceTime', 'Time of the device'], ['processorTime', 'Processor time'], ['peakMemory', 'Peak memory'], ['peakDeviceMemory', 'Peak GPU memory'], ['energy', 'Energy'], ['utilisation', 'GPU utilisation'], ['rate', 'Rate'],
];

/**
 * What computed a run, as facts by name.
 *
 * @param {NonNullable<Run['provenance']>} provenance
 */
export function provenanceFacts({ code, engine, cpu, ...others }) {
  const { version, digest, commit, modified } = code;
  return {
    ...others,
    earlierCode: others.earlierCode.length > 0 ? others.earlierCode.map((each) => each.slice(0, 12)).join(', ') : undefined,
    engine: engine.name,
    kernels: engine.kernels,
    device: engine.device,
    threads: engine.threads,
    fastPath: engine.fastPath,
    libraries: Object.entries(engine.libraries).map(([name, each]) => `${name} ${each}`).join(', '),
    codeVersion: version,
    codeChecksum: digest,
    commit: commit && `${commit.slice(0, 12)}${modified ? ', with changes' : ''}`,
    cpu: cpu && `${cpu.model} (${cpu.instructions.join(', ')})`,
  };
}

/**
 * A run's configuration and provenance.
 *
 * @param {Record<string, unknown>} facts
 * @param {import('../experiment/experiments.js').Parameter[]} parameters of the job's experiment
 */
export const runFacts = (facts, parameters) => html`<dl class="facts" data-testid="facts">
  ${[...parameters.map(({ name, title, unit }) => /** @type {[string, string, string?]} */ ([name, title, unit])), ...NAMES]
    .filter(([name]) => facts[name] !== undefined && facts[name] !== '')
    .map(([name, label, unit]) => html`<div><dt>${nameOrTerm(name, label)}</dt><dd data-fact=${name}>${value(name, facts[name])}${unit ? ` ${unit}` : nothing}</dd></div>`)}
</dl>`;

/** @param {string} name @param {unknown} fact */
function value(name, fact) {
  if (name.endsWith('Checksum')) {
    return html`<code title=${String(fact)}>${String(fact).slice(0, 12)}</code>`;
  }
  if (typeof fact === 'boolean') {
    return fact ? 'active' : 'not active';
  }
  return typeof fact === 'object' ? fact : nameOrTerm(typeof fact === 'number' ? setting(fact) : String(fact));
}

/** @param {Run['results']} results */
export function runResults(results) {
  const names = /** @type {SetName[]} */ (Object.keys(SETS)).filter((set) => results[set]);
  return names.length === 0
    ? nothing
    : html`<dl class="figures" data-testid="results">
        ${names.map((set) => {
          const { accuracy, low, high, correct, images, loss } = /** @type {import('../api/types.js').Result} */ (results[set]);
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
