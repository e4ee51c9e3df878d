import { browser, contains, count, equal, has, lacks, only, openPage, texts, visible } from '../testing.js';
import { open } from './claims-page.js';

export async function aClaimHasItsVerdictItsNumbersAndWhatIsMissing() {
  const difference = { difference: 0.1, bySeed: [0.1], images: 100 };
  const setting = { run: 1, networks: 2, settings: { recipe: 'quick' }, phrases: ['64 px', 'width 1'], regime: 'from scratch' };
  const network = (label) => ({ architecture: label, label });
  openPage(open, {
    claims: async () => ({ dataset: 'd', datasets: ['d'], settings: [setting], setting, leftOut: [{ run: 7, label: 'VGG', seed: 3, trouble: 'chance' }], claims: [
      { id: 'one', claim: 'It grows.', verdict: 'supported', evidence: '', needed: 'all', toDecide: [], missing: [], runs: [1, 2],
        planned: 1, predictions: [{ statement: 's', difference: { ...difference, bySeed: [0.09, 0.1, 0.1, 0.11] }, low: 0.08, high: 0.12, tests: 1, adjusted: 0.0001, sentence: 'B is 10.0 points above A.' }],
        certainty: 'At most 3.1 % of verdicts are wrong.', truth: { verdict: 'supported', reason: 'By construction.' } },
      { id: 'several', claim: 'It falls.', verdict: 'undecided', evidence: '', needed: 'all', toDecide: [], missing: [], runs: [], certainty: '', planned: 4,
        predictions: [
          { statement: 'C above A', difference: { difference: 0.1, bySeed: [0.05, 0.1, 0.12, 0.13], images: 1200 }, low: 0.01, tests: 1, adjusted: 0.04, sentence: 'C is 10.0 points above A.' },
          { statement: 'C best', difference: { difference: -0.03, bySeed: [-0.03, -0.02, -0.04, -0.03], images: 1200 }, high: 0.005, tests: 4, adjusted: 0.08, sentence: 'C is 3.0 points below D.' },
          { statement: 'D above A', difference: { difference: -0.02, bySeed: [-0.02, -0.02], images: 1200 }, tests: 4, sentence: 'D is 2.0 points below A.' },
          { statement: 'E above A', difference, tests: 1, sentence: 'E is 10.0 points above A.' },
        ] },
      { id: 'two', claim: 'It is best.', verdict: 'undecided', evidence: '', needed: 'all', toDecide: ['C with 4 seeds in all'], missing: [{ spec: { kind: 'train', seed: 3 } }, { spec: { kind: 'train', seed: 4 } }], runs: [], planned: 2, predictions: [], certainty: '' },
    ] }),
    jobs: async ({ state }) => ({ jobs: state === 'QUEUED' ? [{ id: 9, state, spec: { kind: 'train', dataset: 'd', seed: 3, epochs: 4 } }] : [] }),
    changes: async () => ({ dataset: 'd', datasets: ['d'], settings: [setting], setting, changes: [
      { change: 'no padding', before: network('A'), after: network('B'), accuracyBefore: 0.5, accuracyAfter: 0.6, difference, adjusted: 0.03, sentence: 's' },
      { change: 'no stride', before: network('B'), after: network('C') },
    ], missing: [{ spec: { kind: 'train', seed: 4 } }] }),
  });
  await texts('@claim-one .verdict', 'Supported');
  await contains('@predictions-one tbody tr', 's B is 10.0 points above A. +10.0 +8.0 to +12.0 4 100 < 0.001');
  await contains('@predictions-several tbody tr', 'C above A C is 10.0 points above A. +10.0 at least +1.0 4 1,200 0.040', 'C best C is 3.0 points below D. −3.0 at most +0.5 4 1,200 0.080 for 4 tests', 'D above A D is 2.0 points below A. −2.0 no interval; seeds −2.0, −2.0 2 1,200 –', 'E above A E is 10.0 points above A. +10.0 none over seeds: one seed 1 100 –');
  await has('@claim-chart-several', 'aria-label', 'Predictions of the claim. C above A +10.0 points; C best −3.0 points; D above A −2.0 points; E above A +10.0 points');
  await visible('@save-claim-several-svg');
  await contains('@claim-one', 'At most 3.1 % of verdicts are wrong.');
  await contains('@left-out', '#7 VGG, seed 3 (it is not clearly better than guessing, even on its training images)');
  await contains('@claim-one', 'By construction.');
  await texts('@claim-two .verdict', 'Undecided');
  await contains('@claim-two', 'To decide it, run: C with 4 seeds in all.');
  await count('@queue-one', 0);
  await texts('@queued-two', 'seed 3 queued or running: #9');
  await texts('@queue-two', 'Queue what would decide it');
  await visible('@queue-claims');
  await visible('@queue-changes');
  await contains('@changes-table tbody tr', '+10.0', 'not run');
}

/** A setting has runs, but maybe of one network of each step only. */
export async function aSettingWithRunsIsNotSaidToHaveNone() {
  const setting = { run: 1, networks: 2, settings: { recipe: 'quick' }, phrases: ['64 px'], regime: 'from scratch' };
  openPage(open, {
    claims: async () => ({ dataset: 'd', datasets: ['d'], settings: [setting], setting, leftOut: [], claims: [] }),
    changes: async () => ({ dataset: 'd', datasets: ['d'], settings: [setting], setting, changes: [
      { change: 'no padding', before: { label: 'A' }, after: { label: 'B' }, accuracyBefore: 0.5 },
    ], missing: [] }),
  });
  await contains('@no-changes', 'the networks before and after it need runs with the same settings and seeds');
  await lacks('@no-changes', 'None of these networks');
}

/** Predictions are sentences, which take several lines. */
export async function theTableOfAClaimFitsOnALaptop() {
  await browser.resize(1440, 900);
  const setting = { run: 1, networks: 2, settings: {}, phrases: ['64 px'], regime: 'from scratch' };
  const prediction = {
    statement: 'BagNet-33 loses less than 5 points if its patches are trained by themselves', tests: 9, adjusted: 0.04, low: 0.01, high: 0.19,
    difference: { difference: 0.1, bySeed: [0.05, 0.1, 0.12, 0.13], images: 1200 },
    sentence: 'Training its patches by themselves costs BagNet-33 10.0 points more than 5 points, 95 % 1.0 to 19.0, n = 4 seeds, 1,200 images, so that nothing is left of what it has.',
  };
  openPage(open, {
    claims: async () => ({ dataset: 'd', datasets: ['d'], settings: [setting], setting, leftOut: [], claims: [
      { id: 'wide', claim: 'It falls.', verdict: 'undecided', evidence: '', needed: 'all', toDecide: [], missing: [], runs: [], certainty: '', planned: 2, predictions: [prediction, prediction],
        truth: { verdict: 'undecided', reason: 'None is best.' } }] }),
    changes: async () => ({ dataset: 'd', datasets: ['d'], settings: [setting], setting, changes: [], missing: [] }),
  });
  await visible('@predictions-wide');
  const { scrollWidth, clientWidth } = /** @type {HTMLElement} */ (only('@predictions-wide').parentElement);
  equal(scrollWidth <= clientWidth, true);
  await contains('@claim-wide', 'networks trained to their limits do not decide the claim. None is best.');
}
