import { WIDEST_INTERVAL } from '../results/troubles.js';

/**
 * The terms of the lab: their meaning in a sentence or two, and the document with more details. Each term is declared
 * only here, and is explained wherever it occurs with `term` and `withTerms`.
 *
 * @typedef {object} Meaning
 * @property {string} title
 * @property {string} text
 * @property {string} at URL of the document
 */

export const TERMS = {
  'controlled-15': {
    title: 'controlled-15',
    text: 'Generated images of fifteen classes that differ within 9, 17 or 33 pixels only, or only in the whole image. So what a network of a given receptive field can reach is known.',
    at: '/docs/controlled-15',
  },
  scene15: {
    title: '15-scene',
    text: 'The data set of the report: fifteen kinds of places, 100 training and 80 test images each. It is not part of the lab and has to be imported.',
    at: '/docs/datasets',
  },
  'receptive-field': {
    title: 'Receptive field',
    text: 'The square of pixels that one output of a network can see. A BagNet sums the evidence of such patches, and knows nothing of where they are.',
    at: '/docs/architectures',
  },
  'effective-field': {
    title: 'Effective receptive field',
    text: 'How much of its receptive field a trained network uses: most outputs depend on the middle of it far more than on its edges.',
    at: '/docs/effective-fields',
  },
  'linear-bag-limit': {
    title: 'Linear-bag limit',
    text: 'The accuracy of a network that adds up the evidence of patches, once its cross-entropy is as low as it can be. Proved for controlled-15; other readouts of the same patches reach more.',
    at: '/docs/controlled-15#the-limits-of-a-linear-bag',
  },
  'best-readout': {
    title: 'Best readout',
    text: 'The highest accuracy that any function of all the patches of an image can have. It is computed, not trained.',
    at: '/docs/controlled-15#what-the-patches-hold',
  },
  'linear-readout': {
    title: 'Linear readout for accuracy',
    text: 'What a sum of the patches’ evidence reaches if it is trained for accuracy rather than cross-entropy. The number is a lower bound.',
    at: '/docs/controlled-15#what-the-patches-hold',
  },
  chance: {
    title: 'Chance',
    text: 'The accuracy of guessing: one divided by the number of classes, which all have equally many test images.',
    at: '/docs/controlled-15',
  },
  interval: {
    title: '95 % interval',
    text: 'A 95 % confidence interval: over seeds and test images for three or more seeds, over the test images only for one seed. Two seeds have no interval. Of two and three seeds each value is shown: nobody knows from three how the others are distributed.',
    at: '/docs/decisions/0016-intervals',
  },
  regime: {
    title: 'Regime',
    text: 'How the weights of a network began: from scratch, which is at random, or pretrained on other images. Numbers of different regimes cannot be compared.',
    at: '/docs/weights#regime',
  },
  configuration: {
    title: 'Configuration',
    text: 'Everything but the seed that runs can differ in: regime, image size, width, recipe, epochs. Runs that differ in their seed only are one row.',
    at: '/docs/claims',
  },
  width: {
    title: 'Width',
    text: 'The share of its channels that a network has: 0.25 is a quarter of them in every layer. It changes the size of a network, not its receptive field.',
    at: '/docs/architectures',
  },
  quick: {
    title: 'Recipe quick',
    text: 'A training from scratch on small images in a few epochs, which takes minutes on a laptop. Its networks are far from their limits.',
    at: '/docs/sweeps',
  },
  recipe: {
    title: 'Recipe',
    text: 'How a network is trained: “quick” is from scratch, on small images, in few epochs; “sgd” is quick with momentum; “augmented” is from scratch, with augmented images; “report” is the report’s fine-tuning at 224 pixels; “finetune” continues a network that was trained on other images.',
    at: '/docs/training',
  },
  scrambled: {
    title: 'Scrambled',
    text: 'Test images that were cut into sixteen tiles, four by four, and shuffled. A network that sums the evidence of patches should lose little as long as most of its patches fit into a tile.',
    at: '/docs/claims#scrambling',
  },
  'seam-free': {
    title: 'Patches within one tile',
    text: 'The share of a network’s patches that cross no tile boundary. All others contain an edge that no unscrambled image has, so a loss of accuracy does not prove global vision.',
    at: '/docs/claims#scrambling',
  },
  'not-converged': {
    title: 'Still improving',
    text: 'The last epoch was better on the validation images than all before it, so more epochs might have been better still. A run that was not improving need not have converged: its accuracy may go up and down.',
    at: '/docs/report',
  },
  trouble: {
    title: 'Trainings that learnt nothing',
    text: `A training that ran to its end but whose loss exploded, or that stayed at chance: on its training images in the last epoch and on its test images, the accuracy of one that always gives the same answer lies within or above the 95 % interval of its accuracy. If one of these intervals is wider than ${WIDEST_INTERVAL} points, there are too few images to tell. A network that learnt its training images, but not the test images, is a result. Such trainings say how often trainings go wrong, not how good a network is.`,
    at: '/docs/experiments/train#limits',
  },
  published: {
    title: 'Published',
    text: 'The report’s own numbers: networks pretrained on ImageNet and fine-tuned at 224 pixels on 15-scene, one run each. They are never mixed with numbers that were measured here.',
    at: '/docs/report',
  },
  verdict: {
    title: 'Verdict',
    text: 'Supported: every prediction of the claim holds. Contradicted: the opposite of one holds. Otherwise, or with so few seeds that chance alone could look as clear: undecided.',
    at: '/docs/claims',
  },
  holm: {
    title: 'Corrected after Holm',
    text: 'p-values are adjusted for the number of tests made together, so that the probability of any false positive among them is at most 5 %.',
    at: '/docs/decisions/0018-paired-differences',
  },
  kappa: {
    title: 'Kappa of errors',
    text: 'How far two networks err on the same images: 1 if their errors are identical, 0 if they coincide only as often as expected by chance from their accuracies.',
    at: '/docs/claims#errors-on-the-same-images',
  },
  seed: {
    title: 'Seed',
    text: 'The number that decides everything random in a run: first weights, order of images, scrambling. Runs of several seeds show how much of a result is luck.',
    at: '/docs/decisions/0016-intervals',
  },
};

/** @typedef {keyof typeof TERMS} TermName */

/** Phrases in charts and legends, and the terms that they stand for. @type {[words: RegExp, name: TermName][]} */
export const PHRASES = [
  [/linear-bag limit/i, 'linear-bag-limit'],
  [/linear readout trained for accuracy/, 'linear-readout'],
  [/best readout/, 'best-readout'],
  [/95 % intervals?/, 'interval'],
  [/^chance/, 'chance'],
  [/^published/, 'published'],
  [/receptive field/, 'receptive-field'],
  [/\b\w+ recipe\b/, 'recipe'],
];
