import { browser, contains, count, openPage, texts } from '../testing.js';
import { open } from './receptive-fields-page.js';

export async function whatPatchesHoldBeyondALinearBagIsShown() {
  const measured = { mean: 0.4, values: [0.4], low: 0.37, high: 0.43, n: 1, images: 1200, interval: 'wilson' };
  const row = (architecture, dataset, more) => ({
    architecture, label: architecture, settings: { dataset }, phrases: ['64 px', 'width 1'], regime: 'from scratch', test: measured, ...more,
  });
  const accuracies = [
    row('resnet50', 'known', { ceiling: 1 }),
    row('bagnet17', 'known', { receptiveField: 17, ceiling: 11 / 15, readouts: { linear: 0.88, best: 0.992 } }),
    row('bagnet9', 'known', { receptiveField: 9, ceiling: 0.4, readouts: { linear: 0.72, best: 0.991 } }),
    row('bagnet9', 'scenes', { receptiveField: 9 }),
  ];
  const architectures = [{ name: 'bagnet9', label: 'BagNet-9', family: 'f', receptiveField: 9, parameters: 1, multiplyAdds: 1, layers: [] }];
  const datasets = ['known', 'scenes'].map((dataset) => ({ dataset, publishedApplies: false }));
  openPage(open, { differences: async ({ dataset, measure }) => ({ settings: [], conclusions: [`${measure} on ${dataset}`] }), receptiveFields: async () => ({ architectures, datasets, settings: [], accuracies, published: [], effective: [], missing: [], sameImage: [] }) });
  await texts('@receptive-field-table >> nth=-1 >> tr[data-architecture=bagnet9] .of-limit', '40.0 %', '≥ 72 %', '99.1 %');
  await texts('@receptive-field-table >> nth=-1 >> tr[data-architecture=resnet50] .of-limit', '–', '–', '–');
  await contains('@readouts-note', 'With patches of 9 px');
  await contains('.legend >> nth=-1', 'linear-bag limit');
  await texts('@conclusions li', 'test on known');
  await browser.select('@receptive-field-dataset', 'scenes');
  await texts('@conclusions li', 'test on scenes');
  await count('@readouts-note', 0);
  await count('@receptive-field-table >> nth=-1 >> th[scope=col]', 4);
}

export async function theSameImageIsOneOfTheChosenDataSet() {
  // The pictures themselves.
  await browser.expectErrors('/image?path=');
  const architectures = [{ name: 'bagnet9', label: 'BagNet-9', family: 'f', receptiveField: 9, parameters: 1, multiplyAdds: 1, layers: [] }];
  const both = ['known', 'scenes'];
  openPage(open, { receptiveFields: async () => ({
    architectures, settings: [], accuracies: [], published: [], effective: [], missing: [],
    datasets: both.map((dataset) => ({ dataset, publishedApplies: false })),
    sameImage: both.map((dataset) => ({ dataset, imageSize: 64, image: `test/${dataset}/1.png`, class: dataset, heatmaps: [] })),
  }) });
  await contains('article.example h3', /^known/);
  await browser.select('@receptive-field-dataset', 'scenes');
  await contains('article.example h3', /^scenes/);
}
