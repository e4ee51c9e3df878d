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
 * @property {string[]} then names of the experiments that follow each training
 * @property {boolean} again
 *
 * What can be said, as the server describes it.
 * @typedef {object} Settings
 * @property {Parameter[]} fields those of a training with a field of their own, in the order of a grid: the first changes last
 * @property {string[]} others those for which a row can be added
 * @property {string[]} drawn what a random search can draw
 * @property {string[]} names those whose values are names, even if they look like numbers
 * @property {Experiment[]} followers experiments about a trained network
 *
 * @typedef {import('../experiment/experiments.js').Experiment} Experiment
 * @typedef {import('../experiment/experiments.js').Parameter} Parameter
 * @typedef {import('../experiment/submission.js').FieldErrors} FieldErrors
 * @typedef {import('../api/types.js').SweepDefinition} SweepDefinition
 * @typedef {import('../api/types.js').Setting} Value
 */

import { aboutRuns, isNumeric, parametersOf, refusal } from '../experiment/experiments.js';
import { seeds } from '../experiment/submission.js';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MOST_JOBS = 10_000;
const STOP_AFTER = '3';

/**
 * As it was typed: what is no number is sent as text, and the server says what is wrong with it.
 *
 * @template T
 * @typedef {T extends number ? Value : T extends object ? {[Key in keyof T]: Typed<T[Key]>} : T} Typed
 */

/** The network has check boxes. */
const NETWORK = 'architecture';

/** The experiment that a sweep repeats. @param {Experiment[]} experiments */
const training = (experiments) => experiments.find(({ name, subject }) => name === 'train' && subject.kind === 'dataset');

/**
 * What sweeps can say, from the descriptions of the experiments.
 *
 * @param {Experiment[]} experiments
 * @returns {Settings}
 */
export function settingsOf(experiments) {
  const train = training(experiments);
  const all = (train ? parametersOf(train) : []).filter(({ format }) => format !== NETWORK);
  const fields = all.filter((parameter) => isNumeric(parameter) || parameter.format === 'dataset' || (parameter.type === 'string' && parameter.oneOf !== undefined));
  return {
    fields,
    others: all.filter((parameter) => !fields.includes(parameter)).map(({ name }) => name).reverse(),
    // Not seeds, as random.seed is the draw's own; first what is searched most often.
    drawn: all.filter((parameter) => isNumeric(parameter) && parameter.format !== 'seed').map(({ name }) => name).reverse(),
    names: all.filter(({ type }) => type === 'string').map(({ name }) => name),
    followers: aboutRuns(experiments),
  };
}

/** The parameters of what follows a training, which is the run. @param {Experiment} follower */
export const followerParameters = (follower) => parametersOf(follower).filter(({ format }) => format !== 'run');

/** The form's field for a parameter of what follows. @param {Experiment} follower @param {string} name */
export const followerField = (follower, name) => `then.${follower.name}.${name}`;

/** @param {Settings} settings @param {string} [dataset] that is offered first @returns {SweepEntries} */
export const blank = (settings, dataset = '') => ({
  text: {
    name: '',
    ...Object.fromEntries(settings.fields.map(({ name, format }) => [name, format === 'dataset' ? dataset : ''])),
    ...Object.fromEntries(settings.followers.flatMap((follower) => followerParameters(follower).map(({ name }) => [followerField(follower, name), '']))),
    'random.trials': '10', 'random.seed': '1', 'halving.factor': '3', 'halving.firstEpochs': '1', priority: '0', stopAfterFailures: STOP_AFTER,
  },
  architectures: [],
  settings: [],
  random: false,
  ranges: [],
  halving: false,
  then: [],
  again: false,
});

/** @param {string} text @returns {Value} a number where it is one, for that is what the server's JSON wants */
const value = (text) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text);

/**
 * The values of a setting as a list such as `0.25, 0.5` says them; of seeds and other whole numbers, also `1-3`.
 *
 * @param {string} text
 * @param {boolean} names whether they are names
 * @returns {Value[]}
 */
function valuesOf(text, names) {
  const parts = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
  return names ? [...new Set(parts)] : (seeds(text, MOST_JOBS) ?? [...new Set(parts.map(value))]);
}

/**
 * All settings with the values that they take.
 *
 * @param {Settings} known
 * @param {SweepEntries} entries
 * @returns {[name: string, values: Value[]][]}
 */
function axes({ fields, names }, { text, settings, architectures }) {
  /** @type {[name: string, text: string][]} */
  const said = [
    ...fields.map(({ name }) => /** @type {[string, string]} */ ([name, text[name]])),
    ...settings.map((row) => /** @type {[string, string]} */ ([row.name.trim(), row.values])),
  ];
  /** @type {[name: string, values: Value[]][]} */
  const all = [...said.map(([name, list]) => /** @type {[string, Value[]]} */ ([name, valuesOf(list, names.includes(name))])), [NETWORK, architectures]];
  return all.filter(([name, list]) => name !== '' && list.length > 0);
}

/**
 * What follows each training, with the values that were said.
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
 * What is sent. A setting with one value is of the base, one with several of the grid.
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
 * @param {Settings} settings
 * @param {SweepDefinition} definition
 * @returns {SweepEntries|undefined} undefined where the form cannot say it
 */
export function entriesOf(settings, definition) {
  const entries = blank(settings);
  const own = settings.fields.map(({ name }) => name);
  const { text } = entries;
  const { base = {}, grid = {}, random, halving, then = [] } = definition;
  text.name = definition.name ?? '';
  for (const [name, given] of Object.entries({ ...base, ...grid })) {
    const list = [given].flat();
    if (name === NETWORK) {
      entries.architectures = list.map(String);
    } else if (own.includes(name) && (list.length === 1 || !isChosen(settings, name))) {
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
  for (const { kind, ...said } of then) {
    const follower = settings.followers.find(({ name }) => name === kind);
    if (!follower || entries.then.includes(kind)) {
      return undefined;
    }
    entries.then.push(kind);
    for (const [name, given] of Object.entries(said)) {
      text[followerField(follower, name)] = [given].flat().join(', ');
    }
  }
  text.priority = String(definition.priority ?? 0);
  text.stopAfterFailures = String(definition.stopAfterFailures ?? STOP_AFTER);
  entries.again = definition.again ?? false;
  return same(definitionOf(settings, entries), definition) ? entries : undefined;
}

/** Whether a setting's field takes one name from a list. @param {Settings} settings @param {string} name */
const isChosen = ({ names }, name) => names.includes(name);

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
 * How many jobs the entries stand for, if none is there already and no two trials draw the same.
 *
 * @param {Settings} settings
 * @param {SweepEntries} entries
 * @returns {{trainings: number, about: number}}
 */
export function jobsOf(settings, entries) {
  const all = axes(settings, entries);
  const trials = entries.random ? Math.max(0, Math.floor(Number(entries.text['random.trials'])) || 0) : 1;
  const each = combinations(all.filter(([name]) => name !== NETWORK)) * trials;
  const networks = /** @type {string[]} */ (all.find(([name]) => name === NETWORK)?.[1] ?? []);
  const following = settings.followers.filter(({ name }) => entries.then.includes(name));
  const about = following.map((follower) =>
    combinations(followerAxes(follower, entries)) * networks.filter((network) => refusal(follower, network) === undefined).length);
  return { trainings: each * networks.length, about: each * about.reduce((sum, jobs) => sum + jobs, 0) };
}

/** @param {[name: string, values: Value[]][]} axes */
const combinations = (axes) => axes.reduce((product, [, list]) => product * list.length, 1);

/**
 * What is wrong before anything is sent; the server checks the rest.
 *
 * @param {Settings} known
 * @param {SweepEntries} entries
 * @returns {FieldErrors} by field
 */
export function check(known, entries) {
  const { text, settings, ranges, architectures } = entries;
  /** @type {FieldErrors} */
  const errors = {};
  if (!NAME.test(text.name.trim())) {
    errors.name = 'A name is made of up to 64 letters, digits, dots, dashes and underscores, a letter or digit first.';
  }
  const rows = settings.map(({ name }) => name.trim());
  if (architectures.length === 0 && !rows.includes(NETWORK)) {
    errors[NETWORK] = 'Choose at least one network.';
  }
  for (const { name, title, required } of known.fields) {
    if (required && text[name].trim() === '' && !rows.includes(name)) {
      errors[name] = `Choose the ${title.toLowerCase()}.`;
    }
  }
  settings.forEach((row, i) => {
    const error = rows[i] === '' || valuesOf(row.values, known.names.includes(rows[i])).length === 0
      ? 'Give a setting and at least one value, or remove the row.'
      : twice(known, entries, rows[i], rows.slice(0, i));
    if (error) {
      errors[`setting-${i}`] = error;
    }
  });
  if (entries.random) {
    ranges.forEach((range, i) => {
      const earlier = ranges.slice(0, i).map(({ name }) => name);
      const error = wrongEnds(range) ?? twice(known, entries, range.name, [...rows, ...earlier]);
      if (error) {
        errors[`range-${i}`] = error;
      }
    });
  }
  const { trainings } = jobsOf(known, entries);
  if (trainings > MOST_JOBS) {
    errors.sweep = `A sweep has at most ${MOST_JOBS} trainings.`;
  }
  return errors;
}

/**
 * What is wrong with a row for a setting that a field or another row gives already: only one of them would count.
 *
 * @param {Settings} settings
 * @param {SweepEntries} entries
 * @param {string} name of the row's setting
 * @param {string[]} earlier names of the rows above it
 */
function twice({ fields }, { text, architectures }, name, earlier) {
  if (earlier.includes(name)) {
    return 'There is a row for this setting already.';
  }
  const given = name === NETWORK ? architectures.length > 0 : fields.some((field) => field.name === name) && text[name].trim() !== '';
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
