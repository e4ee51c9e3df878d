import { render } from 'lit-html';
import { browser, contains, has, lacks, partial, root, texts } from '../testing.js';
import { agreementPanel } from './agreement-panel.js';

export async function errorsOfTwoNetworksAreComparedInATableAndByClass() {
  const network = (architecture, label, kappa, ...classAccuracies) => ({
    architecture, label, runs: [1, 2], accuracy: 0.6, classAccuracies,
    ceiling: { observed: 0.8, expected: 0.5, kappa, seeds: 2, images: 30 },
  });
  const pair = (first, second, kappa) => ({
    first, second, observed: 0.7, expected: 0.5, kappa, seeds: 2, images: 30, pearson: -0.42, spearman: 0.5,
    sentence: `${first} and ${second} agree`,
  });
  const errorAgreement = async () => ({
    dataset: 'scenes', datasets: ['scenes'], settings: [], classes: ['Coast', 'Forest', 'Store'],
    networks: [
      network('resnet50', 'ResNet-50', 0.61, 0.9, 0.5, 0.2),
      network('bagnet9', 'BagNet-9', 0.52, 0.3, 0.6, 0.4),
      network('bagnet33', 'BagNet-33', 0.57, 0.8, 0.6, 0.3),
    ],
    pairs: [pair('resnet50', 'bagnet9', -0.05), pair('resnet50', 'bagnet33', 0.4), pair('bagnet9', 'bagnet33', 0.2)],
  });
  const panel = agreementPanel(partial({ errorAgreement }), () => render(panel.template(), root));
  panel.show('scenes', { troubled: false, trials: false });
  await texts('@agreement-table tbody tr:nth-child(2) td', '−0.05', '0.52', '0.20');
  await texts('@agreement-table .heat-diagonal', '0.61', '0.52', '0.57');
  await lacks('@agreement', 'It is unknown');
  await has('@agreement-table tbody td >> nth=2', 'title', 'resnet50 and bagnet33 agree');
  await contains('@agreement-sentence', 'resnet50 and bagnet9 agree');
  await browser.select('@agreement-first', 'bagnet33');
  await contains('@agreement-sentence', 'resnet50 and bagnet33 agree');
  await browser.select('@agreement-second', 'bagnet9');
  await has('@class-accuracies', 'aria-label', /Store: BagNet-33 30.0 %, BagNet-9 40.0 %/);
  await contains('@agreement', 'correlation over the classes −0.42');
}

/** With one seed there is no second run; of runs that recognise all images, kappa is undefined. */
export async function theDiagonalSaysWhyItIsEmpty() {
  const network = (architecture, ceiling) => ({ architecture, label: architecture, runs: [1], accuracy: 1, classAccuracies: [], ceiling });
  const errorAgreement = async () => ({
    dataset: 'd', datasets: ['d'], settings: [], classes: [],
    networks: [network('a', undefined), network('b', { observed: 1, expected: 1, seeds: 2, images: 30 })],
    pairs: [{ first: 'a', second: 'b', observed: 1, expected: 1, seeds: 1, images: 30, sentence: 'Both are right on all images.' }],
  });
  const panel = agreementPanel(partial({ errorAgreement }), () => render(panel.template(), root));
  panel.show('d', { troubled: false, trials: false });
  await contains('@agreement', 'the ceiling. It is unknown for a network with one seed, or whose runs recognise all images or none.');
}
