import { html, nothing } from 'lit-html';
import { choices } from '../app/choices.js';
import { count, percent, plural, points, published as publishedWords, range, signed } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { formHref, runHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { panel, title } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { segments } from '../controls/segments.js';
import { tableCopies } from '../controls/table-copies.js';
import { differencesPanel } from '../difference/differences-panel.js';
import { fileName, picture, verdict } from '../picture/picture.js';
import { conclusions } from '../results/conclusions.js';
import { commonNote } from '../results/in-common.js';
import { cautionNote, convergenceNote, measured, publishedValue, regimeTag } from '../results/measured.js';
import { missingJobs } from '../results/missing-jobs.js';
import { oneRun } from '../results/one-run.js';
import { otherImagesTable } from '../results/other-images.js';
import { aboveLimitNote } from '../results/patch-limits.js';
import { publishedSwitch } from '../results/published-switch.js';
import { datasetSwitch, settingSwitch } from '../results/setting-choice.js';
import { viewDownloads } from '../results/view-downloads.js';
import { trained, trainedAlike, trainedDifferently } from '../results/trained.js';
import { rowName } from '../results/words.js';
import { nameOrTerm, term } from '../terms/term.js';
import { scramblingCurvePanel } from './scrambling-curve-panel.js';
import { measuredScramblingFigure, publishedScramblingFigure } from './scrambling-chart.js';

/**
 * @typedef {import('../api/types.js').Scrambling} Scrambling
 * @typedef {import('../api/types.js').ScramblingExample} Example
 */

/**
 * How much accuracy networks lose when images are cut into tiles and the tiles are shuffled.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const page = openPage(root, 'Scrambling', () => html`${title('Does spatial layout matter?',
      'Cut a test image into sixteen tiles and shuffle them. A network that sums the evidence of patches should lose little as long as most of its patches fit into a tile, and one that relies on layout should lose accuracy. So should a BagNet whose patches are as large as the tiles: most of them then cross a seam.')}
    ${view.template(content)}`);
  const { draw } = page;
  const [example, choose] = choices(route.query, { architecture: '' }, draw);
  const missing = missingJobs(api, draw);
  const says = conclusions(api, page, 'scrambling-loss');
  const differences = differencesPanel(api, draw, { measure: 'scrambling-loss' });
  /** What the differences are of; empty if there may be new results. */
  let compared = '';
  const setting = settingSwitch(route.query, () => view.load());
  const view = loaded(page, { read: () => setting.read(api.scrambling), received: () => { compared = ''; says.reload(); }, live });
  const withPublished = publishedSwitch(route.query, draw);
  const dataset = datasetSwitch('scrambling-dataset', route.query, draw);

  /** @param {Scrambling} data @param {import('../api/types.js').MeasuredOn|undefined} chosen */
  function charts({ rows, published, datasets, settings }, chosen) {
    const shown = rows.filter(({ settings }) => settings.dataset === chosen?.dataset);
    const both = withPublished.shows(chosen);
    return html`<div class=${both ? 'columns columns-measured' : ''}>
      ${panel('measured', html`Measured here${chosen ? html`, on ${nameOrTerm(chosen.dataset)}` : ''}`, html`${shown.length > 0
          ? html`${says.template(chosen?.dataset, setting.run(settings, chosen))} ${shownFigure(measuredScramblingFigure(shown, chosen))}
              ${numbers(shown, says.networks(), says.intervalFromSeeds())} ${setting.note(settings, chosen)} ${aboveLimitNote(shown)} ${cautionNote(shown.flatMap((row) => [row.test, row.scrambled]))} ${tableCopies('scrambling-table')}`
          : empty({
              title: 'No network has been tested on scrambled images yet',
              text: 'Every training tests its network on clean and scrambled images at its end. Trials of searches do not count here; Table 1 can show them.',
              actions: html`<a class="changes button button-primary" href=${formHref({})}>Set up a training</a>`,
            })}
        ${viewDownloads(api, 'scrambling', { dataset: chosen?.dataset, setting: setting.run(settings, chosen), published: withPublished.asked() }, view.failed)}`, { kind: 'measured', beside: html`<div class="filters">${dataset.template(datasets)} ${setting.template(settings, chosen)} ${withPublished.template(chosen)}</div>` })}
      ${both ? publishedPanel(published) : nothing}
    </div>`;
  }

  /** Whether networks lose more than others. @param {Scrambling} data @param {import('../api/types.js').MeasuredOn} on */
  function comparison({ rows, settings }, on) {
    const run = setting.run(settings, on);
    if (new Set(rows.filter((row) => row.settings.dataset === on.dataset).map((row) => row.architecture)).size < 2) {
      return nothing;
    }
    if (compared !== `${on.dataset} ${run}`) {
      compared = `${on.dataset} ${run}`;
      differences.show(on.dataset, { troubled: false, trials: false }, run);
    }
    return differences.template();
  }

  /** @param {Example[]} examples */
  function pictures(examples) {
    const networks = [...new Map(examples.map((example) => [example.architecture, example.label]))];
    const chosen = networks.some(([name]) => name === example.architecture)
      ? example.architecture
      : (examples.find(({ heatmapUrl }) => heatmapUrl)?.architecture ?? networks[0]?.[0]);
    return panel('examples', 'The same image, scrambled', html`<p class="note">Sixteen tiles, four by four, in random order. A heatmap shows each patch’s evidence for the class;
        if only local evidence counts, the heatmap is shuffled with the tiles but keeps its colours. A tile is a quarter of the image wide: 56 pixels at the report’s 224,
        but 16 at 64, where every patch of 17 or 33 pixels crosses a tile boundary.</p>
      ${examples.filter((example) => example.architecture === chosen).map(row)}`, {
      beside: segments({ id: 'example', legend: 'Network', options: networks, chosen, choose: (architecture) => choose({ architecture }) }),
    });
  }

  /** @param {Scrambling['missing']} lacking @param {string} on @param {boolean} some whether a network has a curve */
  const queue = (lacking, on, some) =>
    missing.button(lacking.find(({ dataset }) => dataset === on)?.jobs ?? [], { id: 'queue-scrambling', verb: `Measure the ${some ? 'other ' : ''}networks`, about: 'accuracy by tile size', small: some });

  /** @param {Scrambling} data */
  function content(data) {
    const chosen = dataset.of(data.datasets);
    const examples = data.examples.filter((example) => example.dataset === chosen?.dataset);
    const curves = data.curves.filter(({ settings }) => settings.dataset === chosen?.dataset);
    const selected = data.otherImages.filter((each) => each.dataset === chosen?.dataset);
    return html`${charts(data, chosen)} ${chosen ? comparison(data, chosen) : nothing} ${chosen && (curves.length > 0 || selected.length === 0) ? scramblingCurvePanel(api, chosen, curves, queue(data.missing, chosen.dataset, curves.length > 0), view.failed) : nothing}
      ${selected.length > 0
        ? panel('selected-images', 'Tiles on selected images', html`${otherImagesTable(selected, { networks: true })} ${tableCopies('other-images')}`)
        : nothing}
      ${examples.length > 0 ? pictures(examples) : nothing}`;
  }

  return page;
}

/**
 * A network's accuracy over several scramblings: the observed range, which is not a confidence interval.
 *
 * @param {import('../api/types.js').Scramblings|undefined} scramblings
 */
const severalScramblings = (scramblings) => scramblings
  ? html`<tr class="row-more" data-scramblings=${scramblings.n}><td colspan="5"><span class="under">Over ${plural(scramblings.n, 'scrambling')} of the same test images: mean
      <span class="value measured">${points(scramblings.mean)}</span>, range ${range({ low: scramblings.lowest, high: scramblings.highest })} (lowest to highest, not an interval)</span></td></tr>`
  : nothing;

/**
 * @param {import('../api/types.js').AccuracyRow[]} rows
 * @param {import('../api/types.js').ComparedNetwork[]} compared those whose predictions are compared image by image
 * @param {number} intervalFromSeeds
 */
function numbers(rows, compared, intervalFromSeeds) {
  const common = trainedAlike(rows);
  const single = oneRun(rows.map((row) => [row.test, row.scrambled]));
  const losses = rows.map((row) => lossOf(row, compared));
  return html`${commonNote([...common, ...single.common])} ${scroll('Measured on clean and scrambled images', html`<table class="table table-plain table-cards" data-testid="scrambling-table">
  <thead><tr><th scope="col">Network</th><th scope="col">${trainedDifferently(rows) ? term('configuration') : 'Runs'}</th><th scope="col" class="number">Clean</th><th scope="col" class="number">${term('scrambled')}</th><th scope="col" class="number">Cost of scrambling</th></tr></thead>
  <tbody>${rows.map(
    (row, i) => html`<tr data-architecture=${row.architecture}>
      <th scope="row">${rowName(row, rows)}</th>
      <td>${trained(row, common)}
        ${convergenceNote(row.test)}
        <span class="under">${row.runs.map((id, i) => html`${i > 0 ? ', ' : ''}<a href=${runHref(id)}>#${id}</a>`)}</span></td>
      <td class="number" data-label="Clean">${measured(row.test, single.marked)}</td>
      <td class="number" data-label="Scrambled">${measured(row.scrambled, single.marked)}</td>
      <td class="number" data-label="Cost" data-unit="points">${cost(row, losses[i])}</td>
    </tr>
    ${severalScramblings(row.scramblings)}`,
  )}</tbody></table>`)} ${single.note}
  ${losses.some((loss) => loss !== undefined)
      ? html`<p class="note" data-testid="cost-method">A cost is of the same test images, clean and scrambled.
          ${losses.some((loss) => loss?.interval) ? 'Its 95 % interval is over seeds and images; that of a single run over its images.' : ''}
          ${losses.every((loss) => loss?.interval) ? '' : `Rows without an interval have 2 to ${count(intervalFromSeeds - 1)} seeds or several runs with the same seed, are of other settings, or have runs whose predictions were not stored.`}
          ${losses.some(scramblingsOf) ? 'The column Scrambled is of the scrambling in the training. A cost “over scramblings” is the mean over those that the experiment Scrambling measured; of runs that it did not measure, over that in the training.' : ''}
          The files of “All data” have the difference of the columns Clean and Scrambled.</p>`
      : nothing}`;
}

/** What scrambling costs the network of a row, if its runs are compared image by image. @param {import('../api/types.js').AccuracyRow} row @param {import('../api/types.js').ComparedNetwork[]} compared */
const lossOf = ({ runs }, compared) => compared.find((network) => network.runs.length === runs.length && network.runs.every((run) => runs.includes(run)));

/** Over how many scramblings a cost is, if it is not over that of the column; empty otherwise. @param {import('../api/types.js').ComparedNetwork|undefined} loss */
function scramblingsOf(loss) {
  if (!loss?.scrambledAgain) {
    return '';
  }
  const [fewest, most] = [Math.min(...loss.permutations), Math.max(...loss.permutations)];
  return `over ${fewest === most ? plural(most, 'scrambling') : `${count(fewest)} to ${plural(most, 'scrambling')}`}`;
}

/**
 * What scrambling costs, as in the sentences about it, with an interval if it is known.
 *
 * @param {import('../api/types.js').AccuracyRow} row
 * @param {import('../api/types.js').ComparedNetwork|undefined} loss
 */
function cost({ test, scrambled }, loss) {
  if (!test || !scrambled) {
    return nothing;
  }
  if (!loss) {
    return lost(test.mean - scrambled.mean);
  }
  const { mean, interval, runs } = loss;
  const over = scramblingsOf(loss);
  return html`<span class="value measured" data-unit="points" data-mean=${lost(mean)} data-low=${interval ? lost(interval.low) : nothing} data-high=${interval ? lost(interval.high) : nothing} data-seeds=${runs.length}>
    <span class="mean">${lost(mean)}</span>${interval ? html`<span class="range">${lost(interval.low)} to ${lost(interval.high)}</span>` : nothing}</span>
    ${over ? html`<span class="under">${over}</span>` : nothing}`;
}

/** @param {Scrambling['published']} rows */
const publishedPanel = (rows) => panel('published', html`${term('published')}, on ${term('scene15')}`, html`${shownFigure(publishedScramblingFigure(rows))}
  <p class="note">The report finds BagNet-33 nearly insensitive to scrambling
    (${rows.filter((row) => row.architecture === 'bagnet33').map((row) => `${percent(row.test)} clean, ${row.scrambled ? publishedWords(row.scrambled, 'scrambled') : '–'} scrambled`)}),
    unlike the other networks.</p>
  ${publishedNumbers(rows)} ${tableCopies('scrambling-table-published')}`, { kind: 'published', beside: html`<span class="source-note">ImageNet-pretrained, 224 px</span>` });

/** @param {Scrambling['published']} rows */
const publishedNumbers = (rows) => scroll('Published for clean and scrambled images', html`<table class="table table-plain table-cards" data-testid="scrambling-table-published">
  <thead><tr><th scope="col">Network</th><th scope="col" class="number">Clean</th><th scope="col" class="number">Scrambled</th><th scope="col" class="number">Cost of scrambling</th></tr></thead>
  <tbody>${rows.map(
    ({ architecture, label, test, scrambled }) => html`<tr data-architecture=${architecture}>
      <th scope="row">${label}</th>
      <td class="number" data-label="Clean">${publishedValue(test, 'test')}</td>
      <td class="number" data-label="Scrambled">${publishedValue(scrambled, 'scrambled')}</td>
      <td class="number" data-label="Cost" data-unit="points">${scrambled === undefined ? '–' : lost(test - scrambled, 0)}</td>
    </tr>`,
  )}</tbody></table>`);

/** An accuracy lost, in points; negative if it is gained; what rounds to zero has no sign. @param {number} share @param {number} [digits] */
const lost = (share, digits = 1) => signed((Number(points(share, digits)) || 0).toFixed(digits));

/** @param {Example} example */
function row(example) {
  const { facts } = example;
  const name = `${example.class}, ${fileName(example.image)}`;
  const why = 'no heatmap: its receptive field is the whole image';
  return html`<article class="example" data-run=${example.run} data-image=${example.image}>
    <h3>${example.class} <span class="faint">${fileName(example.image)}, <a href=${runHref(example.run)}>run #${example.run}</a></span> ${regimeTag(example)}</h3>
    <div class="pictures">
      ${picture({ kind: 'image', url: example.imageUrl, alt: `Test image of ${name}`, caption: html`Image ${verdict(facts.predicted, example.class)}` })}
      ${picture({ kind: 'heatmap', url: example.heatmapUrl, alt: `Heatmap of ${name}`, caption: `Evidence for ${facts.label ?? example.class}`, facts, note: why })}
      ${picture({ kind: 'scrambled-image', url: example.scrambledImageUrl, alt: `The same image, scrambled`, caption: html`Scrambled ${verdict(facts.scrambledPredicted, example.class)}` })}
      ${picture({ kind: 'scrambled-heatmap', url: example.scrambledHeatmapUrl, alt: `Heatmap of the scrambled image`, caption: `Evidence for ${facts.scrambledLabel ?? facts.label ?? example.class}`,
        facts: scrambledFacts(facts), note: why })}
    </div>
  </article>`;
}

/** The scrambled picture's own scale, if the server provides it. @param {import('../api/types.js').Facts} facts */
const scrambledFacts = (facts) => ({
  ...facts,
  minimum: facts.scrambledMinimum,
  maximum: facts.scrambledMaximum,
  limit: facts.scrambledLimit,
});
