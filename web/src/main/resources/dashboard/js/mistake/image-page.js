import { html, nothing } from 'lit-html';
import { choices } from '../app/choices.js';
import { loaded } from '../app/loaded.js';
import { heatmapsHref, mistakesHref, runHref, runNumbers } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { bar } from '../controls/bar.js';
import { panel } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { fileName, verdict } from '../picture/picture.js';
import { SETS } from '../results/words.js';
import { probability } from './prediction-words.js';
import { pictureSide, trainingName, trainings, trainingSelect } from './training-choice.js';

/**
 * @typedef {import('../api/types.js').ImagePrediction} ImagePrediction
 *
 * A run's predictions for the whole and the scrambled image, or why they could not be loaded.
 * @typedef {{run: number, predictions: ImagePrediction[], pictured: boolean, scrambled?: string, problem?: unknown}} RunPredictions
 */

const TOP = 5;

/** Side of the picture in pixels, unless a run's image size is known. */
const SIZE = 256;

/**
 * An image and the predictions of several runs for it.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, { query }, { api, live }) {
  const dataset = query.get('dataset') ?? '';
  const image = query.get('image') ?? '';
  const [chosen, keep] = choices(query, { runs: '' }, () => {
    draw();
    view.load();
  });
  const runs = () => runNumbers(chosen.runs);
  /** Why there is no picture; undefined if no failure is known. @type {'missing'|'not loaded'|undefined} */
  let fault;
  const page = openPage(root, fileName(image) || 'Image', () => html`<p class="crumb"><a href=${mistakesHref({ runs: runs() })}>Mistakes</a> / ${fileName(image) || 'image'}</p>
    <div class="title"><h1>${image === '' ? 'No image is named' : fileName(image)}</h1></div>
    ${image === '' || dataset === ''
      ? empty({ title: 'The address names no image', text: html`Choose one among the <a href="#/mistakes">mistakes</a>.` })
      : view.template(content)}`);
  const { draw } = page;
  const view = loaded(page, {
    async read() {
      const [all, { datasets }, answers] = await Promise.all([trainings(api), api.datasets(), Promise.all(runs().map(predictionsOf))]);
      fault = undefined;
      return { known: all.filter((each) => each.dataset === dataset), exists: datasets.some(({ name }) => name === dataset), answers };
    },
    question: () => chosen.runs,
    live,
    concerns: ({ type }) => type === 'reset' || type === 'deleted',
  });
  const known = () => view.data?.known ?? [];

  /** An image that fails to load does not report the cause: a second request finds it out. */
  async function findFault() {
    const status = await fetch(picture()).then((answer) => answer.status, () => 0);
    fault = status === 404 ? 'missing' : 'not loaded';
    draw();
  }

  /** The URL of the image in the size that the first run's network was given. */
  const picture = () => api.datasetImage(dataset, image, pictureSide(runs()[0], known()) ?? SIZE);

  /** @param {number} run @returns {Promise<RunPredictions>} */
  async function predictionsOf(run) {
    try {
      const [page, { artifacts }] = await Promise.all([api.predictions(run, { set: 'all', image, order: 'image', top: TOP }), api.run(run)]);
      if (page.dataset !== dataset) {
        return { run, predictions: [], pictured: true, problem: `It was measured on ${page.dataset}.` };
      }
      const scrambled = artifacts.find(({ kind, facts }) => kind === 'scrambled-image' && facts.image === image)?.url;
      return { run, predictions: page.predictions, pictured: page.pictured, scrambled };
    } catch (problem) {
      return { run, predictions: [], pictured: true, problem };
    }
  }

  /** @param {number[]} some */
  const choose = (some) => keep({ runs: some.join(',') });

  function loadPictureAgain() {
    fault = undefined;
    draw();
  }

  /** The note on why there is no picture. @param {boolean} replaced whether that is because the data set was replaced */
  function noPicture(replaced) {
    if (!view.data?.exists) {
      return `There is no data set ${dataset}.`;
    }
    if (replaced) {
      return `The data set ${dataset} is not known to be the one that was measured.`;
    }
    return fault === 'missing'
      ? `The data set ${dataset} has no such image.`
      : html`<div><p>The image could not be loaded.</p><button type="button" class="button button-small" @click=${loadPictureAgain}>Try again</button></div>`;
  }

  /** @param {RunPredictions[]} answers */
  function shown(answers) {
    const replaced = answers.length > 0 && answers.every(({ pictured }) => !pictured);
    const label = answers.flatMap(({ predictions }) => predictions).find((each) => each.class)?.class;
    const there = view.data?.exists && !replaced && !fault;
    return html`<figure class="picture image-shown">
      ${there
        ? html`<img src=${picture()} width=${SIZE} height=${SIZE} alt=${`${fileName(image)} of ${dataset}`} data-testid="image"
            @error=${findFault}>`
        : html`<div class="picture-none" data-testid="no-image">${noPicture(replaced)}</div>`}
      <figcaption>${label ? html`<span>Class: <strong>${label}</strong></span>` : nothing}<span class="faint">${image}, ${dataset}</span></figcaption>
    </figure>`;
  }

  /**
   * The most probable classes and the image's true class, which may not be among them.
   *
   * @param {import('../api/types.js').ProbableClass[]} top
   * @param {string} name
   * @param {number|undefined} probability
   */
  const withOwn = (top, name, probability) => (probability === undefined || top.some((each) => each.class === name) ? top : [...top, { class: name, probability }]);

  /** @param {ImagePrediction} prediction @param {RunPredictions} answer */
  const prediction = ({ set, class: name, predicted, top, classProbability }, { scrambled }) => html`<div data-set=${set}>
    <h4>${SETS[set]}: ${verdict(predicted, name)}</h4>
    ${top.length === 0
      ? html`<p class="note">No probabilities: logits were not stored, or the network diverged.</p>`
      : html`<ol class="probable">${withOwn(top, name, classProbability).map(
          (each) => html`<li data-class=${each.class}>
            <span class=${each.class === name ? 'probable-true' : nothing}>${each.class}${each.class === name ? html`<span class="visually-hidden"> (its class)</span>` : nothing}</span>
            ${bar(each.probability, probability(each.probability), { label: `Probability of ${each.class}`, role: 'meter' })}
            <span class="number">${probability(each.probability)}</span></li>`,
        )}</ol>`}
    ${set === 'scrambled'
      ? scrambled
        ? html`<img class="image-scrambled" src=${scrambled} width="128" height="128" alt="The scrambled image, as the network gets it">`
        : html`<p class="note">With its tiles rearranged; not stored as a picture.</p>`
      : nothing}
  </div>`;

  /** @param {RunPredictions} answer */
  function predictionsPanel(answer) {
    const { run, predictions, problem } = answer;
    return html`<article class="example" data-run=${run}>
      <div class="image-run"><h3><a href=${runHref(run)}>${trainingName(run, known())}</a></h3>
        <button class="button button-small" type="button" aria-label=${`Leave out run ${run}`} @click=${() => choose(runs().filter((each) => each !== run))}>✕</button></div>
      ${problem
        ? html`<p class="note" data-testid="not-seen">${problem instanceof Error ? problem.message : String(problem)}</p>`
        : predictions.length === 0
          ? html`<p class="note" data-testid="not-seen">No prediction: the image is not among the run’s validation or test images. Which images are for training depends on the seed.</p>`
          : html`<div class="image-sets">${predictions.map((each) => prediction(each, answer))}</div>`}
    </article>`;
  }

  /** @param {NonNullable<typeof view.data>} found */
  function content({ known, answers }) {
    const others = known.filter(({ id }) => !runs().includes(id));
    const label = answers.flatMap(({ predictions }) => predictions)[0]?.class;
    return html`<div class="image-page">
      <div>${shown(answers)}
        <p class="actions">
          <a class="button button-primary" href=${heatmapsHref({ runs: runs(), dataset, image })} data-testid="to-heatmaps">Heatmaps</a>
          ${runs().length > 0 ? html`<a class="button" href=${mistakesHref({ runs: runs(), class: label })} data-testid="to-mistakes">${label ? `Mistakes in ${label}` : 'Mistakes'}</a>` : nothing}
        </p></div>
      ${panel('predictions', 'Predictions', html`<div class="filters">
          ${others.length > 0 ? trainingSelect({ label: 'Run', known: others, nothing: 'add a run …', choose: (run) => choose([...runs(), run]), id: 'image-run' }) : nothing}
        </div>
        ${runs().length === 0
          ? empty({ title: 'No run is chosen', text: others.length > 0 ? 'Add a run to see what its network predicts for this image.' : `No training on ${dataset} has ended yet.` })
          : answers.map(predictionsPanel)}`)}
    </div>`;
  }

  return page;
}
