import { render } from 'lit-html';
import { contains, has, partial, root, texts } from '../testing.js';
import { missingJobs } from '../results/missing-jobs.js';
import { effectiveFields } from './effective-fields.js';

export async function effectiveFieldsAreShownBesideTheTheoreticalOnesOverSeeds() {
  const row = (label, imageSize, sides, receptiveField) => ({
    architecture: label, label, receptiveField, settings: { dataset: 'one', imageSize }, phrases: [`${imageSize} px`, 'width 1'], regime: 'from scratch',
    runs: sides.map((_, i) => i + 1), url: '/favicon.svg',
    side: { mean: sides.reduce((a, b) => a + b) / sides.length, values: sides }, radius: { mean: 3, values: sides.map(() => 3) },
  });
  const missing = missingJobs(partial({}), () => {});
  render(effectiveFields([], partial([{ dataset: 'one', jobs: [{ spec: {} }] }]), missing), root);
  await texts('@queue-effective-one', 'Measure the networks on one');
  await has('@no-effective-fields a', 'href', '#/queue?form=effective-field&section=form');

  render(effectiveFields(partial([row('ResNet', 64, [40]), row('BagNet', 64, [6, 8.5], 9), row('BagNet', 224, [7], 9)]), [], missing), root);
  await texts('article h3', 'one, 64 px', 'one, 224 px');
  await contains('@effective-table >> nth=0 >> tbody tr', /9 px\s+7.3 px\s+6.0 px, 8.5 px/, /whole image\s+40.0 px\s*\*/);
  // The map of the newest run.
  await texts('figcaption a >> nth=0', '#2');
}
