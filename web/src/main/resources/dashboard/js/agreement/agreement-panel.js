import { html, nothing } from 'lit-html';
import { coefficient } from '../app/format.js';
import { shownFigure } from '../charts/figure.js';
import { inlineSelect } from '../controls/field.js';
import { panel } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { tableCopies } from '../controls/table-copies.js';
import { settingNote } from '../results/setting-choice.js';
import { settingPanel } from '../results/setting-panel.js';
import { viewDownloads } from '../results/view-downloads.js';
import { heatTable } from '../run/heat-table.js';
import { term } from '../terms/term.js';
import { classAccuraciesFigure, correlationWords } from './class-accuracies.js';

/**
 * @typedef {import('../api/types.js').ErrorAgreement} ErrorAgreement
 * @typedef {import('../api/types.js').ErrorPair} ErrorPair
 * @typedef {import('../api/types.js').NetworkErrors} NetworkErrors
 */

/**
 * Whether networks fail on the same images (a table of all pairs) and on the same classes (for two networks).
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw draws the page
 */
export function agreementPanel(api, draw) {
  let first = '';
  let second = '';
  const { source, filter, show } = settingPanel(api.errorAgreement, draw);

  /** @param {ErrorAgreement} view */
  function content(view) {
    return html`${view.pairs.length > 0
        ? html`${filter().setting === undefined ? settingNote(view) : nothing} <p class="note">Cohen’s ${term('kappa', 'kappa')} of being right or wrong: 1 if the errors are identical, 0 if they coincide only as often as expected by chance from the accuracies.
              On the diagonal: two seeds of the same network, the ceiling${view.networks.every(({ ceiling }) => ceiling?.kappa !== undefined) ? '' : '. It is unknown for a network with one seed, or whose runs recognise all images or none'}.</p>
            ${kappas(view)} ${tableCopies('agreement-table')} ${two(view)}
            ${viewDownloads(api, 'error-agreement', { ...filter(), dataset: view.dataset, setting: view.setting?.run }, source.failed)}`
        : empty({
            title: 'Nothing to compare yet',
            text: 'The errors of two networks are compared once both were trained in the same setting with the same seed. With three seeds, kappa gets an interval.',
            actions: nothing,
          })}`;
  }

  /** Two networks compared class by class. @param {ErrorAgreement} view */
  function two(view) {
    const across = chosen(view, first, view.pairs[0].first);
    const others = view.networks.filter(({ architecture }) => between(view, across.architecture, architecture));
    const up = others.find(({ architecture }) => architecture === second) ?? others[0];
    const pair = up && between(view, across.architecture, up.architecture);
    return html`<div class="panel-head"><h3>Two networks</h3><div class="filters">
        ${choice('agreement-first', 'Network', view.networks, across, (name) => { first = name; draw(); })}
        ${up ? choice('agreement-second', 'with', others, up, (name) => { second = name; draw(); }) : nothing}
      </div></div>
      ${up && pair
        ? html`<p class="note" data-testid="agreement-sentence">${pair.sentence}
              ${pair.logitCorrelation === undefined ? nothing : `Correlation of logits ${coefficient(pair.logitCorrelation)}.`}</p>
            ${view.classes.length > 0
              ? html`<h3>Classes <span class="faint">${correlationWords(pair)}</span></h3>${shownFigure(classAccuraciesFigure(view, across, up))}`
              : nothing}`
        : nothing}`;
  }

  return {
    show,
    template: () => panel('agreement', 'Errors on the same images', source.template(content), { testId: 'agreement' }),
  };
}

/** @param {ErrorAgreement} view @param {string} name @param {string} otherwise @returns {NetworkErrors} */
const chosen = ({ networks }, name, otherwise) =>
  networks.find(({ architecture }) => architecture === name) ?? networks.find(({ architecture }) => architecture === otherwise) ?? networks[0];

/** @param {ErrorAgreement} view @param {string} one @param {string} other */
const between = ({ pairs }, one, other) =>
  pairs.find(({ first, second }) => (first === one && second === other) || (first === other && second === one));

/** @param {string} id @param {string} label @param {NetworkErrors[]} networks @param {NetworkErrors} selected @param {(architecture: string) => void} choose */
const choice = (id, label, networks, selected, choose) =>
  inlineSelect(id, label, networks.map((each) => [each.architecture, each.label]), selected.architecture, choose);

/** The kappas of all pairs, with each network's ceiling on the diagonal. @param {ErrorAgreement} view */
function kappas(view) {
  const { networks } = view;
  const names = networks.map(({ label }) => label);
  const cells = networks.map((row) => networks.map((column) => (row === column ? row.ceiling : between(view, row.architecture, column.architecture))));
  return heatTable({
    label: 'Kappa of the errors of each pair of networks',
    rowAxis: 'Network',
    columnAxis: 'Network',
    rows: names,
    columns: names,
    values: cells.map((row) => row.map((cell) => cell?.kappa ?? null)),
    write: coefficient,
    describe: (i, j) => (i === j ? `Two seeds of ${names[i]}: kappa ${spread(networks[i].ceiling)}` : between(view, networks[i].architecture, networks[j].architecture)?.sentence),
    diagonal: true,
    largest: 1,
    id: 'agreement-table',
  });
}

/** @param {import('../api/types.js').OwnAgreement|undefined} own */
const spread = (own) =>
  own?.kappa === undefined
    ? 'unknown'
    : `${coefficient(own.kappa)}${own.low === undefined || own.high === undefined ? '' : `, 95 % ${coefficient(own.low)} to ${coefficient(own.high)}`}, n = ${own.seeds} seeds`;
