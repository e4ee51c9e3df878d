import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';
import { shownFigure } from '../charts/figure.js';
import { scroll } from '../controls/scroll.js';
import { tableCopies } from '../controls/table-copies.js';
import { forestPlot, signed, spreadCell } from '../difference/forest-plot.js';
import { correctedCell } from '../results/corrected.js';
import { term } from '../terms/term.js';

/**
 * @typedef {import('../api/types.js').Claims} Claims
 * @typedef {import('../api/types.js').Claim} Claim
 * @typedef {Claim['predictions'][number]} Prediction
 */

/**
 * The predictions of a claim: a forest plot, and the same numbers as a table.
 *
 * @param {Claim} judged
 * @param {Claims} view
 */
export function predictionRows(judged, { dataset, setting }) {
  const { id, claim, predictions } = judged;
  const corrected = predictions.some(({ tests }) => tests > 1);
  return html`${shownFigure(predictionsFigure(judged, { dataset, setting }))}
  ${scroll(`Predictions: ${claim}`, html`<table class="table table-plain table-cards" data-testid=${`predictions-${id}`}>
    <thead><tr><th scope="col">Prediction</th><th scope="col" class="number">Points<span class="under">above zero if it holds</span></th><th scope="col" class="number">${term('interval', '95 % interval')}</th><th scope="col" class="number">${term('seed', 'Seeds')}</th>
      <th scope="col" class="number">Images</th><th scope="col" class="number">p${corrected ? html`<span class="under">corrected</span>` : nothing}</th></tr></thead>
    <tbody>${predictions.map((prediction) => html`<tr><th scope="row">${prediction.statement} <span class="under sentence">${prediction.sentence}</span></th>
      <td class="number" data-label="Points">${signed(prediction.difference.difference)}</td>
      <td class="number" data-label="95 % interval">${spreadCell(simultaneous(prediction))}</td>
      <td class="number" data-label="Seeds">${count(prediction.difference.bySeed.length)}</td>
      <td class="number" data-label="Images">${count(prediction.difference.images)}</td>
      <td class="number" data-label=${corrected ? 'p, corrected' : 'p'}>${correctedCell(prediction)}${prediction.tests > 1 && prediction.adjusted !== undefined ? html` <span class="under">for ${count(prediction.tests)} tests</span>` : nothing}</td></tr>`)}</tbody></table>`)}
  ${tableCopies(`predictions-${id}`)}`;
}

/** The difference with the interval that decides the prediction. @param {Prediction} prediction */
const simultaneous = ({ difference, low, high }) => ({ ...difference, low, high });

/** @param {Claim} claim @param {Pick<Claims, 'dataset'|'setting'>} on */
export const predictionsFigure = ({ id, claim, predictions, planned }, on) =>
  forestPlot(
    predictions.map((prediction) => ({ ...simultaneous(prediction), label: prediction.statement, sentence: prediction.sentence })),
    { name: `claim-${id}`, testId: `claim-chart-${id}`, title: 'Predictions of the claim', axis: 'Points; above zero if the prediction holds', intervals: `95 % ${planned > 1 ? 'intervals of all predictions of the claim together' : 'interval of the prediction'}. The claim: ${claim}` },
    on,
  );
