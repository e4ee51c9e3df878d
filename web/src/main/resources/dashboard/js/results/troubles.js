// Generated from Trouble.java; CONTRIBUTING.md says how to change it.

/** @typedef {import('../api/types.js').Trouble} Trouble */

/** What marks a training in lists, what went wrong, and what to do. @type {Record<Trouble, {mark: string, text: string, advice: string}>} */
export const TROUBLES = {
  diverged: { mark: 'diverged', text: 'the loss exploded', advice: 'Try a lower learning rate.' },
  chance: { mark: 'at chance', text: 'it is not clearly better than guessing, even on its training images', advice: 'Try more epochs, another learning rate or another seed.' },
};

/** What becomes of a training that ran to its end. */
export const LEFT_OUT = 'It is left out of means and tests.';

/** The loss in nats from which on it has exploded. */
export const EXPLODED_LOSS = 30;

/** The width in points of an accuracy's interval above which there are too few images to tell whether anything was learnt. */
export const WIDEST_INTERVAL = 20;
