import { html, svg } from 'lit-html';
import { stateWord } from './words.js';

/** A shape for each state, so that colour is never the only cue. @type {Record<string, unknown>} */
const SHAPES = {
  QUEUED: svg`<circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" stroke-width="1.5"></circle>`,
  RUNNING: svg`<path d="M2.5 1.5 8.5 5l-6 3.5z" fill="currentColor"></path>`,
  PAUSING: svg`<path d="M3 1.5v7M7 1.5v7" fill="none" stroke="currentColor" stroke-width="1.25"></path>`,
  PAUSED: svg`<path d="M3 1.5v7M7 1.5v7" fill="none" stroke="currentColor" stroke-width="2"></path>`,
  SUCCEEDED: svg`<path d="M1.5 5.5 4 8l4.5-6" fill="none" stroke="currentColor" stroke-width="1.75"></path>`,
  FAILED: svg`<path d="m2 2 6 6m0-6-6 6" fill="none" stroke="currentColor" stroke-width="1.75"></path>`,
  INTERRUPTED: svg`<path d="M5 1v4.5M5 7.6v1.6" fill="none" stroke="currentColor" stroke-width="2"></path>`,
  ENDED: svg`<path d="M2 2h6v6H2z" fill="currentColor"></path>`,
  PRUNED: svg`<path d="M1.5 2.5 5 8l3.5-5.5" fill="none" stroke="currentColor" stroke-width="1.75"></path>`,
  CANCELLED: svg`<path d="M1.5 5h7" fill="none" stroke="currentColor" stroke-width="1.75"></path>`,
};

/** @param {string} state */
export const stateChip = (state) => chip(state, stateWord(state));

/**
 * The chip of a state, with different text.
 *
 * @param {string} state
 * @param {string} words
 */
export const chip = (state, words) => html`<span class="chip" data-state=${state}>
  <svg viewBox="0 0 10 10" aria-hidden="true">${SHAPES[state] ?? SHAPES.QUEUED}</svg>${words}</span>`;
