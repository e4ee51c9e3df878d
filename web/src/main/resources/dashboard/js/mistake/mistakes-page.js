import { html, nothing } from 'lit-html';
import { choices } from '../app/choices.js';
import { count, plural } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { formHref, jobHref, runHref, runNumbers } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { inlineSelect } from '../controls/field.js';
import { panel, title } from '../controls/heading.js';
import { more } from '../controls/more.js';
import { empty } from '../controls/notices.js';
import { segments } from '../controls/segments.js';
import { SETS } from '../results/words.js';
import { confusions } from './confusions.js';
import { gallery } from './gallery.js';
import { predictionFiles } from './prediction-files.js';
import { numbers, summary } from './prediction-words.js';
import { pictureSide, runChips, trainingName, trainings, trainingSelect } from './training-choice.js';

/**
 * @typedef {import('../api/types.js').PredictionPage} PredictionPage
 * @typedef {import('./prediction-words.js').Shown} Shown
 */

/** The number of images shown initially. */
const SHOWN = 50;

/** The most images that the server returns at once. */
const MOST_SHOWN = 1000;

/** @type {[Shown, string][]} */
const SHOWN_WORDS = [['wrong', 'Wrong'], ['right', 'Right'], ['all', 'All']];

const PREDICTIVE_PATCHES = 'predictive-patches';

/**
 * The images that one run, or all of several runs, misclassified, with the most confident mistakes first.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, { query }, { api, live }) {
  /** @type {import('./training-choice.js').Training[]|undefined} */
  let known;
  const [chosen, keep] = choices(query, { run: '', runs: '', set: 'test', class: '', predicted: '', show: '', limit: String(SHOWN) }, () => {});
  const runs = () => runNumbers(chosen.runs || chosen.run);
  /** @param {number[]} some */
  const named = (some) => ({ run: some.length === 1 ? String(some[0]) : '', runs: some.length > 1 ? some.join(',') : '' });
  const limit = () => Math.min(MOST_SHOWN, Math.max(SHOWN, Number(chosen.limit) || SHOWN));
  const page = openPage(root, 'Mistakes', () => html`${title('Which images do the networks get wrong?',
      'Images by true and predicted class, the most confident mistakes first.')}
    ${body()}`);

  /** Which predictions are shown. By default the wrong ones, unless the true and the predicted class are the same: those are right. */
  const which = () => (SHOWN_WORDS.some(([each]) => each === chosen.show) ? /** @type {Shown} */ (chosen.show) : chosen.class !== '' && chosen.class === chosen.predicted ? 'right' : 'wrong');

  /** @param {number[]} of runs */
  const filter = (of) => ({
    set: chosen.set, class: chosen.class, predicted: chosen.predicted, right: { wrong: 'false', right: 'true', all: undefined }[which()], alsoWrong: of.slice(1), top: 0,
  });

  const view = loaded(page, {
    async read() {
      known = await trainings(api);
      const of = runs().length > 0 ? runs() : await best(known);
      if (of.length === 0) {
        return { of };
      }
      const [predictions, scrambled, patches] = await Promise.all([
        api.predictions(of[0], { ...filter(of), limit: limit() }),
        // A failure to load these must not hide the mistakes.
        chosen.set === 'scrambled' ? scrambledPictures(of[0]).catch(() => new Map()) : new Map(),
        patchesOf(of[0]).catch(() => []),
      ]);
      return { of, predictions, scrambled, patches };
    },
    question: () => JSON.stringify(chosen),
    received: ({ of }) => keep(named(of)),
    live,
    pause: 1000,
  });

  /** The training with the best test accuracy on the data set of the newest one, so that the first mistakes are not those of a trial run. @param {import('./training-choice.js').Training[]} all */
  async function best(all) {
    if (all.length === 0) {
      return [];
    }
    const { runs: listed } = await api.runs({ dataset: all[0].dataset, sort: '-test', limit: 1 });
    return [(listed.find(({ id }) => all.some((each) => each.id === id)) ?? all[0]).id];
  }

  /** @param {number} run */
  async function scrambledPictures(run) {
    const { artifacts } = await api.run(run);
    return new Map(artifacts.filter(({ kind }) => kind === 'scrambled-image').map(({ url, facts }) => [facts.image ?? '', url]));
  }

  /** @param {number} run */
  async function patchesOf(run) {
    const { jobs } = await api.jobs({ kind: PREDICTIVE_PATCHES, state: 'SUCCEEDED', limit: MOST_SHOWN });
    return jobs.filter(({ spec }) => 'run' in spec && spec.run === run).map(({ id }) => id);
  }

  /** @param {Partial<typeof chosen>} changes */
  function choose(changes) {
    keep({ limit: String(SHOWN), ...changes });
    if (changes.limit === undefined) {
      view.restart();
    } else {
      view.load();
    }
  }

  /**
   * Changes the first run. If its data set differs, the chosen classes are cleared, as it may have different ones.
   *
   * @param {number} run
   */
  function chooseRun(run) {
    const dataset = known?.find(({ id }) => id === run)?.dataset;
    const same = dataset !== undefined && dataset === datasetOf(runs()[0]);
    choose(same ? named([run, ...runs().slice(1).filter((other) => other !== run)]) : { ...named([run]), class: '', predicted: '' });
  }

  /** @param {number} run */
  const datasetOf = (run) => {
    const shown = view.data?.predictions;
    return known?.find(({ id }) => id === run)?.dataset ?? (shown?.run === run ? shown?.dataset : undefined);
  };

  /** @param {string} label @param {'class'|'predicted'} name */
  function classSelect(label, name) {
    const classes = view.data?.predictions?.classes ?? [];
    const names = chosen[name] === '' || classes.includes(chosen[name]) ? classes : [chosen[name], ...classes];
    return inlineSelect(`mistakes-${name}`, label, [['', 'any'], ...names.map((each) => /** @type {[string, string]} */ ([each, each]))], chosen[name], (value) => choose({ [name]: value, show: '' }));
  }

  /** @param {import('./training-choice.js').Training[]} all */
  function filters(all) {
    const dataset = datasetOf(runs()[0]);
    const others = all.filter((each) => each.dataset === dataset && !runs().includes(each.id));
    return html`<div class="mistake-choices"><div class="filters">
        ${trainingSelect({ label: 'Run', known: all, chosen: runs()[0], choose: chooseRun, id: 'mistakes-run' })}
        ${others.length > 0 ? trainingSelect({ label: 'Also wrong in', known: others, nothing: 'add a run …', choose: (run) => choose(named([...runs(), run])), id: 'mistakes-other' }) : nothing}
      </div>
      ${runs().length > 1 ? runChips(runs().slice(1), all, (run) => choose(named(runs().filter((each) => each !== run)))) : nothing}
      <div class="filters">
        ${segments({ id: 'mistakes-set', legend: 'Images', options: ['test', 'scrambled', 'validation'].map((value) => [value, SETS[value]]), chosen: chosen.set, choose: (set) => choose({ set }) })}
        ${segments({ id: 'mistakes-show', legend: 'Predictions', options: SHOWN_WORDS, chosen: which(), choose: (show) => choose({ show }) })}
        ${classSelect('Class', 'class')}
        ${classSelect('Predicted', 'predicted')}
      </div></div>`;
  }

  /** @param {PredictionPage} page */
  const mostFrequent = (page) => confusions(page.confusions, ({ class: name, predicted }, words, hint) => {
    const pressed = chosen.class === name && chosen.predicted === predicted;
    return html`<button class="button button-small" type="button" aria-pressed=${pressed} title=${hint}
      @click=${() => choose(pressed ? { class: '', predicted: '', show: '' } : { class: name, predicted, show: '' })}>${words}</button>`;
  });

  /** @param {PredictionPage} page */
  function notes({ pictured, dataset, predictions }) {
    const unsure = predictions.some(({ probability }) => probability === undefined);
    return html`
      ${pictured ? nothing : html`<div class="notice notice-warn" data-testid="not-pictured"><p>The images cannot be shown: the data set ${dataset} was deleted or replaced since, or the run is from a version that did not store which images it was measured on.</p></div>`}
      ${chosen.set === 'scrambled' ? html`<p class="note" data-testid="scrambled-note">The network was given these images with their tiles shuffled. Only a few are stored scrambled, and marked <em>scrambled</em>; the others are shown unscrambled.</p>` : nothing}
      ${unsure ? html`<p class="note">Probabilities are missing where logits were not stored or the network diverged.</p>` : nothing}`;
  }

  /** @param {number[]} patches jobs that searched for predictive patches of the first run */
  function links(patches) {
    return html`<p class="note">The page of run <a href=${runHref(runs()[0], 'classes')}>#${runs()[0]}</a> has the whole confusion matrix.
      ${patches.length > 0
        ? html`What the network goes by: its most predictive patches (${patches.map((job, i) => html`${i > 0 ? ', ' : ''}<a href=${jobHref(job)} data-testid="to-patches">job #${job}</a>`)}).`
        : nothing}</p>`;
  }

  /** @param {NonNullable<typeof view.data>} found */
  function content({ predictions: page, scrambled = new Map(), patches = [] }) {
    return page && panel('mistakes', runs().length > 1 ? `Runs ${numbers(runs())}` : trainingName(runs()[0], known ?? []), html`
      <p data-testid="mistakes-summary">${summary(page, { set: chosen.set, class: chosen.class, predicted: chosen.predicted, shown: which(), runs: runs() })}</p>
      ${mostFrequent(page)} ${notes(page)}
      ${page.total === 0
        ? empty({ id: 'no-mistakes', ...nothingFound(page) })
        : html`${gallery(page, { runs: runs(), address: (path) => api.datasetImage(page.dataset, path, pictureSide(runs()[0], known ?? [])), scrambled })}
            ${limit() < MOST_SHOWN ? more(limit(), page.total, (next) => choose({ limit: String(Math.min(next, MOST_SHOWN)) })) : nothing}
            ${page.total > MOST_SHOWN && limit() >= MOST_SHOWN ? html`<p class="note">These are the first ${count(MOST_SHOWN)}; choose a class for others.</p>` : nothing}
            ${predictionFiles(api, runs(), filter(runs()))}`}
      ${links(patches)}`);
  }

  /** @param {PredictionPage} page */
  function nothingFound({ images, wrong }) {
    if (images === 0) {
      return runs().length > 1
        ? { title: 'No image in common', text: 'These runs have no image of this set in common. Validation images differ from seed to seed.' }
        : { title: 'Nothing was measured', text: 'This run has no predictions on these images.' };
    }
    if (which() === 'wrong' && chosen.class === '' && chosen.predicted === '') {
      return { title: 'No mistakes', text: runs().length > 1 ? 'No image is wrong in all of these runs.' : `All ${count(images)} images were recognised.` };
    }
    return { title: 'No such images', text: `None fits this choice${wrong > 0 ? `; ${plural(wrong, 'image')} ${wrong === 1 ? 'is' : 'are'} wrong with any classes` : ''}.` };
  }

  function body() {
    if (known?.length === 0 && runs().length === 0) {
      return empty({
        title: 'No training has ended yet',
        text: 'When one has, its wrong predictions are shown here with their images.',
        actions: html`<a class="changes button button-primary" href=${formHref({})}>Queue a training</a>`,
      });
    }
    return html`${known ? filters(known) : nothing} ${view.template(content)}`;
  }

  return page;
}
