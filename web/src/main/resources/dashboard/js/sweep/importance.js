import { html, nothing } from 'lit-html';
import { count, plural, points, signed } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { bar } from '../controls/bar.js';
import { loading } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { isTraining } from '../experiment/experiments.js';

/**
 * @typedef {import('../api/types.js').DatasetImportance} DatasetImportance
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/types.js').SettingForest} SettingForest
 * @typedef {import('../api/types.js').SettingImportance} SettingImportance
 * @typedef {import('../api/types.js').SweepImportance} SweepImportance
 */

/**
 * Which settings of a sweep's trainings matter. Computing it takes the server some seconds, so it is read only when a
 * reader opens the panel.
 *
 * @param {{draw: () => void}} page
 * @param {() => Promise<SweepImportance>} read
 */
export function importance(page, read) {
  const view = loaded(page, { read });
  let asked = false;

  /** @param {Event} event */
  function toggled({ target }) {
    if (/** @type {HTMLDetailsElement} */ (target).open) {
      asked = true;
      view.restart();
    }
  }

  return {
    /** Nothing for a single training. @param {Job[]} jobs */
    template: (jobs) => jobs.filter(({ spec }) => isTraining(spec)).length < 2
      ? nothing
      : html`<details class="panel disclosure" data-testid="importance" @toggle=${toggled}>
          <summary>Which settings mattered</summary>
          <div>${!asked ? nothing : view.data || view.error ? view.template(content) : loading('Fitting forests of regression trees. This can take half a minute')}</div>
        </details>`,
  };
}

/** @param {SweepImportance} found */
const content = ({ fewest, afterEpochs, datasets }) => datasets.length === 0
  ? html`<p>No training has a result yet.</p>`
  : html`<p class="note">Random forests predict the validation accuracy of configurations that they have not seen${afterEpochs ? ` (trials that reached ${afterEpochs === 1 ? 'epoch 1' : `${count(afterEpochs)} epochs`}, at that point)` : ''}.
      The more their typical error grows when the values of a setting are shuffled, the more important the setting. Grey: not distinguishable from chance.</p>
    ${datasets.map((dataset) => ofDataset(dataset, fewest))}`;

/** @param {DatasetImportance} dataset @param {number} fewest */
function ofDataset({ dataset, fromRun, trainings, configurations, selected, forest }, fewest) {
  const which = `${plural(trainings, 'training')}${fromRun ? ' from runs' : ''} on ${dataset}`;
  if (!forest) {
    return html`<p>${which}: ${plural(configurations, 'configuration')} with a result; at least ${fewest} different ones are needed.</p>`;
  }
  const { error, errorOfMean, settings } = forest;
  const errors = `typical error ${points(error)} points; guessing the mean of the others, ${points(errorOfMean)}`;
  const caption = `${which}${selected ? ` (${plural(configurations, 'configuration')}, randomly selected)` : ''}: ${errors}.`;
  if (settings.length === 0) {
    return html`<p>${caption} So the settings do not predict the accuracy.</p>`;
  }
  const most = Math.max(...settings.map(({ rise }) => rise), Number.MIN_VALUE);
  return scroll(`Importance of settings on ${dataset}`, html`<table class="table importance" data-dataset=${dataset}>
    <caption>${caption}</caption>
    <thead><tr><th scope="col">Setting</th><th scope="col" class="number">Values</th><th scope="col" class="number">Error grows by</th><th scope="col">Matters</th></tr></thead>
    <tbody>${settings.map((setting) => row(setting, most))}</tbody>
  </table>`);
}

/** @param {SettingImportance} setting @param {number} most */
const row = ({ setting, label, with: others, values, rise, p, matters }, most) => html`<tr class=${matters ? 'matters' : nothing} data-setting=${setting} data-matters=${matters}>
    <th scope="row">${label} ${others.length > 0 ? html`<span class="under">changes together with ${others.join(', ').toLowerCase()}</span>` : nothing}</th>
    <td class="number">${count(values)}</td>
    <td class="number">${signed(points(Math.abs(rise) < 0.0005 ? 0 : rise))} points <span class="importance-bar" aria-hidden="true">${bar(Math.max(0, rise) / most, '')}</span></td>
    <td>${matters ? 'yes' : html`<span class="faint">unclear</span>`} <span class="faint">p = ${p.toFixed(3)}</span></td>
  </tr>`;
