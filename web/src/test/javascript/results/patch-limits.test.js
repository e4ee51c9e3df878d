import { render } from 'lit-html';
import { contains, count, partial, root } from '../testing.js';
import { aboveLimitNote } from './patch-limits.js';

const row = (label, ceiling, mean, low) => partial({ architecture: label, label, ceiling, test: { mean, low, high: mean + 0.02 } });

export async function anAccuracyAboveTheLimitIsExplainedAsFarAsItsIntervalAllows() {
  render(aboveLimitNote([row('BagNet-9', 0.4, 0.38, 0.36), row('BagNet-33', 0.933, 0.94, 0.92), row('ResNet-50', 1, 0.99, 0.98)]), root);
  await contains('@above-limit', 'linear-bag limit: BagNet-33 (limit 93.3 %, within its 95 % interval). The limit holds for the expected accuracy over all images');
  await contains('@above-limit', 'or from keeping the best epoch.');
  render(aboveLimitNote([row('BagNet-9', 0.4, 0.6, 0.57), row('BagNet-33', 0.933, 0.94, 0.92)]), root);
  await contains('@above-limit', 'The interval of BagNet-9 is above it, too');
  render(aboveLimitNote([row('BagNet-9', 0.4, 0.4)]), root);
  await count('@above-limit', 0);
}
