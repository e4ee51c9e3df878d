import { html, nothing } from 'lit-html';
import { choices } from '../app/choices.js';
import { percent } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { formHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { optionList } from '../controls/field.js';
import { panel, title } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { segments } from '../controls/segments.js';
import { tableCopies } from '../controls/table-copies.js';
import { conclusions } from '../results/conclusions.js';
import { commonNote } from '../results/in-common.js';
import { cautionNote, convergenceNote, measured, regimeTag } from '../results/measured.js';
import { term } from '../terms/term.js';
import { missingJobs } from '../results/missing-jobs.js';
import { oneRun } from '../results/one-run.js';
import { aboveLimitNote, atLeast, linearBagLimit, readoutsNote } from '../results/patch-limits.js';
import { publishedSwitch } from '../results/published-switch.js';
import { datasetSwitch, settingSwitch } from '../results/setting-choice.js';
import { viewDownloads } from '../results/view-downloads.js';
import { fieldWord, rowName, scaleWords } from '../results/words.js';
import { effectiveFields } from './effective-fields.js';
import { fieldFigure } from './field-figure.js';
import { receptiveFieldFigure } from './receptive-field-chart.js';
import { sameImage } from './same-image.js';

/** @typedef {import('../api/types.js').ReceptiveFields} ReceptiveFields */

/**
 * The receptive fields of the networks, and how accuracy and evidence depend on them.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const page = openPage(root, 'Receptive fields', () => html`${title('How much of the image does a network see?',
      'A BagNet has few 3 × 3 convolutions and no padding, so each spatial output depends on one small patch. The larger the patch, the more of what the image shows the network can recognise.')}
    ${view.template((data) => html`${figure(data)} ${accuracy(data)} ${effectiveFields(data.effective, data.missing, missing)} ${sameImage(data.sameImage.filter((each) => each.dataset === dataset.of(data.datasets)?.dataset))}`)}`);
  const { draw } = page;
  const missing = missingJobs(api, draw);
  const [chosen, choose] = choices(route.query, { architecture: '' }, draw);
  const says = conclusions(api, page, 'test');
  const setting = settingSwitch(route.query, () => view.load());
  const view = loaded(page, { read: () => setting.read(api.receptiveFields), received: says.reload, live });
  const withPublished = publishedSwitch(route.query, draw);
  const dataset = datasetSwitch('receptive-field-dataset', route.query, draw);

  /** The first network whose receptive field is smaller than the image. @param {ReceptiveFields} data */
  const local = ({ architectures }) => architectures.find(({ receptiveField }) => receptiveField !== undefined) ?? architectures[0];

  /** @param {ReceptiveFields} data */
  function figure(data) {
    const { architectures } = data;
    const shown = architectures.find(({ name }) => name === chosen.architecture) ?? local(data);
    const published = architectures.filter(({ family }) => family === architectures[0].family);
    const others = architectures.filter((each) => !published.includes(each));
    return panel('figure', 'Figure 1, computed', fieldFigure(shown), { beside: html`${segments({ id: 'figure', legend: 'Network', options: published.map(({ name, label }) => [name, label]), chosen: shown.name, choose: (architecture) => choose({ architecture }) })}
        <label class="inline-field">Others
          <select data-testid="figure-others" @change=${(/** @type {any} */ event) => choose({ architecture: event.target.value })}>
            ${optionList(
              [
                ...(others.includes(shown) ? [] : [{ value: '', label: 'Choose one', disabled: true }]),
                ...others.map(({ name, label, family }) => ({ value: name, label, group: family })),
              ],
              others.includes(shown) ? shown.name : '',
            )}</select></label>` });
  }

  /** @param {ReceptiveFields} data */
  function accuracy(data) {
    const { accuracies, datasets, published, settings } = data;
    const first = local(data);
    const on = dataset.of(datasets);
    const shown = accuracies
      .filter(({ settings }) => settings.dataset === on?.dataset)
      .sort((a, b) => (a.receptiveField ?? Infinity) - (b.receptiveField ?? Infinity));
    return panel('accuracy', 'Accuracy by receptive field', html`${shown.length > 0 ? says.template(on?.dataset, setting.run(settings, on)) : nothing} ${shownFigure(receptiveFieldFigure(shown, withPublished.shows(on) ? published : [], on))}
      ${shown.length > 0
        ? html`${numbers(shown)} ${setting.note(settings, on)} ${tableCopies('receptive-field-table')} ${readoutsNote(shown)} ${aboveLimitNote(shown)} ${cautionNote(shown.map(({ test }) => test))}`
        : empty({
            title: 'No results yet',
            text: 'Train several networks on one data set, with the same image size and width, to see how accuracy grows with the receptive field. Trials of searches do not count here; Table 1 can show them.',
            actions: html`<a class="changes button button-primary" href=${formHref({ architecture: first.name })}>Start with ${first.label}</a>`,
          })}
      ${viewDownloads(api, 'receptive-field', { dataset: on?.dataset, setting: setting.run(settings, on), published: withPublished.asked() }, view.failed)}`, { beside: html`<div class="filters">${dataset.template(datasets)} ${setting.template(settings, on)} ${withPublished.template(on)}</div>` });
  }

  return page;
}

/** @param {import('../api/types.js').AccuracyRow[]} rows */
function numbers(rows) {
  const withReadouts = rows.some(({ readouts }) => readouts);
  const single = oneRun(rows.map(({ test }) => [test]));
  return html`${commonNote(single.common)} ${scroll('Measured accuracy over the receptive field', html`<table class="table table-plain table-cards" data-testid="receptive-field-table">
    <thead><tr><th scope="col">Network and ${term('receptive-field', 'field')}</th><th scope="col">${term('configuration')}</th><th scope="col" class="number">Test, measured</th><th scope="col" class="number">${term('linear-bag-limit')}</th>
      ${withReadouts ? html`<th scope="col" class="number">${term('linear-readout')}</th><th scope="col" class="number">${term('best-readout')}</th>` : nothing}</tr></thead>
    <tbody>${rows.map(
      (row) => html`<tr data-architecture=${row.architecture}>
        <th scope="row">${rowName(row, rows)}<span class="under">${fieldWord(row.receptiveField)}</span></th>
        <td>${regimeTag(row)} <span class="scale-words">${scaleWords(row)}</span>${convergenceNote(row.test)}</td>
        <td class="number" data-label="Test, measured">${measured(row.test, single.marked)}</td>
        <td class="number of-limit" data-label="Linear-bag limit">${share(linearBagLimit(row))}</td>
        ${withReadouts
          ? html`<td class="number of-limit" data-label="Linear readout">${row.readouts ? atLeast(row.readouts) : '–'}</td><td class="number of-limit" data-label="Best readout">${share(row.readouts?.best)}</td>`
          : nothing}
      </tr>`,
    )}</tbody></table>`)} ${single.note}`;
}

/** @param {number|undefined} value */
const share = (value) => (value === undefined ? '–' : percent(value));
