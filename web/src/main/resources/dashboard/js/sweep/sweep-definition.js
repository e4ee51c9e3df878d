/**
 * The sweep form as data: the user's entries, the definition that they yield, and the field to which a server error
 * belongs.
 *
 * @typedef {{name: string, values: string}} Setting an additional setting, by its name in JSON
 * @typedef {{name: string, from: string, to: string, log: boolean}} Range
 *
 * @typedef {object} SweepEntries
 * @property {Record<string, string>} text typed or chosen values, by field
 * @property {string[]} architectures
 * @property {Setting[]} settings
 * @property {boolean} random
 * @property {Range[]} ranges
 * @property {boolean} halving
 * @property {boolean} medianStopping
 * @property {string[]} then names of the experiments that follow each training
 * @property {boolean} again
 *
 * The settings available in a sweep, as described by the server.
 * @typedef {object} Settings
 * @property {Parameter[]} fields the training parameters that have their own field, in the order of a grid: the first one varies slowest
 * @property {string[]} others parameters for which a row can be added
 * @property {string[]} drawn parameters that a random search can draw
 * @property {Parameter[]} all all training parameters
 * @property {string[]} names parameters whose values are names, even if they look like numbers
 * @property {Experiment[]} followers experiments on a trained network
 *
 * @typedef {import('../experiment/experiments.js').Experiment} Experiment
 * @typedef {import('../experiment/experiments.js').Parameter} Parameter
 * @typedef {import('../experiment/submission.js').FieldErrors} FieldErrors
 * @typedef {import('../api/types.js').SweepDefinition} SweepDefinition
 * @typedef {import('../api/types.js').Setting} Value
 */

import { DEFAULTS } from '../api/defaults.js';
import { OF_IMPORTED, aboutRuns, isNumeric, parametersOf, TRAINING, trainingParameters } from '../experiment/experiments.js';
import { seeds } from '../experiment/submission.js';

const { halving: HALVING, medianStopping: MEDIAN, random: { seed: DRAW_SEED, sampler: SAMPLER, startup: STARTUP }, stopAfterFailures: STOP_AFTER, again: AGAIN } = DEFAULTS.SweepDefinition;
const PRIORITY = DEFAULTS.Priority;

/** The sampler whose trials follow the results of earlier ones. */
export const TPE = 'tpe';

/** Whether trials follow the results of earlier ones. @param {SweepEntries} entries */
export const learns = ({ text }) => text['random.sampler'] === TPE;

/** The number of trials has no default; this value only prefills the field. */
const SUGGESTED_TRIALS = '20';

/** A range such as `1-3` with more values than this is not expanded but sent to the server, which rejects it. */
const LONGEST_RANGE = 10_000;

/**
 * A value as typed: text that is not a number is sent as text, and the server reports the error.
 *
 * @template T
 * @typedef {T extends number ? Value : T extends object ? {[Key in keyof T]: Typed<T[Key]>} : T} Typed
 */

/** Networks are chosen with check boxes instead of a text field. */
const NETWORK = 'architecture';

const LEARNING_RATE = 'learningRate';

/**
 * The settings available in sweeps, from the descriptions of the experiments.
 *
 * @param {Experiment[]} experiments
 * @returns {Settings}
 */
export function settingsOf(experiments) {
  const all = trainingParameters(experiments).filter(({ format }) => format !== NETWORK);
  const fields = all.filter((parameter) => isNumeric(parameter) || parameter.format === 'dataset' || (parameter.type === 'string' && parameter.oneOf !== undefined));
  return {
    fields,
    all,
    others: all.filter((parameter) => !fields.includes(parameter)).map(({ name }) => name).reverse(),
    // Excludes seeds, as random.seed is the seed of the search. The one that is searched most often comes first.
    drawn: all.filter((parameter) => isNumeric(parameter) && parameter.format !== 'seed').map(({ name }) => name)
      .sort((a, b) => Number(b === LEARNING_RATE) - Number(a === LEARNING_RATE)),
    names: all.filter(({ type }) => type === 'string').map(({ name }) => name),
    followers: aboutRuns(experiments),
  };
}

/** The parameters of a follower without those that choose its network, which is the training's. @param {Experiment} follower */
export const followerParameters = (follower) => parametersOf(follower).filter(({ format = '' }) => format !== 'run' && !OF_IMPORTED.includes(format));

/** The form's field for a follower's parameter. @param {Experiment} follower @param {string} name */
export const followerField = (follower, name) => `then.${follower.name}.${name}`;

/** @param {Settings} settings @param {string} [dataset] preselected data set @returns {SweepEntries} */
export const blank = (settings, dataset = '') => ({
  text: {
    name: '',
    ...Object.fromEntries(settings.fields.map(({ name, format }) => [name, format === 'dataset' ? dataset : ''])),
    ...Object.fromEntries(settings.followers.flatMap((follower) => followerParameters(follower).map(({ name }) => [followerField(follower, name), '']))),
    'random.trials': SUGGESTED_TRIALS, 'random.seed': String(DRAW_SEED),
    'random.sampler': SAMPLER, 'random.startup': String(STARTUP),
    'halving.factor': String(HALVING.factor), 'halving.firstEpochs': String(HALVING.firstEpochs),
    'medianStopping.afterEpochs': String(MEDIAN.afterEpochs), 'medianStopping.afterTrials': String(MEDIAN.afterTrials),
    priority: String(PRIORITY), stopAfterFailures: String(STOP_AFTER), budget: '',
  },
  architectures: [],
  settings: [],
  random: false,
  ranges: [],
  halving: false,
  medianStopping: false,
  then: [],
  again: false,
});

/** @param {string} text @returns {Value} a number if the text is one, as the server's JSON requires */
const value = (text) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text);

/**
 * Parses a list of a setting's values such as `0.25, 0.5` or `0.25 0.5`, or `1-3` for seeds and other whole numbers.
 * Only names may have blanks in them.
 *
 * @param {string} text
 * @param {boolean} names whether the values are names
 * @returns {Value[]}
 */
function valuesOf(text, names) {
  const parts = text.split(names ? /[,;]/ : /[\s,;]+/).map((part) => part.trim()).filter(Boolean);
  return names ? [...new Set(parts)] : (seeds(text, LONGEST_RANGE) ?? [...new Set(parts.map(value))]);
}

/**
 * All settings with their values.
 *
 * @param {Settings} known
 * @param {SweepEntries} entries
 * @returns {[name: string, values: Value[]][]}
 */
function axes({ fields, names }, { text, settings, architectures }) {
  /** @type {[name: string, text: string][]} */
  const given = [
    ...fields.map(({ name }) => /** @type {[string, string]} */ ([name, text[name]])),
    ...settings.map((row) => /** @type {[string, string]} */ ([row.name.trim(), row.values])),
  ];
  /** @type {[name: string, values: Value[]][]} */
  const all = [...given.map(([name, list]) => /** @type {[string, Value[]]} */ ([name, valuesOf(list, names.includes(name))])), [NETWORK, architectures]];
  return all.filter(([name, list]) => name !== '' && list.length > 0);
}

/**
 * A follower's parameters with the given values.
 *
 * @param {Experiment} follower
 * @param {SweepEntries} entries
 * @returns {[name: string, values: Value[]][]}
 */
const followerAxes = (follower, { text }) =>
  followerParameters(follower)
    .map(({ name, type }) => /** @type {[string, Value[]]} */ ([name, valuesOf(text[followerField(follower, name)] ?? '', type === 'string')]))
    .filter(([, list]) => list.length > 0);

/**
 * The definition to send. Settings with one value are in the base, those with several in the grid.
 *
 * @param {Settings} settings
 * @param {SweepEntries} entries
 * @returns {Typed<SweepDefinition>}
 */
export function definitionOf(settings, entries) {
  const { text } = entries;
  const all = axes(settings, entries);
  const several = all.filter(([, list]) => list.length > 1);
  /** @type {import('../api/types.js').Follower[]} */
  const then = settings.followers.filter(({ name }) => entries.then.includes(name)).map((follower) => ({
    kind: follower.name,
    ...Object.fromEntries(followerAxes(follower, entries).map(([name, list]) => [name, list.length === 1 ? list[0] : list])),
  }));
  return {
    name: text.name.trim(),
    base: Object.fromEntries(all.filter(([, list]) => list.length === 1).map(([name, [only]]) => [name, only])),
    ...(several.length > 0 && { grid: Object.fromEntries(several) }),
    ...(entries.random && { random: randomOf(entries) }),
    ...(entries.halving && { halving: { factor: value(text['halving.factor']), firstEpochs: value(text['halving.firstEpochs']) } }),
    ...(entries.medianStopping && {
      medianStopping: { afterEpochs: value(text['medianStopping.afterEpochs']), afterTrials: value(text['medianStopping.afterTrials']) },
    }),
    ...(then.length > 0 && { then }),
    ...unlessDefault('priority', text.priority, PRIORITY),
    ...unlessDefault('stopAfterFailures', text.stopAfterFailures, STOP_AFTER),
    ...(text.budget.trim() && { budget: value(text.budget.trim()) }),
    ...(entries.again && { again: true }),
  };
}

/** @param {string} name @param {string} text @param {number} usual @returns {Record<string, Value>} */
const unlessDefault = (name, text, usual) => (['', String(usual)].includes(text.trim()) ? {} : { [name]: value(text.trim()) });

/** @param {SweepEntries} entries @returns {Typed<SweepDefinition['random']>} */
function randomOf(entries) {
  const { text, ranges } = entries;
  return {
    trials: value(text['random.trials'].trim()),
    seed: value(text['random.seed'].trim()),
    ...(learns(entries) && { sampler: TPE, startup: value(text['random.startup'].trim()) }),
    ...Object.fromEntries(
      ranges.map(({ name, from, to, log }) => [name, { from: value(from.trim()), to: value(to.trim()), ...(log && { scale: 'log' }) }]),
    ),
  };
}

/**
 * Converts a definition to entries of the form.
 *
 * @param {Settings} settings
 * @param {SweepDefinition} definition
 * @returns {SweepEntries|undefined} undefined if the form cannot represent it
 */
export function entriesOf(settings, definition) {
  const entries = blank(settings);
  const own = settings.fields.map(({ name }) => name);
  const { text } = entries;
  const { base = {}, grid = {}, random, halving, medianStopping, then = [] } = definition;
  text.name = definition.name ?? '';
  for (const [name, given] of Object.entries({ ...base, ...grid })) {
    const list = [given].flat();
    if (name === NETWORK) {
      entries.architectures = list.map(String);
    } else if (own.includes(name) && (list.length === 1 || !isChosen(settings, name))) {
      text[name] = list.join(', ');
    } else if (name !== 'kind' || given !== TRAINING) {
      entries.settings.push({ name, values: list.join(', ') });
    }
  }
  if (random) {
    const { trials, seed = DRAW_SEED, sampler = SAMPLER, startup = STARTUP, ...ranges } = random;
    Object.assign(text, {
      'random.trials': String(trials), 'random.seed': String(seed),
      'random.sampler': sampler, 'random.startup': String(startup),
    });
    entries.random = true;
    entries.ranges = Object.entries(ranges).flatMap(([name, drawn]) =>
      typeof drawn === 'object' && !Array.isArray(drawn) ? [{ name, from: String(drawn.from), to: String(drawn.to), log: drawn.scale === 'log' }] : []);
  }
  if (halving) {
    Object.assign(text, { 'halving.factor': String(halving.factor ?? HALVING.factor), 'halving.firstEpochs': String(halving.firstEpochs ?? HALVING.firstEpochs) });
    entries.halving = true;
  }
  if (medianStopping) {
    const { afterEpochs, afterTrials } = { ...MEDIAN, ...medianStopping };
    Object.assign(text, { 'medianStopping.afterEpochs': String(afterEpochs), 'medianStopping.afterTrials': String(afterTrials) });
    entries.medianStopping = true;
  }
  for (const { kind, ...parameters } of then) {
    const follower = settings.followers.find(({ name }) => name === kind);
    if (!follower || entries.then.includes(kind)) {
      return undefined;
    }
    entries.then.push(kind);
    for (const [name, given] of Object.entries(parameters)) {
      text[followerField(follower, name)] = [given].flat().join(', ');
    }
  }
  text.priority = String(definition.priority ?? PRIORITY);
  text.stopAfterFailures = String(definition.stopAfterFailures ?? STOP_AFTER);
  text.budget = String(definition.budget ?? '');
  entries.again = definition.again ?? AGAIN;
  return same(definitionOf(settings, entries), definition) ? entries : undefined;
}

/** Whether a setting's field is a choice of one name from a list. @param {Settings} settings @param {string} name */
const isChosen = ({ names }, name) => names.includes(name);

/**
 * Whether two definitions yield the same jobs, regardless of the order of their settings and values.
 *
 * @param {Typed<SweepDefinition>} one
 * @param {Typed<SweepDefinition>} other
 */
export const same = (one, other) => canonical(normal(one)) === canonical(normal(other));

/** A definition with the defaults filled in. @param {Typed<SweepDefinition>} definition */
function normal({ base = {}, grid = {}, random, halving, medianStopping, then = [], ...others }) {
  return {
    priority: PRIORITY,
    stopAfterFailures: STOP_AFTER,
    again: AGAIN,
    ...others,
    settings: { kind: TRAINING, ...base, ...grid },
    ...(random && { random: { seed: DRAW_SEED, sampler: SAMPLER, startup: STARTUP, ...random } }),
    ...(halving && { halving: { ...HALVING, ...halving } }),
    ...(medianStopping && { medianStopping: { ...MEDIAN, ...medianStopping } }),
    then: [...then].sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0)),
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
 * Errors in the form's rows that a definition cannot have; the server checks everything else.
 *
 * @param {Settings} known
 * @param {SweepEntries} entries
 * @returns {FieldErrors} by field
 */
export function rowErrors(known, entries) {
  const rows = entries.settings.map(({ name }) => name.trim());
  const ranges = entries.random ? entries.ranges.map(({ name }) => name) : [];
  return Object.fromEntries([
    ...entries.settings.map(({ values }, i) => [`setting-${i}`, rows[i] === '' || valuesOf(values, known.names.includes(rows[i])).length === 0
      ? 'Enter a setting and at least one value, or remove the row.'
      : twice(known, entries, rows[i], rows.slice(0, i))]),
    ...ranges.map((name, i) => [`range-${i}`, twice(known, entries, name, [...rows, ...ranges.slice(0, i)])]),
  ].filter(([, error]) => error));
}

/**
 * The error of a row whose setting a field or another row already sets: only one of the two would take effect.
 *
 * @param {Settings} settings
 * @param {SweepEntries} entries
 * @param {string} name of the row's setting
 * @param {string[]} earlier names of the rows above it
 */
function twice({ fields }, { text, architectures }, name, earlier) {
  if (earlier.includes(name)) {
    return 'Another row already has this setting.';
  }
  const given = name === NETWORK ? architectures.length > 0 : fields.some((field) => field.name === name) && text[name].trim() !== '';
  return given ? 'This setting already has a value in its own field: clear that field, or remove this row.' : undefined;
}

/** Fields that have a different name in the form. @type {Record<string, string>} */
const OWN = {
  grid: 'sweep',
  halving: 'halving.firstEpochs',
  medianStopping: 'medianStopping.afterEpochs',
};

/**
 * The form's field for the field that a problem names.
 *
 * @param {string} field such as `grid.seed`, `random.learningRate`, `imageSize` or `name`
 * @param {SweepEntries} entries
 * @returns {string|undefined} undefined if the form has none
 */
export function fieldOf(field, entries) {
  const following = /^then\.(?:\w+\.)?([^.]+)$/.exec(field)?.[1];
  const follower = entries.then.find((kind) => `then.${kind}.${following}` in entries.text);
  if (following && follower) {
    return `then.${follower}.${following}`;
  }
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
  return name in entries.text || name === NETWORK || name === 'sweep' ? name : undefined;
}

/** Whether the user has filled in a field, or all value fields of a row. @param {string} field @param {SweepEntries} entries */
export function isFilledIn(field, entries) {
  const [, kind, i] = /^(range|setting)-(\d+)$/.exec(field) ?? [];
  const values = kind === 'range' ? [entries.ranges[Number(i)].from, entries.ranges[Number(i)].to] : kind ? [entries.settings[Number(i)].values] : [entries.text[field]];
  return field === NETWORK ? entries.architectures.length > 0 : values.every((value) => value !== '');
}
