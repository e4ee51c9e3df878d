import { html } from 'lit-html';
import { points } from '../app/format.js';
import { shownFigure } from '../charts/figure.js';
import { panel } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { tableCopies } from '../controls/table-copies.js';
import { correctedCell, correctedHead, uncorrectedNote } from '../results/corrected.js';
import { viewDownloads } from '../results/view-downloads.js';
import { forestPlot, signed, spread } from './forest-plot.js';

/**
 * @typedef {import('../api/types.js').Changes} Changes
 * @typedef {import('../api/types.js').Change} Change
 */

/**
 * The effect of each step from ResNet-50 to BagNet-33 on accuracy.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {Changes} view
 * @param {ReturnType<typeof import('../results/missing-jobs.js').missingJobs>} missing
 * @param {(error: unknown) => void} failed
 */
export function changesPanel(api, view, missing, failed) {
  const measured = view.changes.filter(({ difference }) => difference);
  const queue = missing.button(view.missing, { id: 'queue-changes', verb: 'Queue the missing trainings', about: 'steps from ResNet-50 to BagNet-33', small: measured.length > 0 });
  return panel('changes', 'From ResNet-50 to BagNet-33, step by step', measured.length > 0
      ? html`${shownFigure(changesFigure(view))} ${table(view.changes)}
          ${queue} ${uncorrectedNote(view.changes)} ${tableCopies('changes-table')} ${viewDownloads(api, 'changes', { dataset: view.dataset, setting: view.setting?.run }, failed)}`
      : empty({
          id: 'no-changes',
          title: 'No step can be compared yet',
          text: 'The report leaves open which of max pooling, padding, stride and depth makes the difference. To compare a step, the networks before and after it need runs with the same settings and seeds. The sweep “controlled-variants” trains them all.',
          actions: html`${queue} <a class="button" href="#/sweeps">Set up a sweep</a>`,
        }), { testId: 'changes' });
}

/** @param {Changes} view */
export const changesFigure = (view) =>
  forestPlot(
    view.changes.flatMap(({ change, difference, sentence }) => (difference ? [{ ...difference, label: change, sentence: sentence ?? '' }] : [])),
    {
      name: 'changes',
      testId: 'changes-chart',
      title: `What each step from ResNet-50 to BagNet-33 does on ${view.dataset}`,
      axis: 'Points gained by the step',
    },
    view,
  );

/** @param {Change[]} changes */
const table = (changes) => scroll('Steps from ResNet-50 to BagNet-33', html`<table class="table table-plain table-cards" data-testid="changes-table">
  <thead><tr><th scope="col">Step</th><th scope="col">From</th><th scope="col">To</th><th scope="col" class="number">Before</th><th scope="col" class="number">After</th>
    <th scope="col" class="number">Difference</th><th scope="col" class="number">${correctedHead(changes)}</th></tr></thead>
  <tbody>${changes.map(
    ({ change, before, after, accuracyBefore, accuracyAfter, difference, adjusted, sentence }) => html`<tr>
      <th scope="row">${change}</th><td data-label="From">${before.label}</td><td data-label="To">${after.label}</td>
      <td class="number" data-label="Before">${accuracyBefore === undefined ? '–' : points(accuracyBefore)}</td>
      <td class="number" data-label="After">${accuracyAfter === undefined ? '–' : points(accuracyAfter)}</td>
      <td class="number" data-label="Difference" title=${sentence ?? ''}>${difference ? html`${signed(difference.difference)}<span class="under">${spread(difference)}</span>` : 'not run'}</td>
      <td class="number" data-label="p, corrected">${correctedCell({ adjusted })}</td></tr>`,
  )}</tbody></table>`);
