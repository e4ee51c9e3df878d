import { html, nothing } from 'lit-html';
import { live as liveValue } from 'lit-html/directives/live.js';
import { fine } from '../app/format.js';
import { formHref, replaceQuery, runNumbers } from '../app/routes.js';
import { drawing, loader, throttled } from '../app/view.js';
import { checkField } from '../controls/field.js';
import { heading } from '../controls/heading.js';
import { empty, failure, loading } from '../controls/notices.js';
import { valueAt } from '../picture/npy.js';
import { fileName } from '../picture/picture.js';
import { datasetSelect } from '../results/setting-choice.js';
import { term } from '../terms/term.js';
import { explainedRuns, suggested } from './explained-runs.js';
import { drawnMaps, explanationColumn } from './explanation-column.js';
import { explanations } from './explanations.js';
import { imageChoice } from './image-choice.js';
import { predictions } from './predictions.js';
import { MOST_RUNS, runChoice } from './run-choice.js';
import { ownLimit } from './scale.js';

/**
 * @typedef {import('./explained-runs.js').ExplainedRun} ExplainedRun
 * @typedef {import('./explanations.js').Spec} Spec
 *
 * A run's predictions for the image, undefined if it stored none, or why they could not be loaded.
 * @typedef {{predictions?: import('./predictions.js').ImagePredictions, error?: unknown}} Answer
 */

/** The networks that are compared where the address names none. */
const SUGGESTED = 2;
/** Files of maps of more classes would not pay for themselves. */
const ALL_CLASSES_UP_TO = 20;
/** Larger images get a value for every second pixel: an answer in time. */
const LARGEST_WITH_EVERY_PIXEL = 96;
const OPACITY = 70;

/**
 * One image as several networks explain it: heatmaps on demand, the whole image's and the scrambled one's.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const { query } = route;
  let dataset = query.get('dataset') ?? '';
  let image = query.get('image') ?? '';
  let label = query.get('label') ?? '';
  let chosen = runNumbers(query.get('runs')).slice(0, MOST_RUNS);
  let opacity = query.has('opacity') ? Math.min(100, Math.max(0, Number(query.get('opacity')) || 0)) : OPACITY;
  let common = query.get('scale') === 'common';
  let kept = Number(query.get('limit')) || 0;
  /** The class whose images are shown; empty: the image's. */
  let shown = query.get('class') ?? '';
  let all = false;
  /** @type {import('../api/types.js').Dataset[]} */
  let datasets = [];
  /** @type {ExplainedRun[]|undefined} */
  let runs;
  const asked = predictions(api);
  /** By run, once its answer is there. @type {Map<number, Answer>} */
  let answers = new Map();
  /** Runs of the address that have no network on the data set. @type {number[]} */
  let left = [];
  /** The first run's test images of the class that is shown. @type {import('../api/types.js').PredictionPage|undefined} */
  let images;
  /** Counts what was chosen: an answer to an earlier choice is not shown. */
  let choices = 0;
  /** @type {unknown} */
  let error;
  /** @type {import('./map-view.js').Cursor|undefined} */
  let cursor;
  /** The values at the cursor, for a screen reader. It is told of keys only: a pointer would never let it finish. */
  let spoken = '';
  const { draw, close } = drawing(root, template);
  /** A viewer sees what is stored. */
  let mayAsk = true;
  const explained = explanations(api, draw, () => mayAsk);

  const load = loader(
    async () => {
      const [{ datasets: sets }, { role }] = await Promise.all([api.datasets(), api.session()]);
      mayAsk = role === 'operator';
      const on = dataset || (await api.comparison({})).dataset;
      return { sets, on, found: await explainedRuns(api, on) };
    },
    (outcome) => {
      error = outcome.error;
      if (outcome.data) {
        const { sets, on, found } = outcome.data;
        datasets = sets;
        dataset = on;
        runs = found;
        const gone = chosen.filter((number) => !found.some(({ run }) => run === number));
        if (gone.length > 0) {
          left = gone;
          chosen = chosen.filter((number) => !gone.includes(number));
        }
        if (chosen.length === 0) {
          chosen = suggested(found, SUGGESTED);
        }
        show();
      }
      draw();
    },
    () => dataset,
  );
  const reload = throttled(load, 1000);
  const unsubscribe = live.subscribe((event) => {
    explained.heard(event);
    if (event.type === 'reset' || event.type === 'deleted' || (event.type === 'job' && event.data.state === 'SUCCEEDED' && event.data.spec.kind === 'train')) {
      reload();
    }
  });
  load();

  /** Shows what is chosen, and keeps it in the address. */
  async function show() {
    choices += 1;
    const choice = choices;
    if (chosen.length === 0) {
      return;
    }
    try {
      const [first] = chosen;
      const path = image || (await asked.first(first))?.predictions[0]?.image || '';
      const found = await answersFor(path);
      const ofFirst = found.get(first)?.predictions;
      const known = ofFirst?.classes ?? datasets.find(({ name }) => name === dataset)?.classes;
      const among = (/** @type {string} */ name) => (known === undefined || known.includes(name) ? name : '');
      const actual = ofFirst?.whole?.class ?? '';
      const name = among(shown) || actual || among(label) || (ofFirst?.classes[0] ?? '');
      const listed = found.get(first)?.error ? undefined : await asked.images(first, name);
      if (choice !== choices) {
        return;
      }
      image = path;
      answers = found;
      label = among(label) || actual || (listed?.classes[0] ?? '');
      shown = name;
      images = listed;
      error = undefined;
    } catch (problem) {
      if (choice === choices) {
        error = problem;
        draw();
      }
      return;
    }
    if (image && label) {
      remember();
      explained.show(columns().flatMap(({ spec }) => (spec ? [spec] : [])));
    }
    draw();
  }

  /** The predictions of each run: what is not known of one must not hide the others. @param {string} path @returns {Promise<Map<number, Answer>>} */
  async function answersFor(path) {
    /** @param {number} run @returns {Promise<[number, Answer]>} */
    const answer = async (run) => {
      try {
        return [run, { predictions: await asked.ofImage(run, path) }];
      } catch (problem) {
        return [run, { error: problem }];
      }
    };
    return new Map(path ? await Promise.all(chosen.map(answer)) : []);
  }

  function remember() {
    const actual = answers.get(chosen[0])?.predictions?.whole?.class;
    replaceQuery({
      dataset,
      image,
      runs: chosen.join(','),
      label,
      class: shown === actual ? '' : shown,
      opacity: opacity === OPACITY ? '' : String(opacity),
      scale: common ? 'common' : '',
      limit: common && kept > 0 ? String(kept) : '',
    });
  }

  /** The runs, and what is asked of each: nothing before its predictions are known, which tell how many classes it has. */
  function columns() {
    return chosen.flatMap(/** @returns {{run: ExplainedRun, spec: Spec|undefined}[]} */ (number) => {
      const run = runs?.find((each) => each.run === number);
      return run ? [{ run, spec: specOf(run) }] : [];
    });
  }

  /** @param {ExplainedRun} run @returns {Spec|undefined} */
  function specOf({ run, local, imageSize }) {
    const answer = answers.get(run);
    if (!image || !answer || answer.error) {
      return undefined;
    }
    if (!local) {
      return { kind: 'saliency', run, image, label, scale: 'own' };
    }
    const classes = answer.predictions?.classes.length ?? Infinity;
    const stride = imageSize <= LARGEST_WITH_EVERY_PIXEL ? 1 : 2;
    /** @type {Record<string, string>} */
    const of = classes <= ALL_CLASSES_UP_TO ? { classes: 'all' } : { classes: 'one', label };
    return { kind: 'heatmap', run, image, stride, ...of };
  }

  /** @param {Spec|undefined} spec */
  const explanation = (spec) => spec && explained.of(spec);

  /** @param {() => void} change of what is chosen */
  function choose(change) {
    change();
    remember();
    cursor = undefined;
    spoken = '';
    error = undefined;
    left = [];
    answers = new Map();
    draw();
    show();
  }

  /** @param {string} name */
  const chooseDataset = (name) => choose(() => {
    dataset = name;
    chosen = [];
    image = '';
    label = '';
    shown = '';
    images = undefined;
    runs = undefined;
    kept = 0;
    load();
  });

  /** @param {string} path of one of the images that are shown */
  const chooseImage = (path) => choose(() => {
    image = path;
    label = shown;
  });

  /** @param {boolean} local @returns {number} the largest of the limits of the maps of a kind */
  function commonLimit(local) {
    const limits = columns().filter(({ run }) => run.local === local).flatMap(({ spec }) => drawnMaps(explanation(spec), label))
      .flatMap(({ map }) => { const grid = explained.grid(map); return grid ? [ownLimit(grid)] : []; });
    return Math.max(0, ...limits) || 1;
  }

  /** @param {boolean} local @returns {(drawn: import('./explanation-column.js').DrawnMap) => number} */
  const limitOf = (local) => ({ map }) => {
    if (common) {
      return local && kept > 0 ? kept : commonLimit(local);
    }
    const grid = explained.grid(map);
    return grid ? ownLimit(grid) : 1;
  };

  /** @param {import('./map-view.js').Cursor} next */
  function step(next) {
    cursor = next;
    spoken = columns().flatMap(({ run, spec }) => {
      const drawn = drawnMaps(explanation(spec), label).find(({ scrambled }) => scrambled === next.scrambled);
      const grid = drawn && explained.grid(drawn.map);
      const value = grid && valueAt(grid, next.x, next.y);
      return value === undefined ? [] : [`${nameOf(run)} ${fine(value)}`];
    }).join(', ');
    draw();
  }

  /** A network, with its run if another of the runs has the same network. @param {ExplainedRun} run */
  const nameOf = ({ run, label: name }) => (columns().some((each) => each.run.run !== run && each.run.label === name) ? `${name} #${run}` : name);

  function controls() {
    const largest = commonLimit(true);
    return html`<div class="filters heatmap-controls">
      <label class="inline-field">Class
        <select data-testid="label" @change=${(/** @type {any} */ event) => choose(() => { label = event.target.value; })}>
          ${(images?.classes ?? [label]).map((name) => html`<option value=${name} .selected=${name === label}>${name}</option>`)}
        </select></label>
      <label class="inline-field">Opacity
        <input type="range" min="0" max="100" step="5" .value=${liveValue(String(opacity))} data-testid="opacity"
          @input=${(/** @type {any} */ event) => { opacity = Number(event.target.value); draw(); }} @change=${remember}></label>
      ${checkField({ id: 'common-scale', label: 'Common scale', checked: common, change: (checked) => { common = checked; kept = 0; remember(); draw(); } })}
      ${common
        ? checkField({
            id: 'keep-scale',
            label: `Keep ± ${fine(kept || largest)} for other images`,
            checked: kept > 0,
            change: (checked) => { kept = checked ? Number(largest.toPrecision(4)) : 0; remember(); draw(); },
          })
        : nothing}
    </div>`;
  }

  /** What to do when there are no networks. */
  function noNetworks() {
    const known = datasets.find(({ name }) => name === dataset);
    if (known === undefined) {
      return empty({ title: `There is no data set ${dataset}`, text: 'Choose another one.' });
    }
    if (known.train === 0) {
      return empty({ title: `No networks are trained on ${dataset}`, text: 'It has only test images.' });
    }
    return empty({
      title: `No trained networks on ${dataset} yet`,
      text: 'Train one, and its evidence in any image of the data set is shown here.',
      actions: html`<a class="button button-primary changes" href=${formHref({ dataset })}>Set up a training</a>`,
    });
  }

  /** @param {ExplainedRun[]} there */
  function content(there) {
    if (there.length === 0) {
      return noNetworks();
    }
    return html`<section class="panel" aria-labelledby="maps-title">
      <div class="panel-head">${heading('maps', html`Evidence for ${label || '…'} <span class="faint">${fileName(image)}</span>`)}</div>
      ${runChoice(there, chosen, (next) => choose(() => { chosen = next; }))}
      ${controls()}
      <div class="explanations" data-testid="explanations">${columns().map(({ run, spec }) => explanationColumn({
        run,
        predictions: answers.get(run.run)?.predictions,
        problem: answers.get(run.run)?.error,
        loadAgain: show,
        explanation: explanation(spec),
        label,
        limit: limitOf(run.local),
        opacity: opacity / 100,
        cursor,
        point: (next) => { cursor = next; draw(); },
        step,
        chooseLabel: (name) => choose(() => { label = name; }),
        explained,
      }))}</div>
      <p class="visually-hidden" role="status" data-testid="values-here">${spoken}</p>
      <p class="note">Red is evidence for the class, blue against it, white none. Point at a map, or use the arrow keys, to read values. Colours saturate at the 99th percentile
        of a map’s magnitudes, or of the largest map’s on a common scale. Networks that see the whole image have no heatmap: their
        Grad-CAM map is shown instead. Maps are computed as interactive jobs, one at a time, and kept.</p>
    </section>
    ${images
      ? imageChoice({
          classes: images.classes,
          images: images.predictions,
          image,
          shown,
          all,
          address: (path) => api.datasetImage(dataset, path),
          showClass: (name) => choose(() => { shown = name; all = false; }),
          showAll: () => { all = true; draw(); },
          choose: chooseImage,
        })
      : error || answers.get(chosen[0])?.error ? nothing : answers.has(chosen[0]) ? html`<p class="note">Run ${chosen[0]} stored no predictions, so its test images are not known.</p>` : loading('Loading predictions')}`;
  }

  function template() {
    return html`<div class="title">
        <h1>Where is the evidence?</h1>
        <p class="lead">One image as up to four networks see it: for each pixel, the evidence of the ${term('receptive-field', 'patch')} around it for a class.</p>
      </div>
      ${datasets.length > 0 ? html`<div class="filters">${datasetSelect({ dataset, datasets: datasets.map(({ name }) => name) }, chooseDataset)}</div>` : nothing}
      ${error ? failure(error, load) : nothing}
      ${left.length > 0
        ? html`<p class="note" role="status" data-testid="left-out">${left.length === 1 ? `Run ${left[0]} is` : `Runs ${left.join(' and ')} are`} left out: no trained network on ${dataset}.</p>`
        : nothing}
      ${runs ? content(runs) : error ? nothing : loading()}`;
  }

  return {
    title: 'Heatmaps',
    close() {
      unsubscribe();
      reload.stop();
      explained.close();
      close();
    },
  };
}
