import { html, nothing } from 'lit-html';
import { count, percent, plural, points, signed } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { bar } from '../controls/bar.js';
import { loading } from '../controls/notices.js';
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
 * reader opens the panel, and again when it is opened after new results.
 *
 * @param {{draw: () => void}} page
 * @param {() => Promise<SweepImportance>} read
 */
export function importance(page, read) {
  /** The number of trainings with results when it was last read. */
  let known = 0;
  const view = loaded(page, { read });

  /** @param {Event} event @param {number} ended */
  function toggled(event, ended) {
    if (/** @type {HTMLDetailsElement} */ (event.target).open && ended !== known) {
      known = ended;
      view.restart();
    }
  }

  return {
    /** Nothing for a sweep whose trainings all have the same result, or none. @param {Job[]} jobs */
    template(jobs) {
      const ended = jobs.filter(({ spec, state }) => isTraining(spec) && state === 'SUCCEEDED').length;
      return ended < 2
        ? nothing
        : html`<details class="panel disclosure" data-testid="importance" @toggle=${(/** @type {Event} */ event) => toggled(event, ended)}>
            <summary>Which settings mattered</summary>
            <div>${known === 0 ? nothing : view.data || view.error ? view.template(content) : loading('Fitting forests of regression trees. This can take up to half a minute')}</div>
          </details>`;
    },
  };
}

/** @param {SweepImportance} found */
const content = ({ fewest, afterEpochs, datasets }) =>
  html`<p class="note">Random forests predict the validation accuracy of trainings that they have not seen${afterEpochs ? ` (after ${plural(afterEpochs, 'epoch')}, which all reached)` : ''}.
      The more their typical error grows when the values of a setting are shuffled, the more the setting matters. Grey bars are no larger than by chance.</p>
    ${datasets.map((dataset) => ofDataset(dataset, fewest))}`;

/** @param {DatasetImportance} dataset @param {number} fewest */
function ofDataset({ dataset, trainings, used, forest }, fewest) {
  if (!forest) {
    return html`<p>${trainings < fewest
      ? `${plural(trainings, 'training')} on ${dataset} ${trainings === 1 ? 'has' : 'have'} a result: at least ${fewest} are needed.`
      : `The trainings on ${dataset} do not differ in their settings.`}</p>`;
  }
  const most = Math.max(...forest.settings.map(({ rise }) => rise), 1e-9);
  return html`<table class="table importance" data-dataset=${dataset}>
    <caption>${words(dataset, trainings, used, forest)}</caption>
    <thead><tr><th scope="col">Setting</th><th scope="col" class="number">Values</th><th scope="col" class="number">Error grows by</th><th scope="col"><span class="visually-hidden">As a bar</span></th></tr></thead>
    <tbody>${forest.settings.map((setting) => row(setting, most))}</tbody>
  </table>`;
}

/** @param {string} dataset @param {number} trainings @param {number} used @param {SettingForest} forest */
function words(dataset, trainings, used, { error, errorOfMean }) {
  const of = used < trainings ? `${count(used)} of ${plural(trainings, 'training')}` : plural(trainings, 'training');
  const errors = `typical error ${points(error)} points, ${points(errorOfMean)} for the mean of the others`;
  return `${of} on ${dataset}: ${errors}.${error < errorOfMean ? '' : ' So the settings do not predict the accuracy.'}`;
}

/** @param {SettingImportance} setting @param {number} most */
function row({ setting, label, values, rise, p, matters }, most) {
  const grows = `${signed(points(rise))} points`;
  return html`<tr class=${matters ? 'matters' : nothing} data-setting=${setting} data-matters=${matters}>
    <th scope="row">${label}</th>
    <td class="number">${count(values)}</td>
    <td class="number">${grows}</td>
    <td>${bar(Math.max(0, rise) / most, grows, { label, role: 'meter' })}${matters ? nothing : html`<span class="faint">as large in ${percent(p, 0)} of shuffles</span>`}</td>
  </tr>`;
}
