import { drawnFigure } from '../charts/figure-svg.js';
import { all, becomes, browser, contains, count, has, openPage, partial, root, texts } from '../testing.js';
import { scramblingCurveFigure } from './scrambling-curve-chart.js';
import { open } from './scrambling-page.js';

const MEASURED = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };

const row = (architecture, test, more = {}) => ({
  architecture, label: architecture, settings: { dataset: 'd', imageSize: 64 }, phrases: ['64 px', 'width 1'], regime: 'from scratch', runs: [1],
  test, scrambled: test, ...more,
});

const show = (found, sentences = [], networks = []) => openPage(open, {
  differences: async ({ dataset, measure, grid = 4 }) => ({ dataset, measure, grid, settings: [], pairs: [], leftOut: [], networks, intervalFromSeeds: 6, conclusions: measure === 'scrambling-loss' ? sentences : [] }),
  scrambling: async () => ({ datasets: [{ dataset: 'd', chance: 0.1, publishedApplies: false }], settings: [], rows: [], published: [], curves: [], otherImages: [], missing: [], examples: [], ...found }),
});

export async function severalScramblingsHaveARangeAndNoInterval() {
  const points = [0.41, 0.47].map((accuracy, i) => ({ run: 1, job: i + 1, accuracy }));
  const scramblings = { n: 2, mean: 0.44, lowest: 0.41, highest: 0.47, points };
  show({ datasets: [{ dataset: 'd', publishedApplies: false }], rows: [row('one', MEASURED), row('several', MEASURED, { scramblings })] });
  await contains('tr[data-scramblings]', 'Over 2 scramblings of the same test images: mean');
  await contains('tr[data-scramblings]', 'range 41.0–47.0 (lowest to highest, not an interval)');
}

export async function whatTheNumbersShowIsSaidAboveTheChart() {
  show({ rows: [row('one', MEASURED)] }, ['Loss of test accuracy by scrambling 4 × 4 tiles, in points: one 0.4 (95 % −1.2 to 2.0).', 'The networks are not told apart.']);
  await texts('@conclusions li', 'Loss of test accuracy by scrambling 4 × 4 tiles, in points: one 0.4 (95 % −1.2 to 2.0).', 'The networks are not told apart.');
}

export async function anAccuracySaysOfWhatItsIntervalIsAndWhetherItsRunsStillImproved() {
  show({ rows: [
    row('one', { ...MEASURED, notConverged: 1 }),
    row('two', { mean: 0.6, values: [0.5, 0.7], sd: 0.14, n: 2, images: 100 }),
    row('three', { mean: 0.6, values: [0.5, 0.6, 0.7], sd: 0.1, low: 0.35, high: 0.85, n: 3, images: 100,
      interval: 'seeds-and-images', notConverged: 2, caution: 'Three say little.' }),
  ] });
  await contains('tr[data-architecture=one]', '40.0–60.0');
  await has('tr[data-architecture=one] .one-run >> nth=0', 'title', 'this run only');
  await count('tr[data-architecture=two] .one-run', 0);
  await contains('@one-run', '* One run only');
  await texts('tr[data-architecture=one] @not-converged', 'still improving in the last epoch');
  await count('tr[data-architecture=two] .range', 0);
  await texts('tr[data-architecture=two] .spread >> nth=0', '50.0, 70.0');
  await count('tr[data-architecture=two] @not-converged', 0);
  await texts('tr[data-architecture=three] .range >> nth=0', '35.0–85.0');
  await texts('tr[data-architecture=three] .spread >> nth=0', '50.0, 60.0, 70.0');
  await texts('@caution', 'Three say little.');
  await texts('tr[data-architecture=three] @not-converged', '2 of 3 runs still improving in the last epoch');
}

export async function aCurveHasAPointForEachTileSizeAndSaysHowManyPatchesCrossNoSeam() {
  const point = (grid, withinTile) => ({ grid, tile: 64 / grid, accuracy: MEASURED, agreement: 0.7, permutations: 3, withinTile });
  const curves = [
    { architecture: 'bagnet9', label: 'BagNet-9', receptiveField: 9, points: [point(2, 0.6), point(4, 0.33)] },
    { architecture: 'resnet50', label: 'ResNet-50', points: [point(2)] },
  ].map((curve) => ({ ...curve, settings: { dataset: 'd', imageSize: 64 }, phrases: ['64 px', 'width 1'], regime: 'from scratch', runs: [1], whole: MEASURED,
    classes: [{ name: 'Suburb', whole: 0.9, byGrid: { 2: 0.8, 4: 0.25 } }] }));
  show({ curves });
  await count('@scrambling-curve-table tbody tr', 3);
  await contains('@scrambling-curve-table tbody tr:nth-child(2)', '4 × 4');
  await contains('@scrambling-curve-table tbody tr:nth-child(2)', '16 px');
  await contains('@scrambling-curve-table tbody tr:nth-child(2)', '33.0 %');
  await contains('@scrambling-curve-table tbody tr:nth-child(3)', 'whole image');
  await has('@scrambling-curve-chart', 'aria-label', /BagNet-9: 64 px 50.0 %, 32 px 50.0 %, 16 px 50.0 %; ResNet-50/);
  await browser.click('main summary >> nth=0');
  await contains('.table-heat >> nth=0', '25');
  // Lines, which Chart.js draws with an object that SVG cannot have, unless told otherwise.
  root.replaceWith(drawnFigure(scramblingCurveFigure(partial(curves), partial({ dataset: 'd', chance: 0.1, publishedApplies: false }))));
  await count("main > svg[role=img] path[stroke-width='2'] >> nth=0", 1);
}

export async function scrambledImagesAreOfTheChosenDataSet() {
  // The pictures themselves.
  await browser.expectErrors('/image?path=');
  const of = (dataset) => ({ architecture: 'bagnet9', label: 'BagNet-9', dataset, imageSize: 64, regime: 'pretrained', weights: 'zoo' });
  const both = ['one', 'other'];
  show({
    datasets: both.map((dataset) => ({ dataset, publishedApplies: false })),
    rows: both.map((dataset) => row('bagnet9', MEASURED, { ...of(dataset), settings: { dataset, imageSize: 64 } })),
    examples: both.map((dataset, i) => ({ ...of(dataset), run: i, image: `test/${dataset}/1.png`, class: dataset, facts: {} })),
  });
  await contains('article.example >> nth=0', 'pretrained: zoo');
  await contains('article.example h3', /^one/);
  await browser.select('@scrambling-dataset', 'other');
  await contains('article.example h3', /^other/);
}

export async function scramblingOfSelectedImagesIsFound() {
  const settings = { dataset: 'd', imageSize: 64 };
  const configuration = { architecture: 'bagnet9', settings, phrases: ['64 px'], regime: 'from scratch' };
  const subset = { dataset: 'd', images: 'test', subset: 5, label: 'BagNet-9', receptiveField: 9, configuration, run: 3, job: 23, test: MEASURED, byGrid: [{ grid: 4, accuracy: MEASURED }] };
  show({ rows: [row('bagnet9', MEASURED)], otherImages: [subset, { ...subset, dataset: 'other', job: 24 }] });
  await contains('@other-images tbody tr', /BagNet-9 trained on d, #3.*at most 5 a class.*4 × 4/);
  await count('@no-curves', 0);
}

/** A column that is out of sight would be taken for one that does not exist. */
export async function onAPhoneARowIsACardWithAllItsNumbers() {
  await browser.resize(390, 844);
  const scramblings = { n: 2, mean: 0.44, lowest: 0.41, highest: 0.47, points: [] };
  show({ rows: [row('bagnet9', MEASURED, { scramblings }), row('bagnet33', { ...MEASURED, caution: 'One seed.' })] });
  await count('@scrambling-table tr[data-architecture]', 2);
  await becomes(() => all('@scrambling-table td').filter((cell) => cell.getBoundingClientRect().right > innerWidth).length, 0);
  await becomes(() => all('tr[data-architecture=bagnet9] td.number').map((cell) => getComputedStyle(cell, '::before').content), ['"Clean"', '"Scrambled"', '"Cost"']);
}

/** The accuracies are of the same images, so that their intervals say little about what scrambling costs. */
export async function aCostIsThatOfTheSentencesWithTheIntervalOfTheSameImages() {
  const scrambled = { ...MEASURED, mean: 0.45 };
  const interval = { low: -0.012, high: 0.112 };
  show({ rows: [row('one', { ...MEASURED, mean: 0.9 }), row('two', MEASURED, { runs: [2, 3, 4, 14, 15, 16], scrambled }), row('three', MEASURED, { runs: [5] }), row('four', MEASURED, { runs: [7], scrambled }), row('five', MEASURED, { runs: [8, 9], scrambled }), row('six', MEASURED, { runs: [10, 11], scrambled })] }, [], [
    { architecture: 'two', label: 'two', runs: [2, 3, 4, 14, 15, 16], permutations: [1, 1, 1, 1, 1, 1], scrambledAgain: false, mean: 0.05, interval },
    { architecture: 'three', label: 'three', runs: [5, 6], permutations: [1, 1], scrambledAgain: false, mean: 0.2 },
    { architecture: 'four', label: 'four', runs: [7], permutations: [3], scrambledAgain: true, mean: 0.06, interval },
    // The mean may be that of the columns by chance, and two seeds have no interval.
    { architecture: 'five', label: 'five', runs: [8, 9], permutations: [1, 5], scrambledAgain: true, mean: 0.05 },
    { architecture: 'six', label: 'six', runs: [10, 11], permutations: [1, 1], scrambledAgain: true, mean: 0.05 },
  ]);
  await contains('tr[data-architecture=four] [data-label=Cost]', /^\s*6\.0\s*−1\.2 to 11\.2\s+over 3 scramblings\s*$/);
  await contains('tr[data-architecture=five] [data-label=Cost]', /^\s*5\.0\s+over 1 to 5 scramblings\s*$/);
  await contains('tr[data-architecture=six] [data-label=Cost]', /^\s*5\.0\s+over 1 scrambling\s*$/);
  await contains('tr[data-architecture=two] [data-label=Cost]', /^\s*5\.0\s*−1\.2 to 11\.2\s*$/);
  await texts('tr[data-architecture=one] [data-label=Cost]', '0.0');
  await count('@scrambling-table [data-unit=points] .range', 2);
  await contains('@cost-method', 'Its 95 % interval is over seeds and images; that of a single run over its images. Rows without an interval have 2 to 5 seeds or several runs with the same seed, are of other settings, or have runs whose predictions were not stored. The column Scrambled is of the scrambling in the training. A cost “over scramblings” is the mean over those that the experiment Scrambling measured; of runs that it did not measure, over that in the training. The files of “All data” have the difference');
}

/** With two to five seeds there is none. */
export async function nothingIsSaidOfIntervalsThatNoRowHas() {
  show({ rows: [row('one', { ...MEASURED, n: 2 }, { runs: [1, 2] })] }, [], [{ architecture: 'one', label: 'one', runs: [1, 2], permutations: [1, 1], scrambledAgain: false, mean: 0.05 }]);
  await contains('@cost-method', /^A cost is of the same test images, clean and scrambled\.\s+Rows without an interval have 2 to 5 seeds/);
}

/** Which network loses more is a question of this page. */
export async function theCostsOfTwoNetworksAreCompared() {
  const asked = [];
  openPage(open, {
    differences: async (filter) => {
      asked.push([filter.measure, filter.grid, filter.dataset]);
      return {
        dataset: filter.dataset, measure: filter.measure, grid: 4, intervalFromSeeds: 6, datasets: ['d'], settings: [], leftOut: [], conclusions: [],
        networks: ['one', 'two'].map((architecture) => ({ architecture, label: architecture, runs: [1] })),
        pairs: [{ first: 'two', second: 'one', difference: 0.1, bySeed: [0.1], images: 100, low: 0.05, high: 0.15, p: 0.001, adjusted: 0.001, method: 'images-of-one-seed', seeds: [{ seed: 1 }], sentence: 'Scrambling costs two 10.0 points more.', reversed: '', significant: false }],
      };
    },
    scrambling: async () => ({ datasets: [{ dataset: 'd', publishedApplies: false }], settings: [], rows: [row('one', MEASURED), row('two', MEASURED)], published: [], curves: [], otherImages: [], missing: [], examples: [] }),
  });
  await contains('@difference-rows tbody tr', /two.*\+10\.0.*\+5\.0 to \+15\.0/);
  await becomes(() => asked.filter(([, grid]) => grid), [['scrambling-loss', 4, 'd']]);
}

export async function anotherSettingCanBeChosen() {
  const setting = (run) => ({ run, networks: 8 - run, regime: 'from scratch', phrases: [`${run} epochs`] });
  const settings = [{ dataset: 'd', settings: [setting(1), setting(2)], otherConfigurations: 1 }];
  openPage(open, {
    differences: async ({ dataset, setting: of, measure, grid = 4 }) => ({ dataset, measure, grid, intervalFromSeeds: 6, settings: [], pairs: [], leftOut: [], networks: [], conclusions: [`of ${of}`] }),
    scrambling: async ({ setting: asked }) => ({
      datasets: [{ dataset: 'd', publishedApplies: false }], published: [], curves: [], otherImages: [], missing: [], examples: [],
      settings: settings.map((each) => ({ ...each, setting: asked === 'all' ? undefined : setting(asked === '2' ? 2 : 1) })),
      rows: [row(`asked-${asked}`, MEASURED)],
    }),
  });
  await count('tr[data-architecture=asked-most]', 1);
  await texts('@conclusions li', 'of 1');
  await browser.select('@setting', '2');
  await count('tr[data-architecture=asked-2]', 1);
  await texts('@conclusions li', 'of 2');
  await contains('@other-configurations', '1 configuration of other settings');
  await browser.click('@all-settings');
  await count('tr[data-architecture=asked-all]', 1);
}
