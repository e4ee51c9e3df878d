/**
 * What the lab means by its words, in a sentence or two, and the document that says more. Each is declared here alone, and
 * explained wherever it stands by `term` and `withTerms`.
 *
 * @typedef {object} Meaning
 * @property {string} title
 * @property {string} text
 * @property {string} at address of the document
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
    text: 'The accuracy at which a network stops that adds up the evidence of patches and minimises cross-entropy. It is proved for controlled-15; the same patches hold more.',
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
    text: 'Where the true value probably lies: over seeds and test images from three seeds on, over the test images alone for one seed. Two seeds have no interval.',
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
    text: 'How a network is trained: “quick” is from scratch, on small images, in few epochs; “report” is the report’s fine-tuning at 224 pixels; “sgd” is quick with momentum.',
    at: '/docs/report',
  },
  scrambled: {
    title: 'Scrambled',
    text: 'Test images that were cut into sixteen tiles, four by four, and shuffled. A network that only collects local features should hardly notice.',
    at: '/docs/claims#scrambling',
  },
  'seam-free': {
    title: 'Patches without a seam',
    text: 'The share of a network’s patches that lie within one tile. All others see an edge that no image has, so a loss of accuracy is no proof of global vision.',
    at: '/docs/claims#scrambling',
  },
  'not-converged': {
    title: 'Not converged',
    text: 'The last epoch was better than all before it, so more epochs might have been better still.',
    at: '/docs/report',
  },
  published: {
    title: 'Published',
    text: 'The report’s own numbers: networks pretrained on ImageNet and fine-tuned at 224 pixels on 15-scene, one run each. They are never mixed with numbers that were measured here.',
    at: '/docs/report',
  },
  verdict: {
    title: 'Verdict',
    text: 'Supported: everything that the claim predicts was found. Contradicted: the opposite of one prediction was. Otherwise, and below three seeds, nothing is decided.',
    at: '/docs/claims',
  },
  holm: {
    title: 'Corrected after Holm',
    text: 'p-values are raised for the number of tests that are made together, so that all of them together are wrong in at most 5 % of cases.',
    at: '/docs/decisions/0018-paired-differences',
  },
  kappa: {
    title: 'Kappa of errors',
    text: 'Whether two networks are wrong on the same images: 1 for the same errors, 0 for as many in common as their accuracies alone let expect.',
    at: '/docs/claims#errors-on-the-same-images',
  },
  seed: {
    title: 'Seed',
    text: 'The number that decides everything random in a run: first weights, order of images, scrambling. Runs of several seeds show how much of a result is luck.',
    at: '/docs/decisions/0016-intervals',
  },
};

/** @typedef {keyof typeof TERMS} TermName */

/** Words of charts and legends, and the terms that they are. @type {[words: RegExp, name: TermName][]} */
export const PHRASES = [
  [/linear-bag limit/i, 'linear-bag-limit'],
  [/linear readout trained for accuracy/, 'linear-readout'],
  [/best readout/, 'best-readout'],
  [/95 % intervals?/, 'interval'],
  [/^chance/, 'chance'],
  [/^published/, 'published'],
  [/receptive field/, 'receptive-field'],
];
