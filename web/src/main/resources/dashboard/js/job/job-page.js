import { html, nothing } from 'lit-html';
import { Problem } from '../api/client.js';
import { elapsed, time } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { heatmapsHref, runHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { chartOf } from '../charts/figure.js';
import { legend } from '../charts/legend.js';
import { panel } from '../controls/heading.js';
import { failure, loading } from '../controls/notices.js';
import { staleClass, staleNote } from '../controls/stale.js';
import { costFacts } from '../cost/cost-words.js';
import { isTraining, parametersOf } from '../experiment/experiments.js';
import { runForm } from '../experiment/run-form.js';
import { trainingImages } from '../experiment/training-images.js';
import { mapValues } from '../picture/map-values.js';
import { subjectOf } from '../results/caption.js';
import { troubleNotice, unknownNotice } from '../results/left-out.js';
import { otherImagesTable } from '../results/other-images.js';
import { annotations } from '../run-list/annotations.js';
import { classRecalls } from '../run/class-recalls.js';
import { learningCurve, learningLegend } from '../run/learning-curve.js';
import { provenanceFacts, runFacts, runFiles, runResults } from '../run/run-facts.js';
import { repeatedImages } from '../run/repeated-images.js';
import { runOutputs } from '../run/run-outputs.js';
import { preloadReplacements, isPicture, runPictures } from '../run/run-pictures.js';
import { runStatistics } from '../run/run-statistics.js';
import { jobActions } from './job-actions.js';
import { sweepTag } from './job-list.js';
import { jobOrder } from './job-order.js';
import { progressBar, progressWords } from './progress.js';
import { stateChip } from './state-chip.js';
import { timeline } from './timeline.js';
import { advice, cancelWords, ended, pauseAdvice, priorityWords, reasonWords, refusalWords, shownState, stateWord, waitWords, working } from './words.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/types.js').Run} Run
 * @typedef {{job: Job, run: Run, transitions: import('../api/types.js').Transition[], results: import('../api/types.js').FoundResult[]}} Loaded
 *
 * Data loaded after the job, and the user's choices.
 * @typedef {object} State
 * @property {string} [log]
 * @property {import('../api/types.js').Statistic} [classes]
 * @property {import('../api/types.js').SetName} [classSet]
 * @property {import('../api/types.js').RepeatedImages} [repeated]
 * @property {import('../api/types.js').Experiment[]} experiments
 * @property {string} refusal why no device starts a job; empty if one does
 * @property {boolean} withPublished
 * @property {boolean} withoutImages whether there is no picture of the training images, as their data set is gone
 */

const LOG_EVERY_MS = 3000;

/** Names of the sets if the images are not the test images of a split. */
const OTHER_SETS = { test: 'Clean', scrambled: 'Scrambled' };

/** @param {string} words */
const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;

/** @param {Job} job @param {string} refusal */
function queueWords(job, refusal) {
  const priority = priorityWords(job);
  return `Queued ${time(job.createdAt)}${priority && `, ${priority}`}; ${waitWords(job) || (refusal ? `no job starts now. ${refusal}` : 'starts when a device is free')}`;
}

/** When a job ended or paused, and how long it ran until then. @param {Job} job */
function endWords({ state, startedAt, endedAt, createdAt, pruned }) {
  if (!endedAt) {
    return `Queued ${time(createdAt)}`;
  }
  const word = ended(state) ? 'Ended' : stateWord(state);
  return `${word} ${time(endedAt)}${startedAt && !pruned ? `, ${ended(state) ? 'took' : 'after'} ${elapsed(startedAt, endedAt)}` : ''}`;
}

/**
 * One job: its progress, results and history.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const id = /** @type {number} */ (route.id);
  /** The list that the page belongs to. */
  const among = route.name === 'run' ? { href: '#/runs', label: 'Runs', what: 'run' } : { href: '#/queue', label: 'Queue', what: 'job' };
  const title = `${among.what === 'run' ? 'Run' : 'Job'} #${id}`;
  /** @type {State} */
  const state = { experiments: [], refusal: '', withPublished: true, withoutImages: false };
  const page = openPage(root, title, template);
  const { draw } = page;
  const order = jobOrder(api, { draw, changed });
  const actions = jobActions(api, {
    draw,
    changed,
    removed() {
      location.hash = among.href;
    },
  });

  const notes = annotations(api, {
    draw,
    saved(latest) {
      if (view.data) {
        Object.assign(view.data.run, { tags: latest.tags, note: latest.note });
      }
    },
  });
  const furtherJobs = runForm(api, id, { draw });
  const outputs = runOutputs(api, draw);
  const statistics = runStatistics(api, draw);
  const under = mapValues(api, draw);

  const view = loaded(page, {
    /** @returns {Promise<Loaded>} */
    async read() {
      const [job, run, { transitions }, { results }] = await Promise.all([api.job(id), api.run(id), api.timeline(id), api.results(id)]);
      await preloadReplacements(view.data?.run, run);
      return { job, run, transitions, results };
    },
    received(latest) {
      loadExperiments(latest).then(() => loadStatistics(latest));
      loadLog();
      loadRefusal(latest);
      loadRepeated(latest);
    },
    live,
    concerns({ type, data }) {
      const shown = view.data;
      if (type === 'annotation' && shown && data.job === id) {
        Object.assign(shown.run, { tags: data.tags, note: data.note });
      } else if (type === 'job' && shown && data.id === id) {
        shown.job = data;
      } else if (type === 'progress' && shown && data.job === id) {
        shown.job.progress = data;
      } else if (type === 'metric' && 'epoch' in data && shown && data.job === id) {
        shown.run.history = [...shown.run.history.filter(({ epoch }) => epoch !== data.epoch), data].sort((a, b) => a.epoch - b.epoch);
        shown.run.trouble = data.trouble;
        shown.run.troubleSince = data.trouble && (shown.run.troubleSince ?? data.epoch);
      } else {
        // A job for this run has new results.
        const about = type === 'job' && data.state === 'SUCCEEDED' && 'run' in data.spec && data.spec.run === id;
        return type === 'reset' || about || (type === 'job' && data.id === id) || (type !== 'annotation' && 'job' in data && data.job === id);
      }
      draw();
      return type === 'job';
    },
  });
  const clock = setInterval(draw, 1000);
  const logs = setInterval(() => view.data && working(view.data.job.state) && loadLog(), LOG_EVERY_MS);
  page.onClose(() => {
    clearInterval(clock);
    clearInterval(logs);
  });

  /** @param {Job} latest */
  function changed(latest) {
    if (view.data) {
      view.data.job = latest;
    }
    view.load();
  }

  /** Loads the statistics computed from stored predictions. @param {Loaded} latest */
  async function loadStatistics({ run }) {
    const measured = Object.keys(run.results).length > 0 || run.otherImages.some(({ job }) => job === id);
    // Old runs may lack stored predictions; that is not an error.
    state.classes = measured ? await api.statistic(id, 'classes').catch(() => undefined) : undefined;
    draw();
    await statistics.load(id, measured ? state.experiments : []);
  }

  /** Loads this once, as a split does not change. @param {Loaded} latest */
  async function loadRepeated({ run }) {
    if (isTraining(run.spec) && !state.repeated) {
      // The data set may have been removed in the meantime; that is not an error.
      state.repeated = await api.repeatedImages(id).catch(() => undefined);
      draw();
    }
  }

  /** Loads these once, as descriptions do not change while a server runs. @param {Loaded} latest */
  async function loadExperiments({ run }) {
    if (state.experiments.length === 0) {
      state.experiments = (await api.experiments().catch(() => undefined))?.experiments ?? [];
    }
    if (isTraining(run.spec) && run.state === 'SUCCEEDED') {
      furtherJobs.offer(state.experiments, run.spec.architecture);
    }
    draw();
  }

  /** A picture that fails to load does not report the cause: only a second request tells whether there is none. */
  async function findImages() {
    if (await fetch(api.jobImages(id)).then(({ status }) => status === 404, () => false)) {
      state.withoutImages = true;
      draw();
    }
  }

  /** @param {Loaded} latest */
  async function loadRefusal({ job }) {
    if (job.state === 'QUEUED') {
      // Without it, the page only lacks the reason.
      state.refusal = await api.devices().then(({ devices }) => refusalWords(devices), () => '');
      draw();
    }
  }

  async function loadLog() {
    // A job that has not run yet has no log; that is not an error.
    state.log = await api.log(id).catch((problem) => (problem instanceof Problem && problem.code === 'unreachable' ? state.log : ''));
    draw();
  }

  /** @param {Job} job */
  function status(job) {
    const { progress, startedAt } = job;
    if (working(job.state)) {
      return html`<div class="status" data-testid="progress">${progressBar(job)}
        <p>${progressWords(progress)}</p>
        ${startedAt ? html`<p class="faint">running for ${elapsed(startedAt, live.lostAt)}</p>` : nothing}
        ${staleNote(live.lostAt)}</div>`;
    }
    return html`<p class="faint">${job.state === 'QUEUED' ? queueWords(job, state.refusal) : endWords(job)}</p>`;
  }

  /** @param {Job} job */
  function trouble(job) {
    const { state, error, reason } = job;
    if (state === 'FAILED' && error) {
      return html`<div class="notice notice-bad" data-testid="job-error"><p><strong>${error.message}</strong></p><p>${advice(error.family)}</p></div>`;
    }
    if (state === 'INTERRUPTED') {
      return html`<div class="notice notice-warn" data-testid="job-reason"><p><strong>Interrupted: ${reason ?? 'the worker ended'}.</strong></p>
        <p>No stored data was lost. The job ${waitWords(job)}, continuing from its last checkpoint.</p></div>`;
    }
    if (state === 'PAUSED') {
      const why = reasonWords(job);
      return html`<div class="notice notice-warn" data-testid="job-reason">${why ? html`<p><strong>${sentence(why)}</strong></p>` : nothing}<p>${pauseAdvice(job)}</p></div>`;
    }
    const words = [reason && sentence(reason), cancelWords(job)].filter(Boolean);
    return words.length > 0 ? html`<div class="notice" data-testid="job-reason">${words.map((each) => html`<p>${each}</p>`)}</div>` : nothing;
  }

  /** @param {Job} job @param {Run} run */
  function curve(job, run) {
    if (!isTraining(job.spec)) {
      return nothing;
    }
    const epochs = job.spec.epochs ?? run.history.length;
    const { publishedHistory } = run;
    const shown = state.withPublished ? publishedHistory : undefined;
    return panel('curve', 'Learning curves', html`${legend(learningLegend(shown))}
      ${run.history.length > 0
        ? html`<div class="columns">
            <div><h3>Accuracy</h3>${chartOf(learningCurve(run.history, epochs, 'accuracy', subjectOf(run), shown))}</div>
            <div><h3>Loss</h3>${chartOf(learningCurve(run.history, epochs, 'loss', subjectOf(run), shown))}</div>
          </div>`
        : html`<p class="loading">${ended(job.state) ? 'No epoch was completed.' : 'The first point appears after the first epoch.'}</p>`}`, {
      testId: 'learning',
      beside: publishedHistory && html`<label class="inline-field"><input type="checkbox" .checked=${state.withPublished} data-testid="published-history"
        @change=${(/** @type {any} */ event) => { state.withPublished = event.target.checked; draw(); }}>Show the report’s curves</label>`,
    });
  }

  /** A link to the heatmaps of this and other networks for the same image, or for any image. @param {Job} job */
  function comparison({ spec, state }) {
    const [of, image] = isTraining(spec) ? [id, undefined] : [spec.run, 'image' in spec ? spec.image : undefined];
    return state === 'SUCCEEDED' && of !== undefined && (isTraining(spec) || spec.kind === 'heatmap' || spec.kind === 'saliency')
      ? html`<a href=${heatmapsHref({ runs: [of], dataset: spec.dataset, image })} data-testid="compare-heatmaps">Any image, beside other networks</a>`
      : nothing;
  }

  /** Names of the image sets of a run's predictions. @param {Run} run */
  const setWords = (run) => (run.otherImages.some((each) => each.job === id) ? OTHER_SETS : undefined);

  /** @param {Loaded} loaded */
  function content({ job, run, transitions, results }) {
    const { classes, repeated, log, experiments } = state;
    const pictures = run.artifacts.some(isPicture);
    const { spec } = job;
    const weights = 'weights' in spec ? spec.weights : undefined;
    const described = experiments.find(({ name }) => name === spec.kind);
    const facts = {
      ...(run.provenance ? provenanceFacts(run.provenance) : {}),
      ...costFacts(run.cost),
      ...spec,
      reproduces: job.reproduces && html`<a href=${runHref(job.reproduces)}>#${job.reproduces}</a>`,
      origin: run.origin && `run ${run.origin.run} of lab ${run.origin.lab.slice(0, 8)}`,
      regime: run.regime,
      weights: weights?.name,
      fromRun: 'fromRun' in spec && spec.fromRun ? html`<a href=${runHref(spec.fromRun.run)}>#${spec.fromRun.run}</a>` : undefined,
      weightsChecksum: weights?.checksum,
      importedArchitecture: weights && 'architecture' in weights ? weights.architecture : undefined,
      importedWidth: weights && 'width' in weights ? weights.width : undefined,
    };
    return html`
      ${troubleNotice({ ...run, state: job.state }, actions.stop(job))} ${unknownNotice(run.unknown)} ${runResults(run.results)}
      ${repeated && isTraining(spec) ? repeatedImages(repeated, spec.dataset) : nothing}
      ${run.otherImages.length > 0
        ? panel('other-images', 'Measured on selected images', otherImagesTable(run.otherImages, { networks: false }))
        : nothing}
      ${curve(job, run)}
      ${isTraining(spec) && !state.withoutImages
        ? panel('training-images', 'Training images', trainingImages(api.jobImages(id), findImages))
        : nothing}
      ${classes ? classRecalls(classes, {
            dataset: 'dataset' in spec ? spec.dataset : undefined,
            run: id,
            words: setWords(run),
            chosen: state.classSet,
            choose(set) { state.classSet = set; draw(); },
          }) : nothing}
      ${statistics.template(run, setWords(run))}
      ${pictures ? panel('pictures', 'Pictures', runPictures(run, job.progress, under), { beside: comparison(job) }) : nothing}
      ${outputs.template(run, results, experiments, under)}
      ${furtherJobs.template()}
      <div class="columns">
        ${panel('facts', 'Configuration', runFacts(facts, described ? parametersOf(described) : []))}
        <div>
          ${panel('timeline', 'Timeline', timeline(transitions))}
          ${panel('log', 'Log', log === undefined ? loading() : log === '' ? html`<p class="loading">No log output.</p>` : html`<pre class="log" tabindex="0" data-testid="log">${log}</pre>`)}
          ${run.artifacts.every(isPicture) ? nothing : panel('files', 'Files', runFiles(run.artifacts))}
        </div>
      </div>`;
  }

  function template() {
    const { error } = view;
    const { job, run } = view.data ?? {};
    const unknown = error instanceof Problem && error.status === 404;
    return html`<p class="crumb"><a href=${among.href}>${among.label}</a> / ${among.what} #${id}</p>
      ${job && !unknown
        ? html`<div class="job-head" data-testid="job" data-job-id=${job.id} data-state=${job.state}>
            <h1>${job.title}</h1>
            <div class=${`job-head-line ${working(job.state) ? staleClass(live.lostAt) : ''}`}>${stateChip(shownState(job))} ${job.sweep ? sweepTag(job.sweep) : nothing} ${'run' in job.spec && job.spec.run !== undefined ? html`<a href=${runHref(job.spec.run)}>of run #${job.spec.run}</a>` : nothing} ${'fromRun' in job.spec && job.spec.fromRun ? html`<a href=${runHref(job.spec.fromRun.run)}>from run #${job.spec.fromRun.run}</a>` : nothing} ${status(job)}</div>
            ${run && notes.line(run)} ${trouble(job)} ${actions.template(job)} ${order.template(job)}
          </div>`
        : nothing}
      ${job && !unknown ? nothing : html`<h1>${title}</h1>`}
      ${unknown ? failure(`There is no job #${id}. It may have been deleted.`) : error && !live.lostAt ? failure(error, view.load) : nothing}
      ${view.data && !unknown ? content(view.data) : error ? nothing : loading()}`;
  }

  return page;
}
