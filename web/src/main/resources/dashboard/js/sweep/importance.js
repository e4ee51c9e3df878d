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
 * @typedef {object} Plots what the page plots of the trials
 * @property {(setting: string) => boolean} varies whether trials differ in a setting, so that it can be plotted
 * @property {(setting: string, dataset: string) => void} plotOver shows their accuracies over a setting
 * @property {(setting: string, dataset: string) => {value: string, words: string}|undefined} highest
 *
 * @param {{draw: () => void}} page
 * @param {() => Promise<SweepImportance>} read
 * @param {Plots} plots
 */
export function importance(page, read, plots) {
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
          <div>${!asked ? nothing : view.data || view.error ? view.template((found) => content(found, plots)) : loading('Fitting forests of regression trees. This can take half a minute')}</div>
        </details>`,
  };
}

/** @param {SweepImportance} found @param {Plots} plots */
const content = ({ fewest, leastP, afterEpochs, datasets }, plots) => datasets.length === 0
  ? html`<p>No training has a result yet.</p>`
  : html`<p class="note">Random forests predict the validation accuracy of configurations that they have not seen${afterEpochs ? ` (trials that reached ${afterEpochs === 1 ? 'epoch 1' : `${count(afterEpochs)} epochs`}, at that point)` : ''}.
      The more their typical error grows when the values of a setting are shuffled, the more important the setting. Trainings that ended but went wrong count, too: they tell which settings fail.</p>
    ${datasets.map((dataset) => ofDataset(dataset, fewest, plots, datasets.filter((other) => other.dataset === dataset.dataset).length > 1))}
    ${datasets.some(({ forest }) => forest && forest.settings.length > 0)
      ? html`<p class="note">p: how often the growth of any setting, divided by its standard deviation over shuffled accuracies, would be as large if no setting mattered; ${leastP} is the least that can be told.
          Grey: not distinguishable from chance. Highest mean, of settings that matter: the value, or group of values, whose trials, at least three, reached most on average, whatever their other settings. It is the highest of several means and leaves out trials that went wrong: a hint where to look, not a test.</p>`
      : nothing}`;

/** @param {DatasetImportance} dataset @param {number} fewest @param {Plots} plots @param {boolean} mixed whether the plots also have trials of another table */
function ofDataset({ dataset, fromRun, trainings, configurations, selected, forest }, fewest, plots, mixed) {
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
    <thead><tr><th scope="col">Setting</th><th scope="col" class="number">Values</th><th scope="col" class="number">Error grows by</th><th scope="col">Matters</th><th scope="col">Highest mean</th></tr></thead>
    <tbody>${settings.map((setting) => row(setting, most, dataset, plots, mixed))}</tbody>
  </table>`);
}

/** @param {SettingImportance} found @param {number} most @param {string} dataset @param {Plots} plots @param {boolean} mixed */
function row({ setting, label, with: others, values, rise, p, matters }, most, dataset, plots, mixed) {
  const highest = matters && !mixed ? plots.highest(setting, dataset) : undefined;
  return html`<tr class=${matters ? 'matters' : nothing} data-setting=${setting} data-matters=${matters}>
    <th scope="row">${plots.varies(setting)
      ? html`<button class="link" type="button" title="Plot the trials over this setting" @click=${() => plots.plotOver(setting, dataset)}>${label}</button>`
      : label} ${others.length > 0 ? html`<span class="under">changes together with ${others.join(', ').toLowerCase()}</span>` : nothing}</th>
    <td class="number">${count(values)}</td>
    <td class="number">${signed(points(Math.abs(rise) < 0.0005 ? 0 : rise))} points <span class="importance-bar" aria-hidden="true">${bar(Math.max(0, rise) / most, '')}</span></td>
    <td>${matters ? 'yes' : html`<span class="faint">unclear</span>`} <span class="faint">p = ${p.toFixed(3)}</span></td>
    <td>${highest ? html`${highest.value} <span class="under">${highest.words}</span>` : '–'}</td>
  </tr>`;
}
