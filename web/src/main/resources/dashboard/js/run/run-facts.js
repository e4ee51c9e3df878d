import { html, nothing } from 'lit-html';
import { bytes, count, decimal, percent, plural, range, setting as numberWords } from '../app/format.js';
import { runHref } from '../app/routes.js';
import { fieldWord, SETS } from '../results/words.js';
import { nameOrTerm } from '../terms/term.js';
import { isPicture } from './run-pictures.js';

/**
 * @typedef {import('../api/types.js').Run} Run
 * @typedef {import('../api/types.js').SetName} SetName
 * @typedef {import('../experiment/experiments.js').Parameter} Parameter
 */

/** Facts other than parameters. @type {[string, string][]} */
const NAMES = [
  ['network', 'Network'], ['family', 'Family'], ['receptiveField', 'Receptive field'], ['parameters', 'Parameters'],
  ['origin', 'Imported'], ['reproduces', 'Runs again'], ['regime', 'Regime'], ['importedArchitecture', 'Network'], ['importedWidth', 'Width'], ['weightsChecksum', 'Weights checksum'],
  ['deviceTime', 'Device time'], ['processorTime', 'Processor time'], ['peakMemory', 'Peak memory'], ['peakDeviceMemory', 'Peak GPU memory'], ['energy', 'Energy'], ['utilisation', 'GPU utilisation'], ['speed', 'Speed'],
  ['engine', 'Engine'], ['kernels', 'Kernels'], ['device', 'Device'], ['threads', 'Threads'], ['fastPath', 'Fast kernels'],
  ['codeVersion', 'Bagnet Lab'], ['codeChecksum', 'Code'], ['earlierCode', 'Code before it was resumed'], ['commit', 'Commit'], ['libraries', 'Libraries'], ['java', 'Java'], ['os', 'System'], ['cpu', 'Processor'], ['gpuDriver', 'NVIDIA driver'],
  ['datasetChecksum', 'Data set checksum'], ['learntImages', 'Training images'], ['splitChecksum', 'Split checksum'],
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
    learntImages: others.learntImages === undefined ? undefined : count(others.learntImages),
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

/** What is known of the network of a run. @param {import('../api/types.js').ArchitectureChoice} network @param {Run} run */
export const networkFacts = ({ label, family, receptiveField }, { parameters }) => ({ network: label, family, receptiveField: fieldWord(receptiveField), parameters: parameters === undefined ? undefined : count(parameters) });

/**
 * The settings of a job: those that differ from the defaults first, then the essential ones, the others folded.
 *
 * @param {import('../api/types.js').Job} job
 * @param {Run} run
 * @param {Parameter[]} parameters of the job's experiment
 * @param {(architecture: string) => string} label the display name of a network
 */
export function runSettings(job, run, parameters, label) {
  const { spec, changed } = run;
  const weights = 'weights' in spec ? spec.weights : undefined;
  const link = (/** @type {number} */ to) => html`<a href=${runHref(to)}>#${to}</a>`;
  /** @type {Record<string, unknown>} */
  const facts = { ...spec, architecture: 'architecture' in spec && spec.architecture ? label(spec.architecture) : undefined, weights: weights?.name, fromRun: 'fromRun' in spec && spec.fromRun ? link(spec.fromRun.run) : undefined };
  const given = parameters.filter(({ name }) => isGiven(facts[name]));
  const differing = given.filter(({ name }) => changed.includes(name));
  const usual = given.filter(({ name }) => !changed.includes(name));
  const [essential, others] = [usual.filter((parameter) => parameter.essential), usual.filter((parameter) => !parameter.essential)];
  return html`<dl class="facts">${differing.map((parameter) => setting(parameter, facts, false))}${essential.map((parameter) => setting(parameter, facts, true))}</dl>
    ${runFacts({
      reproduces: job.reproduces && link(job.reproduces),
      origin: run.origin && `run ${run.origin.run} of lab ${run.origin.lab.slice(0, 8)}`,
      regime: run.regime,
      importedArchitecture: weights && 'architecture' in weights ? label(String(weights.architecture)) : undefined,
      importedWidth: weights && 'width' in weights ? weights.width : undefined,
      weightsChecksum: weights?.checksum,
    })}
    ${others.length === 0
      ? nothing
      : html`<details class="facts-others"><summary data-testid="settings-others">${plural(others.length, 'other setting')}, at ${others.length === 1 ? 'its default' : 'their defaults'}</summary>
          <dl class="facts">${others.map((parameter) => setting(parameter, facts, false))}</dl></details>`}`;
}

/** @param {unknown} fact */
const isGiven = (fact) => fact !== undefined && fact !== '';

/** @param {Parameter} parameter @param {Record<string, unknown>} facts @param {boolean} usual whether to say that it is the default */
const setting = ({ name, title, unit }, facts, usual) => fact(name, title, html`${value(name, facts[name])}${unit ? ` ${unit}` : nothing}${usual ? html` <span class="faint">default</span>` : nothing}`);

/** @param {string} name @param {string} label @param {unknown} words */
const fact = (name, label, words) => html`<div><dt>${nameOrTerm(name, label)}</dt><dd data-fact=${name}>${words}</dd></div>`;

/** Facts other than settings. @param {Record<string, unknown>} facts */
export function runFacts(facts) {
  const given = NAMES.filter(([name]) => isGiven(facts[name]));
  return given.length === 0 ? nothing : html`<dl class="facts">${given.map(([name, label]) => fact(name, label, value(name, facts[name])))}</dl>`;
}

/** @param {string} name @param {unknown} fact */
function value(name, fact) {
  if (name.endsWith('Checksum')) {
    return html`<code title=${String(fact)}>${String(fact).slice(0, 12)}</code>`;
  }
  if (typeof fact === 'boolean') {
    return fact ? 'active' : 'not active';
  }
  return typeof fact === 'object' ? fact : nameOrTerm(typeof fact === 'number' ? numberWords(fact) : String(fact));
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
