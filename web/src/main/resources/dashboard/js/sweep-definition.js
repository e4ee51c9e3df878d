/**
 * The sweep form as data: what a person entered, the definition that it stands for, how many jobs that
 * is, and at which entry the server's problem is shown.
 *
 * @typedef {{name: string, values: string}} Setting one more setting, as JSON knows it
 * @typedef {{name: string, from: string, to: string, log: boolean}} Range
 *
 * @typedef {object} SweepEntries
 * @property {Record<string, string>} text what is typed or chosen, by field
 * @property {string[]} architectures
 * @property {Setting[]} settings
 * @property {boolean} random
 * @property {Range[]} ranges
 * @property {boolean} halving
 * @property {boolean} heatmap
 * @property {boolean} evaluate
 * @property {boolean} again
 *
 * @typedef {import('./submission.js').FieldErrors} FieldErrors
 * @typedef {import('./types.js').SweepDefinition} SweepDefinition
 * @typedef {import('./types.js').Setting} Value
 */

import { seeds } from './submission.js';

/** Settings with a field of their own, in the order of a grid: the first changes last. */
const FIELDS = ['seed', 'dataset', 'recipe', 'imageSize', 'width', 'epochs', 'batchSize', 'learningRate'];

/** Settings of a training for which a row can be added. */
export const OTHER_SETTINGS = ['heatmapStride', 'weights'];

/** What a random search can draw; not seeds, as `random.seed` is the draw's own. */
export const RANDOM_SETTINGS = ['learningRate', 'batchSize', 'epochs', 'width', 'imageSize'];

/** Settings whose values are names, even if they look like numbers. */
const NAMES = ['dataset', 'recipe', 'weights'];

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MOST_JOBS = 10_000;
const STOP_AFTER = '3';

/**
 * As it was typed: what is no number is sent as text, and the server says what is wrong with it.
 *
 * @template T
 * @typedef {T extends number ? Value : T extends object ? {[Key in keyof T]: Typed<T[Key]>} : T} Typed
 */

/** @returns {SweepEntries} */
export const blank = () => ({
  text: {
    name: '', dataset: 'controlled-15', recipe: '', seed: '1', imageSize: '', width: '', epochs: '', batchSize: '', learningRate: '',
    'random.trials': '10', 'random.seed': '1', 'halving.factor': '3', 'halving.firstEpochs': '1',
    'then.stride': '8', 'then.scrambleSeed': '2, 3, 4', priority: '0', stopAfterFailures: STOP_AFTER,
  },
  architectures: [],
  settings: [],
  random: false,
  ranges: [],
  halving: false,
  heatmap: false,
  evaluate: false,
  again: false,
});

/** @param {string} text @returns {Value} a number where it is one, for that is what the server's JSON wants */
const value = (text) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text);

/**
 * The values of a setting as a list such as `0.25, 0.5` says them; of seeds and other whole numbers, also `1-3`.
 *
 * @param {string} name
 * @param {string} text
 * @returns {Value[]}
 */
function valuesOf(name, text) {
  const parts = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
  return NAMES.includes(name) ? [...new Set(parts)] : (seeds(text, MOST_JOBS) ?? [...new Set(parts.map(value))]);
}

/**
 * All settings with the values that they take.
 *
 * @param {SweepEntries} entries
 * @returns {[name: string, values: Value[]][]}
 */
function axes({ text, settings, architectures }) {
  /** @type {[name: string, text: string][]} */
  const said = [...FIELDS.map((name) => /** @type {[string, string]} */ ([name, text[name]])), ...settings.map((row) => /** @type {[string, string]} */ ([row.name.trim(), row.values]))];
  /** @type {[name: string, values: Value[]][]} */
  const all = [...said.map(([name, list]) => /** @type {[string, Value[]]} */ ([name, valuesOf(name, list)])), ['architecture', architectures]];
  return all.filter(([name, list]) => name !== '' && list.length > 0);
}

/**
 * What is sent. A setting with one value is of the base, one with several of the grid.
 *
 * @param {SweepEntries} entries
 * @returns {Typed<SweepDefinition>}
 */
export function definitionOf(entries) {
  const { text } = entries;
  const all = axes(entries);
  const several = all.filter(([, list]) => list.length > 1);
  /** @type {import('./types.js').Follower[]} */
  const then = [
    ...(entries.heatmap ? [{ kind: /** @type {const} */ ('heatmap'), stride: value(text['then.stride']) }] : []),
    ...(entries.evaluate ? [{ kind: /** @type {const} */ ('evaluate'), scrambleSeed: valuesOf('scrambleSeed', text['then.scrambleSeed']) }] : []),
  ];
  return {
    name: text.name.trim(),
    base: Object.fromEntries(all.filter(([, list]) => list.length === 1).map(([name, [only]]) => [name, only])),
    ...(several.length > 0 && { grid: Object.fromEntries(several) }),
    ...(entries.random && { random: randomOf(entries) }),
    ...(entries.halving && { halving: { factor: value(text['halving.factor']), firstEpochs: value(text['halving.firstEpochs']) } }),
    ...(then.length > 0 && { then }),
    ...(text.priority.trim() !== '0' && text.priority.trim() !== '' && { priority: value(text.priority.trim()) }),
    ...(text.stopAfterFailures.trim() !== STOP_AFTER && text.stopAfterFailures.trim() !== '' && { stopAfterFailures: value(text.stopAfterFailures.trim()) }),
    ...(entries.again && { again: true }),
  };
}

/** @param {SweepEntries} entries @returns {Typed<SweepDefinition['random']>} */
function randomOf({ text, ranges }) {
  return {
    trials: value(text['random.trials'].trim()),
    seed: value(text['random.seed'].trim()),
    ...Object.fromEntries(
      ranges.map(({ name, from, to, log }) => [name, { from: value(from.trim()), to: value(to.trim()), ...(log && { scale: 'log' }) }]),
    ),
  };
}

/**
 * A definition as entries of the form.
 *
 * @param {SweepDefinition} definition
 * @returns {SweepEntries|undefined} undefined where the form cannot say it
 */
export function entriesOf(definition) {
  const entries = blank();
  const { text } = entries;
  const { base = {}, grid = {}, random, halving, then = [] } = definition;
  text.name = definition.name ?? '';
  text.seed = '';
  // A row may say it.
  text.dataset = '';
  for (const [name, given] of Object.entries({ ...base, ...grid })) {
    const list = [given].flat();
    if (name === 'architecture') {
      entries.architectures = list.map(String);
    } else if (FIELDS.includes(name) && (name !== 'dataset' || list.length === 1)) {
      text[name] = list.join(', ');
    } else if (name !== 'kind' || given !== 'train') {
      entries.settings.push({ name, values: list.join(', ') });
    }
  }
  if (random) {
    const { trials, seed = 1, ...ranges } = random;
    Object.assign(text, { 'random.trials': String(trials), 'random.seed': String(seed) });
    entries.random = true;
    entries.ranges = Object.entries(ranges).flatMap(([name, drawn]) =>
      typeof drawn === 'object' && !Array.isArray(drawn) ? [{ name, from: String(drawn.from), to: String(drawn.to), log: drawn.scale === 'log' }] : []);
  }
  if (halving) {
    Object.assign(text, { 'halving.factor': String(halving.factor ?? 3), 'halving.firstEpochs': String(halving.firstEpochs ?? 1) });
    entries.halving = true;
  }
  for (const { kind, stride = 1, scrambleSeed = 1 } of then) {
    if (kind === 'heatmap') {
      entries.heatmap = true;
      text['then.stride'] = String(stride);
    } else {
      entries.evaluate = true;
      text['then.scrambleSeed'] = [scrambleSeed].flat().join(', ');
    }
  }
  text.priority = String(definition.priority ?? 0);
  text.stopAfterFailures = String(definition.stopAfterFailures ?? STOP_AFTER);
  entries.again = definition.again ?? false;
  return same(definitionOf(entries), definition) ? entries : undefined;
}

/**
 * Whether two definitions ask for the same jobs, in whatever order they say it.
 *
 * @param {Typed<SweepDefinition>} one
 * @param {Typed<SweepDefinition>} other
 */
export const same = (one, other) => canonical(normal(one)) === canonical(normal(other));

/** With the defaults that make no difference. @param {Typed<SweepDefinition>} definition */
function normal({ base = {}, grid = {}, random, halving, then = [], ...others }) {
  return {
    priority: 0,
    stopAfterFailures: Number(STOP_AFTER),
    again: false,
    ...others,
    settings: { kind: 'train', ...base, ...grid },
    ...(random && { random: { seed: 1, ...random } }),
    ...(halving && { halving: { factor: 3, firstEpochs: 1, ...halving } }),
    then: then.map(({ scrambleSeed, ...job }) => ({ ...job, ...(scrambleSeed !== undefined && { scrambleSeed: [scrambleSeed].flat() }) })),
  };
}

/** @param {unknown} node @returns {string} */
function canonical(node) {
  if (node === null || typeof node !== 'object') {
    return JSON.stringify(node) ?? 'null';
  }
  if (Array.isArray(node)) {
    return node.length === 1 ? canonical(node[0]) : `[${node.map(canonical).join()}]`;
  }
  const pairs = Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join()}}`;
}

/**
 * How many jobs the entries stand for, if none is there already and no two trials draw the same.
 *
 * @param {SweepEntries} entries
 * @param {(architecture: string) => boolean} explainable whether heatmaps of such networks can be drawn
 * @returns {{trainings: number, about: number}}
 */
export function jobsOf(entries, explainable) {
  const all = axes(entries);
  const trials = entries.random ? Math.max(0, Math.floor(Number(entries.text['random.trials'])) || 0) : 1;
  const each = all.filter(([name]) => name !== 'architecture').reduce((product, [, list]) => product * list.length, trials);
  const networks = /** @type {string[]} */ (all.find(([name]) => name === 'architecture')?.[1] ?? []);
  const evaluations = entries.evaluate ? valuesOf('scrambleSeed', entries.text['then.scrambleSeed']).length : 0;
  const heatmaps = entries.heatmap ? networks.filter(explainable).length : 0;
  return { trainings: each * networks.length, about: each * (networks.length * evaluations + heatmaps) };
}

/**
 * What is wrong before anything is sent; the server checks the rest.
 *
 * @param {SweepEntries} entries
 * @returns {FieldErrors} by field
 */
export function check(entries) {
  const { text, settings, ranges, architectures } = entries;
  /** @type {FieldErrors} */
  const errors = {};
  if (!NAME.test(text.name.trim())) {
    errors.name = 'A name is made of up to 64 letters, digits, dots, dashes and underscores, a letter or digit first.';
  }
  const rows = settings.map(({ name }) => name.trim());
  if (architectures.length === 0 && !rows.includes('architecture')) {
    errors.architecture = 'Choose at least one network.';
  }
  if (text.dataset === '' && !rows.includes('dataset')) {
    errors.dataset = 'Choose a data set.';
  }
  settings.forEach((row, i) => {
    const error = rows[i] === '' || valuesOf(rows[i], row.values).length === 0
      ? 'Give a setting and at least one value, or remove the row.'
      : twice(entries, rows[i], rows.slice(0, i));
    if (error) {
      errors[`setting-${i}`] = error;
    }
  });
  if (entries.random) {
    ranges.forEach((range, i) => {
      const earlier = ranges.slice(0, i).map(({ name }) => name);
      const error = wrongEnds(range) ?? twice(entries, range.name, [...rows, ...earlier]);
      if (error) {
        errors[`range-${i}`] = error;
      }
    });
  }
  const { trainings } = jobsOf(entries, () => false);
  if (trainings > MOST_JOBS) {
    errors.sweep = `A sweep has at most ${MOST_JOBS} trainings.`;
  }
  return errors;
}

/**
 * What is wrong with a row for a setting that a field or another row gives already: only one of them would count.
 *
 * @param {SweepEntries} entries
 * @param {string} name of the row's setting
 * @param {string[]} earlier names of the rows above it
 */
function twice({ text, architectures }, name, earlier) {
  if (earlier.includes(name)) {
    return 'There is a row for this setting already.';
  }
  const given = name === 'architecture' ? architectures.length > 0 : FIELDS.includes(name) && text[name].trim() !== '';
  return given ? 'This setting has a field that says something already: empty the field, or remove this row.' : undefined;
}

/** @param {Range} range */
function wrongEnds({ from, to, log }) {
  const [low, high] = [from, to].map((end) => (end.trim() === '' ? Number.NaN : Number(end)));
  if (low < high && !(log && low <= 0)) {
    return undefined;
  }
  return log ? '“From” must be a number above 0 and below “to”.' : '“From” must be a number below “to”.';
}

/** Where the form has another name for it. @type {Record<string, string>} */
const OWN = {
  then: 'then.scrambleSeed',
  grid: 'sweep',
  halving: 'halving.firstEpochs',
};

/**
 * The form's field for a problem's.
 *
 * @param {string} field such as `grid.seed`, `random.learningRate`, `imageSize` or `name`
 * @param {SweepEntries} entries
 * @returns {string|undefined} undefined if the form has none
 */
export function fieldOf(field, entries) {
  const name = OWN[field] ?? field.replace(/^(base|grid)\./, '');
  const drawn = name.replace(/^random\./, '');
  const range = entries.random ? entries.ranges.findIndex((row) => row.name === drawn) : -1;
  if (range >= 0) {
    return `range-${range}`;
  }
  const setting = entries.settings.findIndex((row) => row.name.trim() === name);
  if (setting >= 0) {
    return `setting-${setting}`;
  }
  return name in entries.text || name === 'architecture' || name === 'sweep' ? name : undefined;
}
