/**
 * The queue's form as data: its fields, the recipes' defaults, and what is wrong with an entry. The
 * server checks again and has the last word; these checks only answer sooner.
 *
 * @typedef {'train'|'evaluate'|'heatmap'} Kind
 * @typedef {Record<string, string>} Entries
 * @typedef {Record<string, string>} FieldErrors
 */

/** @type {Record<string, {imageSize: string, width: string, epochs: string, batchSize: string, learningRate: string}>} */
export const RECIPES = {
  quick: { imageSize: '64', width: '0.25', epochs: '6', batchSize: '16', learningRate: '0.004' },
  sgd: { imageSize: '64', width: '0.25', epochs: '6', batchSize: '16', learningRate: '0.05' },
  report: { imageSize: '224', width: '1', epochs: '40', batchSize: '4', learningRate: '0.00004' },
};

/**
 * Fills in what a person left to the form: the recipe for such a start, and the recipe's numbers. A
 * network that starts from weights is as wide as they are.
 *
 * @param {Entries} entries
 * @param {Set<string>} touched fields that a person filled in
 * @param {{architecture: string, width: number}|undefined} weights the chosen ones, if they are known
 */
export function preset(entries, touched, weights) {
  const fill = (/** @type {string} */ field, /** @type {string} */ value) => {
    if (!touched.has(field)) {
      entries[field] = value;
    }
  };
  if (weights) {
    fill('architecture', weights.architecture);
  }
  fill('recipe', entries.weights ? 'report' : 'quick');
  for (const [field, value] of Object.entries(RECIPES[entries.recipe] ?? {})) {
    fill(field, value);
  }
  if (weights) {
    entries.width = String(weights.width);
  }
  if (Number(entries.imageSize) > 0) {
    fill('heatmapStride', Number(entries.imageSize) <= 96 ? '1' : '8');
  }
}

const MOST_SEEDS = 20;

/** @returns {Entries} */
export const defaults = () => ({
  architecture: 'bagnet33',
  weights: '',
  dataset: 'controlled-15',
  recipe: 'quick',
  ...RECIPES.quick,
  seed: '1',
  heatmapStride: '1',
  run: '',
  scrambleSeed: '2',
  imageClass: '',
  image: '',
  label: '',
  stride: '1',
});

/** Which fields each kind of job has. @type {Record<Kind, string[]>} */
const FIELDS = {
  train: ['architecture', 'weights', 'dataset', 'imageSize', 'width', 'recipe', 'epochs', 'batchSize', 'learningRate', 'seed', 'heatmapStride'],
  evaluate: ['run', 'scrambleSeed'],
  heatmap: ['run', 'image', 'label', 'stride'],
};

/**
 * The list that a person means by `1, 2, 5-7`.
 *
 * @param {string} text
 * @param {number} [most]
 * @returns {number[]|undefined} undefined if it cannot be read, or is of more
 */
export function seeds(text, most = MOST_SEEDS) {
  /** @type {number[]} */
  const found = [];
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const match = /^(\d+)(?:[-–](\d+))?$/.exec(part);
    if (!match) {
      return undefined;
    }
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first || last - first >= most) {
      return undefined;
    }
    for (let seed = first; seed <= last; seed++) {
      found.push(seed);
    }
  }
  return found.length > 0 && found.length <= most ? [...new Set(found)] : undefined;
}

/** @param {string} text @param {number} least @param {number} most @param {string} what */
function whole(text, least, most, what) {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most
    ? undefined
    : `${what} must be a whole number from ${least} to ${most}.`;
}

/** @param {string} text @param {string} least @param {number} most @param {string} what */
function real(text, least, most, what) {
  const value = Number(text);
  return text.trim() !== '' && value >= Number(least) && value <= most ? undefined : `${what} must be from ${least} to ${most}.`;
}

/** @type {Record<string, (entries: Entries) => string|undefined>} */
const CHECKS = {
  architecture: ({ architecture }) => (architecture ? undefined : 'Choose an architecture.'),
  dataset: ({ dataset }) => (dataset ? undefined : 'Choose a data set.'),
  imageSize({ imageSize, dataset }) {
    const least = dataset === 'controlled-15' ? 64 : 40;
    return (
      whole(imageSize, least, 512, dataset === 'controlled-15' ? 'On controlled-15, the image size' : 'The image size') ??
      (Number(imageSize) % 4 === 0 ? undefined : 'The image size must be a multiple of 4, as scrambling cuts it into 4 × 4 tiles.')
    );
  },
  width: ({ width }) => real(width, '0.01', 4, 'The width'),
  epochs: ({ epochs }) => whole(epochs, 1, 1000, 'Epochs'),
  batchSize: ({ batchSize }) => whole(batchSize, 2, 512, 'The batch size'),
  learningRate: ({ learningRate }) => real(learningRate, '0.00000001', 1, 'The learning rate'),
  seed: ({ seed }) => (seeds(seed) ? undefined : `Give one seed, or up to ${MOST_SEEDS} as in 1, 2, 5-7.`),
  run: ({ run }) => (run ? undefined : 'Choose a finished training run.'),
  scrambleSeed: ({ scrambleSeed }) => whole(scrambleSeed, 0, Number.MAX_SAFE_INTEGER, 'The seed'),
};

/**
 * @param {Kind} kind
 * @param {Entries} entries
 * @returns {FieldErrors} by field; empty if nothing is wrong
 */
export function check(kind, entries) {
  /** @type {FieldErrors} */
  const errors = {};
  for (const field of FIELDS[kind]) {
    const error = CHECKS[field]?.(entries);
    if (error) {
      errors[field] = error;
    }
  }
  return errors;
}

/**
 * The requests that the entries stand for: one, or one for each seed.
 *
 * @param {Kind} kind
 * @param {Entries} entries
 * @returns {Record<string, string|number>[]}
 */
export function requests(kind, entries) {
  if (kind === 'train') {
    const { architecture, weights, dataset, recipe } = entries;
    return (seeds(entries.seed) ?? []).map((seed) => ({
      kind,
      architecture,
      ...(weights && { weights }),
      dataset,
      imageSize: Number(entries.imageSize),
      width: Number(entries.width),
      recipe,
      epochs: Number(entries.epochs),
      batchSize: Number(entries.batchSize),
      learningRate: Number(entries.learningRate),
      seed,
      heatmapStride: Number(entries.heatmapStride),
    }));
  }
  const run = Number(entries.run);
  if (kind === 'evaluate') {
    return [{ kind, run, scrambleSeed: Number(entries.scrambleSeed) }];
  }
  const { image, label } = entries;
  return [{ kind, run, ...(image.trim() && { image: image.trim() }), ...(label && { label }), stride: Number(entries.stride) }];
}

/** Whether a problem's field is one that the form shows. @param {Kind} kind @param {string|undefined} field */
export const shows = (kind, field) => field !== undefined && FIELDS[kind].includes(field);
