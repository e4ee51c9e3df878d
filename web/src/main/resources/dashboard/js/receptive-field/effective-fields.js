import { html, nothing } from 'lit-html';
import { formHref, runHref } from '../app/routes.js';
import { panel } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { picture } from '../picture/picture.js';
import { commonNote } from '../results/in-common.js';
import { regimeTag } from '../results/measured.js';
import { oneRun, oneRunMark } from '../results/one-run.js';
import { term } from '../terms/term.js';
import { fieldWord, rowName, scaleWords } from '../results/words.js';

/**
 * @typedef {import('../api/types.js').EffectiveField} EffectiveField
 * @typedef {import('../api/types.js').MissingAnalyses} MissingAnalyses
 */

/**
 * How much of their receptive fields trained networks actually use, for each data set and image size.
 *
 * @param {EffectiveField[]} rows
 * @param {MissingAnalyses[]} lacking
 * @param {ReturnType<typeof import('../results/missing-jobs.js').missingJobs>} missing
 */
export function effectiveFields(rows, lacking, missing) {
  const queue = lacking.map(({ dataset, jobs }) => missing.button(jobs, { id: `queue-effective-${dataset}`, verb: `Measure the ${rows.length > 0 ? 'other ' : ''}networks on ${dataset}`, about: 'effective fields', small: rows.length > 0 }));
  const sorted = [...rows].sort((a, b) => (a.receptiveField ?? Number.MAX_VALUE) - (b.receptiveField ?? Number.MAX_VALUE));
  const groups = Map.groupBy(sorted, ({ settings: { dataset, imageSize } }) => `${dataset}, ${imageSize} px`);
  return panel('effective', term('effective-field', 'Effective receptive fields'), rows.length > 0
      ? html`<p class="note">How strongly each pixel changes the logit of the true class at the centre of the last feature map (Luo et al., 2016): the
          magnitude of the gradient, averaged over test images. The effective field is the side of a square with the area of all pixels whose gradient
          is more than 4.55 % of the largest.</p>
        ${queue} ${[...groups].map(([name, group]) => one(name, group))}`
      : empty({
          id: 'no-effective-fields',
          title: 'No effective fields yet',
          text: 'Queue an effective-field experiment for a run to see how much of its receptive field a trained network uses.',
          actions: html`${queue} <a class="changes button" href=${formHref({ kind: 'effective-field' })}>Queue an experiment</a>`,
        }));
}

/** @param {string} name @param {EffectiveField[]} rows */
function one(name, rows) {
  const single = oneRun(rows.map(({ side, radius }) => [side, radius].map(({ values }) => ({ n: values.length }))));
  return html`<article class="example" data-group=${name}>
  <h3>${name}</h3>
  ${commonNote(single.common)} ${scroll(`Effective receptive fields on ${name}`, html`<table class="table table-plain" data-testid="effective-table">
    <thead><tr><th scope="col">Network</th><th scope="col">Configuration</th><th scope="col" class="number">Receptive field</th>
      <th scope="col" class="number">Effective field</th><th scope="col" class="number">Radius of 95 %</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr data-architecture=${row.architecture}>
      <th scope="row">${rowName(row, rows)}</th>
      <td>${regimeTag(row)} <span class="scale-words">${scaleWords(row)}</span></td>
      <td class="number">${fieldWord(row.receptiveField)}</td>
      <td class="number">${overSeeds(row.side, single.marked)}</td>
      <td class="number">${overSeeds(row.radius, single.marked)}</td>
    </tr>`)}</tbody></table>`)} ${single.note}
  <div class="pictures">
    ${rows.map((row) => picture({
      kind: 'effective-field',
      url: row.url,
      alt: `Effective receptive field of ${rowName(row, rows)}`,
      caption: html`<span>${rowName(row, rows)}, ${fieldWord(row.receptiveField)}, <a href=${runHref(row.runs[row.runs.length - 1])}>#${row.runs[row.runs.length - 1]}</a></span>`,
    }))}
  </div>
  <p class="note">Each map shows the whole image; a frame marks the receptive field if it is smaller. Colours are scaled to each map’s largest value.</p>
</article>`;
}

/** The mean and each seed's value. @param {import('../api/types.js').PixelsOverSeeds} length @param {boolean} marked whether that of a single run has a mark */
const overSeeds = ({ mean, values }, marked) => html`<span class="value measured">
  <span class="mean">${pixels(mean)}</span>${values.length === 1 && marked ? oneRunMark() : nothing}
  ${values.length > 1 ? html`<span class="range">${values.map(pixels).join(', ')}</span>` : nothing}</span>`;

/** @param {number} length */
const pixels = (length) => `${length.toFixed(1)} px`;
