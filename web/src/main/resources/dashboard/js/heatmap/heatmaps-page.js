import { html, nothing } from 'lit-html';
import { live as liveValue } from 'lit-html/directives/live.js';
import { count, fine, plural } from '../app/format.js';
import { loaded, ofResults } from '../app/loaded.js';
import { formHref, replaceQuery, runNumbers } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { formatChoice, savingOf } from '../charts/saving.js';
import { checkField, inlineSelect } from '../controls/field.js';
import { panel, title } from '../controls/heading.js';
import { empty, loading } from '../controls/notices.js';
import { pictureSide } from '../mistake/training-choice.js';
import { valueAt } from '../picture/npy.js';
import { fileName } from '../picture/picture.js';
import { datasetSelect } from '../results/setting-choice.js';
import { term } from '../terms/term.js';
import { explainedRuns, sameImages, sameScrambled, suggested } from './explained-runs.js';
import { drawnMaps, explanationColumn, valueWords } from './explanation-column.js';
import { explanations } from './explanations.js';
import { imageChoice } from './image-choice.js';
import { imageColumn } from './image-column.js';
import { mapsSvg } from './maps-svg.js';
import { predictions } from './predictions.js';
import { MOST_RUNS, runChoice } from './run-choice.js';
import { ownLimit } from './scale.js';

/**
 * @typedef {import('./explained-runs.js').ExplainedRun} ExplainedRun
 * @typedef {import('./explanations.js').Spec} Spec
 *
 * A run's predictions for the image (undefined if it stored none), or why they could not be loaded.
 * @typedef {{predictions?: import('./predictions.js').ImagePredictions, error?: unknown}} Answer
 *
 * @typedef {object} State
 * @property {string} dataset
 * @property {string} image
 * @property {string} label the class that is explained
 * @property {string} shown the class whose images are shown; empty for the class of the image
 * @property {number[]} chosen runs
 * @property {number} opacity in percent
 * @property {boolean} common whether all maps share a scale
 * @property {number} kept a limit of that scale that is kept for other images; 0 for the largest of the current maps
 * @property {boolean} all whether all images of the class are shown
 * @property {boolean} drawing whether maps that do not exist are drawn, for each image that is chosen
 * @property {Map<number, Answer>} answers by run, once loaded
 * @property {number[]} left runs in the URL that have no network on the data set
 * @property {import('../api/types.js').PredictionPage} [images] the first run's test images of the class that is shown
 * @property {import('./map-view.js').Cursor} [cursor]
 * @property {string} spoken the values at the cursor, for a screen reader. Updated on key presses only: pointer moves would keep interrupting it
 */

/** The number of networks compared if the URL names none. */
const SUGGESTED = 2;
/** With more classes, storing the maps of all of them would not be worthwhile. */
const ALL_CLASSES_UP_TO = 20;
/** Larger images get a value for every second pixel only, so that the response is fast enough. */
const LARGEST_WITH_EVERY_PIXEL = 96;
const OPACITY = 70;

const READING = 'Red is evidence for the class, blue against it, white none.';
const OWN_SCALE = 'Colours saturate at the 99th percentile of each map’s magnitudes';
const COMMON_SCALE = 'Colours saturate at one value for all heatmaps, and at one for all Grad-CAM maps';
const GRAD_CAM = 'Networks that see the whole image have no heatmap: their Grad-CAM map is shown instead.';

/**
 * The caption of a saved figure.
 *
 * @param {Pick<State, 'image'|'dataset'|'common'|'opacity'>} state
 * @param {boolean} gradCam whether some maps are Grad-CAM maps
 * @param {string[]} lacking names of the chosen networks whose maps are not drawn yet, and not in the figure
 */
export const captionOf = ({ image, dataset, common, opacity }, gradCam, lacking) => [
  `${image} of ${dataset}.`,
  ...(lacking.length > 0 ? [`Not drawn yet: ${lacking.join(', ')}.`] : []),
  READING,
  common ? `${COMMON_SCALE}.` : `${OWN_SCALE}.`,
  ...(gradCam ? [GRAD_CAM] : []),
  `Maps cover the image with an opacity of ${opacity} %.`,
];

/**
 * Several networks' explanations of one image: heatmaps on demand, of the whole image and of the scrambled one.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const { query } = route;
  /** @type {State} */
  const state = {
    dataset: query.get('dataset') ?? '',
    image: query.get('image') ?? '',
    label: query.get('label') ?? '',
    shown: query.get('class') ?? '',
    chosen: runNumbers(query.get('runs')).slice(0, MOST_RUNS),
    opacity: query.has('opacity') ? Math.min(100, Math.max(0, Number(query.get('opacity')) || 0)) : OPACITY,
    common: query.get('scale') === 'common',
    kept: Number(query.get('limit')) || 0,
    all: false,
    drawing: false,
    answers: new Map(),
    left: [],
    spoken: '',
  };
  const asked = predictions(api);
  /** Counts choices: a response to an earlier choice is not shown. */
  let choices = 0;
  const page = openPage(root, 'Heatmaps', template);
  const { draw } = page;
  const explained = explanations(api, draw);
  page.onClose(() => {
    // A response that arrives now must neither change the address of another page nor start jobs.
    choices += 1;
    explained.close();
  });
  const view = loaded(page, {
    /** @returns {Promise<{datasets: import('../api/types.js').Dataset[], role: string, dataset: string, runs: ExplainedRun[]}>} */
    async read() {
      const [{ datasets }, { role }] = await Promise.all([api.datasets(), api.session()]);
      const dataset = state.dataset || (await api.comparison({})).dataset;
      return { datasets, role, dataset, runs: await explainedRuns(api, dataset) };
    },
    question: () => state.dataset,
    received({ dataset, runs }) {
      const gone = state.chosen.filter((number) => !runs.some(({ run }) => run === number));
      const chosen = state.chosen.filter((number) => !gone.includes(number));
      Object.assign(state, { dataset, chosen: chosen.length > 0 ? chosen : suggested(runs, SUGGESTED), left: gone.length > 0 ? gone : state.left });
      show();
    },
    live,
    concerns(event) {
      explained.heard(event);
      return ofResults(event) && !(event.type === 'job' && event.data.spec.kind !== 'train');
    },
    pause: 1000,
  });

  /** Shows the current choice and keeps it in the URL. */
  async function show() {
    choices += 1;
    const choice = choices;
    const { chosen } = state;
    if (chosen.length === 0) {
      return;
    }
    try {
      const [first] = chosen;
      const path = state.image || (await asked.first(first))?.predictions[0]?.image || '';
      const answers = await answersFor(path);
      const ofFirst = answers.get(first)?.predictions;
      const known = ofFirst?.classes ?? view.data?.datasets.find(({ name }) => name === state.dataset)?.classes;
      const among = (/** @type {string} */ name) => (known === undefined || known.includes(name) ? name : '');
      const actual = ofFirst?.whole?.class ?? '';
      const name = among(state.shown) || actual || among(state.label) || (ofFirst?.classes[0] ?? '');
      const images = answers.get(first)?.error ? undefined : await asked.images(first, name);
      if (choice !== choices) {
        return;
      }
      Object.assign(state, { image: path, answers, label: among(state.label) || actual || (images?.classes[0] ?? ''), shown: name, images });
      view.error = undefined;
    } catch (problem) {
      if (choice === choices) {
        view.failed(problem);
      }
      return;
    }
    if (state.image && state.label) {
      remember();
      explained.show(columns().flatMap(({ spec }) => (spec ? [spec] : [])), () => state.drawing);
    }
    draw();
  }

  /** Draws the maps that do not exist, and those of images that are chosen next. */
  function drawMaps() {
    state.drawing = true;
    explained.request();
  }

  /**
   * Loads the predictions of each run separately: a failure for one run must not hide the others.
   *
   * @param {string} path
   * @returns {Promise<Map<number, Answer>>}
   */
  async function answersFor(path) {
    /** @param {number} run @returns {Promise<[number, Answer]>} */
    const answer = async (run) => {
      try {
        return [run, { predictions: await asked.ofImage(run, path) }];
      } catch (problem) {
        return [run, { error: problem }];
      }
    };
    return new Map(path ? await Promise.all(state.chosen.map(answer)) : []);
  }

  function remember() {
    const { dataset, image, chosen, label, shown, opacity, common, kept, answers } = state;
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

  /**
   * The runs with the explanation to request for each. Nothing is requested until a run's predictions are known, as
   * they tell the number of classes.
   */
  function columns() {
    return state.chosen.flatMap(/** @returns {{run: ExplainedRun, spec: Spec|undefined}[]} */ (number) => {
      const run = view.data?.runs.find((each) => each.run === number);
      return run ? [{ run, spec: specOf(run) }] : [];
    });
  }

  /** @param {ExplainedRun} run @returns {Spec|undefined} */
  function specOf({ run, local, imageSize }) {
    const { image, label } = state;
    const answer = state.answers.get(run);
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

  /** @param {Partial<State>} change to the choice */
  function choose(change) {
    Object.assign(state, change);
    remember();
    Object.assign(state, { cursor: undefined, spoken: '', left: [], answers: new Map() });
    view.error = undefined;
    draw();
    show();
  }

  /** @param {string} dataset */
  function chooseDataset(dataset) {
    const { data } = view;
    choose({ dataset, chosen: [], image: '', label: '', shown: '', images: undefined, kept: 0, drawing: false });
    view.data = data && { ...data, dataset: '', runs: [] };
    view.load();
  }

  /** @param {boolean} local @returns {number} the largest limit among the maps of a kind */
  function commonLimit(local) {
    const limits = columns().filter(({ run }) => run.local === local).flatMap(({ spec }) => drawnMaps(explanation(spec), state.label))
      .flatMap(({ map }) => { const grid = explained.grid(map); return grid ? [ownLimit(grid)] : []; });
    return Math.max(0, ...limits) || 1;
  }

  /** @param {boolean} local @returns {(drawn: import('./explanation-column.js').DrawnMap) => number} */
  const limitOf = (local) => ({ map }) => {
    if (state.common) {
      return local && state.kept > 0 ? state.kept : commonLimit(local);
    }
    const grid = explained.grid(map);
    return grid ? ownLimit(grid) : 1;
  };

  /** @param {import('./map-view.js').Cursor} next */
  function step(next) {
    state.cursor = next;
    state.spoken = columns().flatMap(({ run, spec }) => {
      const drawn = drawnMaps(explanation(spec), state.label).find(({ scrambled }) => scrambled === next.scrambled);
      const grid = drawn && explained.grid(drawn.map);
      const value = grid && valueAt(grid, next.x, next.y);
      return value === undefined ? [] : [`${nameOf(run)} ${fine(value)}`];
    }).join(', ');
    draw();
  }

  /** A network's name, with its run if another chosen run has the same network. @param {ExplainedRun} run */
  const nameOf = ({ run, label: name }) => (columns().some((each) => each.run.run !== run && each.run.label === name) ? `${name} #${run}` : name);

  function controls() {
    const { label, opacity, common, kept, images } = state;
    const largest = commonLimit(true);
    const scale = (/** @type {Partial<State>} */ change) => {
      Object.assign(state, change);
      remember();
      draw();
    };
    return html`<div class="filters heatmap-controls">
      ${inlineSelect('label', 'Class', (images?.classes ?? [label]).map((name) => [name, name]), label, (name) => choose({ label: name }))}
      <label class="inline-field">Opacity
        <input type="range" min="0" max="100" step="5" .value=${liveValue(String(opacity))} data-testid="opacity"
          @input=${(/** @type {any} */ event) => { state.opacity = Number(event.target.value); draw(); }} @change=${remember}></label>
      ${checkField({ id: 'common-scale', label: 'Common scale', checked: common, change: (checked) => scale({ common: checked, kept: 0 }) })}
      ${common
        ? checkField({ id: 'keep-scale', label: `Keep ± ${fine(kept || largest)} for other images`, checked: kept > 0, change: (checked) => scale({ kept: checked ? Number(largest.toPrecision(4)) : 0 }) })
        : nothing}
    </div>`;
  }

  /** Opening a page starts no job: it shows the maps that exist, and a button draws the others. */
  function drawing() {
    const lacking = explained.lacking();
    const missing = lacking.filter((each) => each.missing).length;
    return lacking.length === 0
      ? nothing
      : html`<div class="actions changes"><button type="button" class="button button-primary" @click=${drawMaps} data-testid="draw-maps">
          ${missing > 0 ? `Draw the maps of ${plural(lacking.length, 'network')}` : 'Draw finer maps'}</button>
          <p class="note">They are drawn at once, on a few CPU cores, beside the queue. The maps of images that you choose next are drawn as well.</p></div>`;
  }

  /** The URL of an image in the size that the first network was given. @param {string} path */
  const address = (path) =>
    api.datasetImage(state.dataset, path, pictureSide(state.chosen[0], (view.data?.runs ?? []).map(({ run, imageSize }) => ({ id: run, imageSize }))));

  /** The image as the first network was given it. */
  function picture() {
    const { image, label } = state;
    const shown = columns();
    const networks = shown.map(({ run }) => run);
    const first = networks.at(0);
    const scrambled = shown.flatMap(({ spec }) => drawnMaps(explanation(spec), label)).find((each) => each.scrambled);
    return {
      url: address(image),
      size: first && !sameImages(networks) ? `${count(first.imageSize)} px, as for ${first.label}` : '',
      scrambled: sameScrambled(networks) ? scrambled?.image.url : undefined,
    };
  }

  /** The maps as they are shown, for a file. */
  async function drawnFigure() {
    const { image, label, opacity, answers } = state;
    const isDrawn = (/** @type {Spec|undefined} */ spec) => drawnMaps(explanation(spec), label).some(({ map }) => explained.grid(map));
    const shown = columns().filter(({ spec }) => isDrawn(spec));
    const lacking = columns().filter(({ spec }) => !isDrawn(spec)).map(({ run }) => nameOf(run));
    return mapsSvg({
      title: `Evidence for ${label} in ${fileName(image)}`,
      ...picture(),
      opacity: opacity / 100,
      columns: shown.map(({ run, spec }) => {
        const maps = drawnMaps(explanation(spec), label);
        const { predicted, class: actual } = answers.get(run.run)?.predictions?.whole ?? {};
        return {
          name: run.label,
          words: [run.words, ...(predicted ? [`predicted: ${predicted}${predicted === actual ? '' : ` (true class: ${actual})`}`] : []), ...(maps.length > 0 ? [valueWords(run, maps)] : [])],
          maps: maps.flatMap((drawn) => {
            const grid = explained.grid(drawn.map);
            return grid ? [{ grid, limit: limitOf(run.local)(drawn), url: drawn.image.url, scrambled: drawn.scrambled }] : [];
          }),
        };
      }),
      caption: captionOf(state, shown.some(({ run }) => !run.local), lacking),
      address: location.href,
    });
  }

  /** A hint on what to do if there are no networks. */
  function noNetworks() {
    const { dataset } = state;
    const known = view.data?.datasets.find(({ name }) => name === dataset);
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

  /** @param {NonNullable<typeof view.data>} found */
  function content({ runs, dataset }) {
    if (runs.length === 0) {
      return dataset === state.dataset ? noNetworks() : view.error ? nothing : loading();
    }
    const { label, image, chosen, opacity, common, cursor, spoken, images, answers, shown, all } = state;
    const drawn = columns().flatMap(({ spec }) => drawnMaps(explanation(spec), label));
    return html`${panel('maps', html`Evidence for ${label || '…'} <span class="faint">${fileName(image)}</span>`, html`
      ${runChoice(runs, chosen, (next) => choose({ chosen: next }))}
      ${controls()} ${drawing()}
      <div class="explanations" data-testid="explanations">${image
        ? imageColumn({
            ...picture(),
            name: fileName(image),
            actual: answers.get(chosen[0])?.predictions?.whole?.class,
            apart: drawn.some((each) => each.scrambled) && !sameScrambled(columns().map(({ run }) => run)),
            cursor,
          })
        : nothing}${columns().map(({ run, spec }) => explanationColumn({
        run,
        predictions: answers.get(run.run)?.predictions,
        problem: answers.get(run.run)?.error,
        loadAgain: show,
        explanation: explanation(spec),
        label,
        limit: limitOf(run.local),
        opacity: opacity / 100,
        cursor,
        point: (next) => { state.cursor = next; draw(); },
        step,
        chooseLabel: (name) => choose({ label: name }),
        mayDraw: view.data?.role !== 'viewer',
        explained,
      }))}</div>
      ${drawn.length > 0 ? savingOf({ name: 'heatmaps', what: 'maps', svg: drawnFigure }, formatChoice('maps')) : nothing}
      <p class="visually-hidden" role="status" data-testid="values-here">${spoken}</p>
      <p class="note">${READING} Point at a map, or use the arrow keys, to read values. ${common ? COMMON_SCALE : OWN_SCALE}. ${GRAD_CAM} Maps are computed
        as interactive jobs, one at a time, and kept.</p>`)}
    ${images
      ? imageChoice({
          classes: images.classes,
          images: images.predictions,
          image,
          shown,
          all,
          address,
          showClass: (name) => choose({ shown: name, all: false }),
          showAll: () => { state.all = true; draw(); },
          choose: (path) => choose({ image: path, label: state.shown }),
        })
      : view.error || answers.get(chosen[0])?.error ? nothing : answers.has(chosen[0]) ? html`<p class="note">Run ${chosen[0]} stored no predictions, so its test images are not known.</p>` : loading('Loading predictions')}`;
  }

  function template() {
    const { dataset, left } = state;
    const datasets = view.data?.datasets ?? [];
    return html`${title('Where is the evidence?',
      html`One image as up to four networks see it: for each pixel, the evidence of the ${term('receptive-field', 'patch')} around it for a class.`)}
      ${datasets.length > 0 ? html`<div class="filters">${datasetSelect({ dataset, datasets: datasets.map(({ name }) => name) }, chooseDataset)}</div>` : nothing}
      ${left.length > 0
        ? html`<p class="note" role="status" data-testid="left-out">${left.length === 1 ? `Run ${left[0]} is` : `Runs ${left.join(' and ')} are`} left out: no trained network on ${dataset}.</p>`
        : nothing}
      ${view.template(content)}`;
  }

  return page;
}
