import { html } from 'lit-html';
import { count } from '../app/format.js';
import { segments } from '../controls/segments.js';
import { stateWord } from './words.js';

/**
 * A choice of the jobs that a list shows: those in one state or all, with the number of each.
 *
 * @param {string[]} states
 * @param {{counts: import('../api/types.js').SweepCounts, all: number, chosen: string, choose: (state: string) => void, named?: (state: string) => string}} choice an empty state stands for all
 */
export const stateChoice = (states, { counts, all, chosen, choose, named = stateWord }) => segments({
  id: 'filter',
  legend: 'Jobs to show',
  options: ['', ...states].map((state) => [
    state,
    html`${state ? named(state) : 'All'} <small>${count(state ? (counts[/** @type {keyof typeof counts} */ (state)] ?? 0) : all)}</small>`,
  ]),
  chosen,
  choose,
});
