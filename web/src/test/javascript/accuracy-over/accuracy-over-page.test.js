import { all, becomes, browser, contains, count, has, openPage, words } from '../testing.js';
import { open } from './accuracy-over-page.js';

export async function accuracyIsShownOverAnyParameterThatIsANumber() {
  const test = (mean) => ({ mean, values: [mean], low: mean - 0.1, high: mean + 0.1, n: 1, images: 100, interval: 'wilson' });
  const curve = { architecture: 'bagnet9', label: 'BagNet-9', receptiveField: 9, settings: { dataset: 'd' }, phrases: ['64 px', 'width 1', '6 epochs'],
    regime: 'from scratch',
    points: [{ at: 150, value: 10, receptiveField: 9, runs: [1], test: test(0.3) }, { at: 1200, receptiveField: 9, runs: [2], test: test(0.7) }] };
  const sparse = { ...curve, points: [{ at: 0, value: 0, receptiveField: 9, runs: [3], test: test(0.7) }, { at: 0.1, value: 0.1, receptiveField: 9, runs: [4], test: test(0.6), sparseness: { mean: 0.81234, values: [0.81234], n: 1, images: 100 } }] };
  const curves = { trainImages: [curve], sparsity: [sparse], epochs: [] };
  const labels = { trainImages: 'Training images', sparsity: 'Sparsity', epochs: 'Epochs' };
  const schema = (title, otherwise) => ({ type: 'number', title, description: `What ${title} is.`, otherwise, group: 'Data', role: 'identity' });
  openPage(open, {
    accuracyOver: async (name) => ({ axis: { name, label: labels[name] }, counts: { trainImages: 1, sparsity: 1, epochs: 0 },
      datasets: curves[name].length > 0 ? [{ dataset: 'd', chance: 0.1, publishedApplies: false }] : [], curves: curves[name] }),
    experiments: async () => ({ experiments: [{ name: 'train', parameters: { properties: {
      trainImages: schema('Training images per class', 'all'), sparsity: schema('Sparsity', '0'), epochs: schema('Epochs', '6') } } }] }),
    presets: async () => ({ presets: [{ name: 'long', definition: { grid: { epochs: [1, 2] } } }, { name: 'other', definition: {} }] }),
  });
  const images = '@accuracy-over-trainImages-table tbody tr';
  await count(images, 2);
  await contains(`${images}:nth-child(1)`, '64 px, width 1, 6 epochs');
  await contains(`${images}:nth-child(1)`, '150');
  await contains(`${images}:nth-child(2)`, '1,200');
  await contains(`${images}:nth-child(2)`, 'all');
  await contains('main', 'What Training images per class is.');
  await has('@accuracy-over-trainImages-chart', 'aria-label', /BagNet-9: training images 150 30.0 %, training images 1,200 70.0 %/);
  await browser.select('@parameter', 'sparsity');
  await becomes(() => location.href.endsWith('parameter=sparsity'), true);
  await contains('@accuracy-over-sparsity-table tbody tr', 'not measured', '0.8123');
  await has('@accuracy-over-sparsity-chart', 'aria-label', /BagNet-9: sparsity 0 70.0 %, sparsity 0.1 60.0 %/);
  await browser.select('@parameter', 'epochs');
  await contains('@no-curves', 'No finished trainings differ only in “Epochs” yet');
  await becomes(() => all('main a').filter((link) => words(link).includes('Set up the sweep “long”')).map((link) => link.getAttribute('href')), ['#/sweeps?new=long']);
}
