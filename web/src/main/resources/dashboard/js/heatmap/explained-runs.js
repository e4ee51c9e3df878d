import { percent } from '../app/format.js';
import { scaleWords } from '../results/words.js';

/**
 * A run whose network can explain an image.
 *
 * @typedef {object} ExplainedRun
 * @property {number} run
 * @property {string} architecture
 * @property {string} label
 * @property {number} accuracy on validation images
 * @property {number} seed
 * @property {boolean} local whether its network supports heatmaps
 * @property {number} imageSize
 * @property {string} group its configuration
 * @property {string} setting its configuration without the network
 * @property {string} words distinguishes it from other runs of its configuration
 */

/**
 * The runs on a data set: networks in the order of Table 1, the configuration of the run with the best validation
 * accuracy first, and its runs in the order of their seeds.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {string} dataset
 * @returns {Promise<ExplainedRun[]>}
 */
export async function explainedRuns(api, dataset) {
  const [{ results }, { architectures }, { experiments }] = await Promise.all([api.validated(dataset), api.architectures(), api.experiments()]);
  const local = experiments.find(({ name }) => name === 'heatmap')?.subject.architectures ?? [];
  const order = architectures.map(({ name }) => name);
  const runs = results.flatMap(({ run, value, configuration }) => {
    if (run === undefined || value === null || !configuration) {
      return [];
    }
    const { architecture, seed, settings, regime } = configuration;
    const label = architectures.find(({ name }) => name === architecture)?.label ?? architecture;
    const setting = [scaleWords(configuration), regime].filter(Boolean).join(', ');
    return [{
      run,
      architecture,
      label,
      accuracy: value,
      seed: seed ?? 0,
      local: local.includes(architecture),
      imageSize: settings.imageSize ?? 0,
      group: [label, setting].filter(Boolean).join(', '),
      setting,
      words: [`#${run}`, scaleWords(configuration), seed === undefined ? '' : `seed ${seed}`, `${percent(value)} on validation`].filter(Boolean).join(', '),
    }];
  });
  /** @type {Map<string, number>} */
  const best = new Map();
  runs.forEach(({ group, accuracy }) => best.set(group, Math.max(best.get(group) ?? 0, accuracy)));
  return runs.sort(
    (a, b) =>
      order.indexOf(a.architecture) - order.indexOf(b.architecture) ||
      (best.get(b.group) ?? 0) - (best.get(a.group) ?? 0) ||
      a.group.localeCompare(b.group) ||
      a.seed - b.seed ||
      a.run - b.run,
  );
}

/** Whether runs were given the same images. @param {ExplainedRun[]} runs */
export const sameImages = (runs) => new Set(runs.map(({ imageSize }) => imageSize)).size < 2;

/** Whether runs were given the same scrambled images: their seeds choose the permutations. @param {ExplainedRun[]} runs */
export const sameScrambled = (runs) => sameImages(runs) && new Set(runs.map(({ seed }) => seed)).size < 2;

/**
 * The best runs of a few networks that support heatmaps, or of any networks if none does: of those that were trained alike,
 * in the setting that most networks have.
 *
 * @param {ExplainedRun[]} runs
 * @param {number} most
 */
export function suggested(runs, most) {
  const local = runs.filter((run) => run.local);
  const known = local.length > 0 ? local : runs;
  const groups = [...Map.groupBy(known, ({ setting }) => setting).values()];
  const largest = groups.reduce((one, other) => (bests(other).length > bests(one).length ? other : one), []);
  return bests(bests(largest).length > 1 ? largest : known).slice(0, most).map(({ run }) => run);
}

/** The best run of each network. @param {ExplainedRun[]} runs */
const bests = (runs) =>
  [...Map.groupBy(runs, ({ architecture }) => architecture).values()].map((own) => own.reduce((best, run) => (run.accuracy > best.accuracy ? run : best)));
