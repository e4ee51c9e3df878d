import { html, nothing } from 'lit-html';
import { Problem } from '../api/client.js';
import { choices } from '../app/choices.js';
import { loaded } from '../app/loaded.js';
import { heatmapsHref, runNumbers } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { inlineSelect } from '../controls/field.js';
import { panel } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { segments } from '../controls/segments.js';
import { tableCopies } from '../controls/table-copies.js';
import { MOST_RUNS } from '../heatmap/run-choice.js';
import { fileName } from '../picture/picture.js';
import { ended } from '../job/words.js';
import { SETS } from '../results/words.js';
import { MOST_COMPARED, nameOf } from './compared-run.js';
import { configurations } from './configurations.js';
import { QUANTITIES, curvesFigure } from './curves-figure.js';
import { pairs } from './pairs.js';
import { recalls } from './recalls.js';
import { reproduced } from './reproduced.js';
import { sameHeatmaps, sharedImages } from './same-heatmaps.js';

/**
 * @typedef {import('./compared-run.js').Compared} Compared
 * @typedef {import('./curves-figure.js').Quantity} Quantity
 */

/** The sets whose images are the same for all seeds. */
const COMPARED_SETS = ['test', 'scrambled'];

/**
 * Two to eight runs side by side: differences in their configurations, their curves, whether a difference is larger
 * than chance would explain, the classes on which they differ, and their heatmaps of the same image.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const page = openPage(root, 'Comparison of runs', () => html`<p class="crumb"><a href="#/runs">Runs</a> / comparison</p>
    <div class="title"><h1>${runs().length > 1 ? `Comparison of ${runs().length} runs` : 'Comparison of runs'}</h1></div>
    ${view.template(content)}`);
  const [chosen, choose] = choices(route.query, { runs: '', set: 'test', curve: 'validationAccuracy', against: '', image: '' }, (changes) => {
    page.draw();
    if ('set' in changes || 'against' in changes) {
      pairing.restart();
    }
  });
  let ids = runNumbers(chosen.runs).slice(0, MOST_COMPARED);
  const set = () => COMPARED_SETS.find((name) => name === chosen.set) ?? 'test';
  const view = loaded(page, {
    async read() {
      if (ids.length < 2) {
        return { list: undefined, found: [] };
      }
      const list = await api.runs({ runs: ids.join(',') });
      /** @type {Compared[]} */
      const found = await Promise.all(
        list.runs.map(async (row) => {
          const [run, classes] = await Promise.all([api.run(row.id), api.statistic(row.id, 'classes').catch(() => undefined)]);
          return { row, run, classes };
        }),
      );
      return { list, found };
    },
    question: () => ids.join(','),
    received: () => pairing.load(),
    live,
    concerns: ({ type, data }) => type === 'reset' || (type === 'job' && ids.includes(data.id) && ended(data.state)) || (type === 'annotation' && ids.includes(data.job)) || (type === 'deleted' && data.job !== undefined && ids.includes(data.job)),
    pause: 1000,
  });
  /** Each run against the reference, in the order of the page. */
  const pairing = loaded(page, {
    async read() {
      const first = reference();
      return new Map(
        await Promise.all(
          runs().filter((other) => other !== first).map(async (other) => /** @type {[number, import('./pairs.js').Outcome]} */ ([
            other.row.id,
            {
              ...await api.pair(other.row.id, first.row.id, set()).then((pair) => ({ pair }), (problem) => ({ problem: problem instanceof Problem ? problem.message : String(problem) })),
              difference: await api.difference(other.row.id, first.row.id).catch(() => undefined),
            },
          ])),
        ),
      );
    },
    question: () => JSON.stringify([ids, set(), chosen.against]),
  });

  /** In the order of the URL. */
  const runs = () => ids.flatMap((id) => view.data?.found.find(({ row }) => row.id === id) ?? []);

  const reference = () => runs().find(({ row }) => row.id === Number(chosen.against)) ?? runs()[0];

  /** @param {number} id */
  function leaveOut(id) {
    ids = ids.filter((each) => each !== id);
    pairing.data = undefined;
    choose({ runs: ids.join(',') });
    view.load();
  }

  const curves = () => {
    const quantity = /** @type {Quantity} */ (chosen.curve in QUANTITIES ? chosen.curve : 'validationAccuracy');
    const figure = curvesFigure(runs(), quantity);
    return figure
      ? panel('curves', 'Learning curves', shownFigure(figure), { beside: inlineSelect('curve', 'Show', Object.entries(QUANTITIES), quantity, (curve) => choose({ curve })) })
      : nothing;
  };

  const differences = () => {
    const first = reference();
    const others = runs().filter((other) => other !== first);
    const pair = others.length === 1 ? pairing.data?.get(others[0].row.id)?.pair : undefined;
    const table = recalls([first, ...others], set(), pair);
    // With other settings, other results are no surprise.
    const repeated = others.filter(({ row }) => pairing.data?.get(row.id)?.difference?.settings.length === 0);
    return html`${repeated.length > 0 ? panel('reproduced', 'The same results, bit for bit?', reproduced(repeated, first, pairing.data ?? new Map())) : nothing}
      ${panel('pairs', 'On the same images', pairs(others, first, pairing.data ?? new Map()), {
        beside: html`<div class="filters">${inlineSelect('against', 'Compared with', runs().map((run) => [run.row.id, nameOf(run)]), first.row.id, (id) => choose({ against: Number(id) === runs()[0].row.id ? '' : id }))}
          ${segments({ id: 'compared', legend: 'Images', options: COMPARED_SETS.map((name) => [name, SETS[name]]), chosen: set(), choose: (name) => choose({ set: name }) })}</div>`,
      })}
      ${table
        ? panel('recalls', 'Recall of each class', html`<p class="note">${SETS[set()]} images, in percent; ${others.length === 1 ? '' : 'below, '}the difference to ${nameOf(first)} in points. Classes in which the runs differ most are first. ${others.length === 1 ? '' : 'Compare two runs to test each class.'}</p>${table} ${tableCopies('compared-recalls')}`)
        : nothing}`;
  };

  const heatmaps = () => {
    const images = sharedImages(runs());
    const image = images.includes(chosen.image) ? chosen.image : images[0];
    const computed = heatmapsHref({ runs: runs().slice(0, MOST_RUNS).map(({ row }) => row.id), dataset: runs()[0].row.dataset, image });
    return panel('heatmaps', 'Heatmaps of the same image', image === undefined
      ? html`<p class="note">No two of these runs have a stored heatmap of the same image. <a href=${computed} data-testid="to-heatmaps">Compute heatmaps of any image now</a></p>`
      : html`<p class="note">Each picture has its own colour scale. <a href=${computed} data-testid="to-heatmaps">On a common scale, for any class</a></p>${sameHeatmaps(runs(), image)}`, {
      beside: images.length > 1 && inlineSelect('compared-image', 'Image', images.map((path) => [path, `${path.split('/').slice(-2, -1)[0] ?? ''} ${fileName(path)}`]), image, (path) => choose({ image: path })),
    });
  };

  /** @param {NonNullable<typeof view.data>} found */
  function content({ list }) {
    const missing = ids.filter((id) => !runs().some(({ row }) => row.id === id));
    return ids.length < 2 || !list ? tooFew() : html`${missing.length > 0 ? html`<div class="notice notice-warn" data-testid="compare-missing"><p>${missing.map((id) => `#${id}`).join(', ')}: no such run, or no results yet. Those of a running job appear here when it ends.</p></div>` : nothing}
      ${runs().length < 2
        ? tooFew()
        : html`${panel('configurations', 'What differs', html`${configurations(runs(), list, leaveOut)} ${tableCopies('compared-configurations')}`)} ${curves()} ${differences()} ${heatmaps()}`}`;
  }

  const tooFew = () => empty({
    title: 'Choose two to eight runs',
    text: 'Tick their boxes in the list of runs, or in the list on a sweep’s page.',
    actions: html`<a class="button button-primary" href="#/runs">To the runs</a>`,
  });

  return page;
}
