import { isTraining } from '../experiment/experiments.js';

/**
 * @typedef {import('../api/types.js').Epoch} Epoch
 * @typedef {import('../api/types.js').Run} Run
 *
 * Another training of the same configuration.
 * @typedef {{run: number, seed: number, history: Epoch[]}} OtherSeed
 */

/** Of so many, the newest: each is a request. */
const MOST = 20;

/** The largest page of configurations. */
const PAGE = 2000;

/**
 * The other trainings of a run's configuration, as lists of runs group them: those that differ in the seed only and are
 * in its means. Empty if the run has not ended.
 *
 * @param {Pick<typeof import('../api/client.js').api, 'run'|'runs'>} api
 * @param {Run} run
 * @returns {Promise<OtherSeed[]>} in the order of their seeds
 */
export async function otherSeeds(api, { id, spec, state }) {
  if (!isTraining(spec) || state !== 'SUCCEEDED') {
    return [];
  }
  const { configurations } = await api.runs({ grouped: true, network: spec.architecture, dataset: spec.dataset, parameter: `epochs:${spec.epochs}`, limit: PAGE });
  const group = configurations?.page.find(({ runs }) => runs.includes(id));
  const others = await Promise.all((group?.counted ?? []).filter((other) => other !== id).slice(0, MOST).map((other) => api.run(other)));
  return others
    .map((other) => ({ run: other.id, seed: isTraining(other.spec) ? other.spec.seed : 0, history: other.history }))
    .sort((a, b) => a.seed - b.seed);
}

/**
 * The range of the seeds' values after each epoch that all of them have.
 *
 * @param {OtherSeed[]} seeds
 * @param {import('./epochs.js').Quantity} quantity
 * @returns {import('../charts/bands.js').BandPoint[]}
 */
export function rangeOf(seeds, quantity) {
  const epochs = seeds.length === 0 ? 0 : Math.min(...seeds.map(({ history }) => history.length));
  return Array.from({ length: epochs }, (_, i) => {
    const values = seeds.flatMap(({ history }) => history[i][quantity] ?? []);
    return values.length < seeds.length ? [] : [{ x: seeds[0].history[i].epoch, low: Math.min(...values), high: Math.max(...values) }];
  }).flat();
}
