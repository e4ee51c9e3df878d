import { html, nothing } from 'lit-html';
import { Problem } from '../api/client.js';
import { elapsed, time } from '../app/format.js';
import { heatmapsHref, runHref } from '../app/routes.js';
import { drawing, loader, throttled } from '../app/view.js';
import { chartOf } from '../charts/figure.js';
import { legend } from '../charts/legend.js';
import { heading } from '../controls/heading.js';
import { failure, loading } from '../controls/notices.js';
import { staleClass, staleNote } from '../controls/stale.js';
import { isTraining, parametersOf } from '../experiment/experiments.js';
import { runForm } from '../experiment/run-form.js';
import { mapValues } from '../picture/map-values.js';
import { subjectOf } from '../results/caption.js';
import { troubleNotice, unknownNotice } from '../results/left-out.js';
import { otherImagesTable } from '../results/other-images.js';
import { annotations } from '../run-list/annotations.js';
import { classRecalls } from '../run/class-recalls.js';
import { learningCurve, learningLegend } from '../run/learning-curve.js';
import { runFacts, runFiles, runResults } from '../run/run-facts.js';
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
import { advice, cancelWords, ended, pauseAdvice, priorityWords, reasonWords, stateWord, waitWords, working } from './words.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/types.js').Run} Run
 */

const LOG_EVERY_MS = 3000;

/** Images that are not the test images of a split have other names. */
const OTHER_SETS = { test: 'Clean', scrambled: 'Scrambled' };

/** @param {string} words */
const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;

/** @param {Job} job */
function queueWords(job) {
  const priority = priorityWords(job);
  return `Queued ${time(job.createdAt)}${priority && `, ${priority}`}; ${waitWords(job) || 'starts when a device is free'}`;
}

/** When a job stopped, for good or for now, and how long it ran until then. @param {Job} job */
function endWords({ state, startedAt, endedAt, createdAt }) {
  if (!endedAt) {
    return `Queued ${time(createdAt)}`;
  }
  const word = ended(state) ? 'Ended' : stateWord(state);
  return `${word} ${time(endedAt)}${startedAt ? `, ${ended(state) ? 'took' : 'after'} ${elapsed(startedAt, endedAt)}` : ''}`;
}

/**
 * One job: its progress, results and history.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const id = /** @type {number} */ (route.id);
  /** Where the page belongs. */
  const among = route.name === 'run' ? { href: '#/runs', label: 'Runs', what: 'run' } : { href: '#/queue', label: 'Queue', what: 'job' };
  const title = `${among.what === 'run' ? 'Run' : 'Job'} #${id}`;
  /** @type {Job|undefined} */
  let job;
  /** @type {Run|undefined} */
  let run;
  /** @type {import('../api/types.js').FoundResult[]} */
  let results = [];
  /** @type {import('../api/types.js').Transition[]} */
  let transitions = [];
  /** Undefined: not loaded yet. @type {string|undefined} */
  let log;
  /** @type {import('../api/types.js').Statistic|undefined} */
  let classes;
  /** @type {import('../api/types.js').RepeatedImages|undefined} */
  let repeated;
  /** @type {import('../api/types.js').SetName|undefined} */
  let classSet;
  /** @type {import('../api/types.js').Experiment[]} */
  let experiments = [];
  let withPublished = true;
  /** @type {unknown} */
  let error;
  const { draw, close } = drawing(root, template);
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
      if (run) {
        run = { ...run, tags: latest.tags, note: latest.note };
      }
    },
  });
  const furtherJobs = runForm(api, id, { draw });
  const outputs = runOutputs(api, draw);
  const statistics = runStatistics(api, draw);
  const under = mapValues(api, draw);

  const load = loader(
    async () => {
      const [latest, found, timeline, numbers] = await Promise.all([api.job(id), api.run(id), api.timeline(id), api.results(id)]);
      await preloadReplacements(run, found);
      return { latest, found, timeline, numbers };
    },
    (outcome) => {
      error = outcome.error;
      if (outcome.data) {
        ({ latest: job, found: run, timeline: { transitions }, numbers: { results } } = outcome.data);
        loadExperiments().then(loadStatistics);
      }
      draw();
      loadLog();
      loadRepeated();
    },
  );

  /** @param {Job} latest */
  function changed(latest) {
    job = latest;
    load();
  }

  /** What is computed from stored predictions. */
  async function loadStatistics() {
    const measured = run !== undefined && (Object.keys(run.results).length > 0 || run.otherImages.some(({ job }) => job === id));
    // Old runs may have no stored predictions; that is not an error.
    classes = measured ? await api.statistic(id, 'classes').catch(() => undefined) : undefined;
    draw();
    await statistics.load(id, measured ? experiments : []);
  }

  /** Once, for a split does not change. */
  async function loadRepeated() {
    if (run && isTraining(run.spec) && !repeated) {
      // The data set may have been removed since; that is not an error.
      repeated = await api.repeatedImages(id).catch(() => undefined);
      draw();
    }
  }

  /** Once, for descriptions do not change while a server runs. */
  async function loadExperiments() {
    if (experiments.length === 0) {
      experiments = (await api.experiments().catch(() => undefined))?.experiments ?? [];
    }
    if (run && isTraining(run.spec) && run.state === 'SUCCEEDED') {
      furtherJobs.offer(experiments, run.spec.architecture);
    }
    draw();
  }

  async function loadLog() {
    // A job that has not run yet has no log; that is not an error.
    log = await api.log(id).catch((problem) => (problem instanceof Problem && problem.code === 'unreachable' ? log : ''));
    draw();
  }

  const reload = throttled(load);
  const unsubscribe = live.subscribe(({ type, data }) => {
    if (type === 'reset') {
      reload();
    } else if (type === 'annotation') {
      if (run && data.job === id) {
        run = { ...run, tags: data.tags, note: data.note };
        draw();
      }
    } else if (type === 'job' && data.id !== id && data.state === 'SUCCEEDED' && 'run' in data.spec && data.spec.run === id) {
      // A job about this run has new results.
      reload();
    } else if (type === 'job' && data.id === id) {
      job = data;
      reload();
    } else if ('job' in data && data.job === id && job) {
      if (type === 'progress') {
        job.progress = data;
      } else if (type === 'metric' && 'epoch' in data && run) {
        run.history = [...run.history.filter(({ epoch }) => epoch !== data.epoch), data].sort((a, b) => a.epoch - b.epoch);
      } else {
        reload();
      }
      draw();
    }
  });
  const clock = setInterval(draw, 1000);
  const logs = setInterval(() => job && working(job.state) && loadLog(), LOG_EVERY_MS);
  load();

  /** @param {Job} job */
  function status(job) {
    const { state, progress, startedAt } = job;
    if (working(state)) {
      return html`<div class="status" data-testid="progress">${progressBar(job)}
        <p>${progressWords(progress)}</p>
        ${startedAt ? html`<p class="faint">running for ${elapsed(startedAt, live.lostAt)}</p>` : nothing}
        ${staleNote(live.lostAt)}</div>`;
    }
    return html`<p class="faint">${state === 'QUEUED' ? queueWords(job) : endWords(job)}</p>`;
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
    const words = cancelWords(job) || reason;
    return words ? html`<div class="notice" data-testid="job-reason"><p>${words}</p></div>` : nothing;
  }

  /** @param {Job} job @param {Run} run */
  function curve(job, run) {
    if (!isTraining(job.spec)) {
      return nothing;
    }
    const epochs = job.spec.epochs ?? run.history.length;
    const { publishedHistory } = run;
    const shown = withPublished ? publishedHistory : undefined;
    return html`<section class="panel" aria-labelledby="curve-title" data-testid="learning">
      <div class="panel-head">${heading('curve', 'Learning curves')}
        ${publishedHistory
          ? html`<label class="inline-field"><input type="checkbox" .checked=${withPublished} data-testid="published-history"
              @change=${(/** @type {any} */ event) => { withPublished = event.target.checked; draw(); }}>Show the report’s curves</label>`
          : nothing}</div>
      ${legend(learningLegend(shown))}
      ${run.history.length > 0
        ? html`<div class="columns">
            <div><h3>Accuracy</h3>${chartOf(learningCurve(run.history, epochs, 'accuracy', subjectOf(run), shown))}</div>
            <div><h3>Loss</h3>${chartOf(learningCurve(run.history, epochs, 'loss', subjectOf(run), shown))}</div>
          </div>`
        : html`<p class="loading">${ended(job.state) ? 'No epoch was completed.' : 'The first point appears after the first epoch.'}</p>`}
    </section>`;
  }

  /** A link to the same image, or any, as this network and others explain it. @param {Job} job */
  function comparison({ spec, state }) {
    const [of, image] = isTraining(spec) ? [id, undefined] : [spec.run, 'image' in spec ? spec.image : undefined];
    return state === 'SUCCEEDED' && of !== undefined && (isTraining(spec) || spec.kind === 'heatmap' || spec.kind === 'saliency')
      ? html`<a href=${heatmapsHref({ runs: [of], dataset: spec.dataset, image })} data-testid="compare-heatmaps">Any image, beside other networks</a>`
      : nothing;
  }

  /** Names of the sets of images that a run's predictions are of. @param {Run} run */
  const setWords = (run) => (run.otherImages.some((each) => each.job === id) ? OTHER_SETS : undefined);

  /** @param {Job} job @param {Run} run */
  function content(job, run) {
    const pictures = run.artifacts.some(isPicture);
    const { spec } = job;
    const weights = 'weights' in spec ? spec.weights : undefined;
    const described = experiments.find(({ name }) => name === spec.kind);
    const facts = {
      ...job.worker,
      ...run.provenance,
      ...spec,
      regime: run.regime,
      weights: weights?.name,
      weightsChecksum: weights?.checksum,
      importedArchitecture: weights && 'architecture' in weights ? weights.architecture : undefined,
      importedWidth: weights && 'width' in weights ? weights.width : undefined,
    };
    return html`
      ${troubleNotice(run.trouble)} ${unknownNotice(run.unknown)} ${runResults(run.results)}
      ${repeated && isTraining(spec) ? repeatedImages(repeated, spec.dataset) : nothing}
      ${run.otherImages.length > 0
        ? html`<section class="panel" aria-labelledby="other-images-title"><div class="panel-head">${heading('other-images', 'Measured on other images')}</div>
            ${otherImagesTable(run.otherImages, { networks: false })}</section>`
        : nothing}
      ${curve(job, run)}
      ${classes ? classRecalls(classes, {
            dataset: 'dataset' in spec ? spec.dataset : undefined,
            run: id,
            words: setWords(run),
            chosen: classSet,
            choose(set) { classSet = set; draw(); },
          }) : nothing}
      ${statistics.template(run, setWords(run))}
      ${pictures ? html`<section class="panel" aria-labelledby="pictures-title"><div class="panel-head">${heading('pictures', 'Pictures')}${comparison(job)}</div>
        ${runPictures(run, job.progress, under)}</section>` : nothing}
      ${outputs.template(run, results, experiments, under)}
      ${furtherJobs.template()}
      <div class="columns">
        <section class="panel" aria-labelledby="facts-title"><div class="panel-head">${heading('facts', 'Configuration')}</div>
          ${runFacts(facts, described ? parametersOf(described) : [])}</section>
        <div>
        <section class="panel" aria-labelledby="timeline-title"><div class="panel-head">${heading('timeline', 'Timeline')}</div>
          ${timeline(transitions)}</section>
      <section class="panel" aria-labelledby="log-title"><div class="panel-head">${heading('log', 'Log')}</div>
        ${log === undefined ? loading() : log === '' ? html`<p class="loading">No log output.</p>` : html`<pre class="log" tabindex="0" data-testid="log">${log}</pre>`}</section>
        ${run.artifacts.every(isPicture) ? nothing : html`<section class="panel" aria-labelledby="files-title"><div class="panel-head">${heading('files', 'Files')}</div>
          ${runFiles(run.artifacts)}</section>`}
        </div>
      </div>`;
  }

  function template() {
    const unknown = error instanceof Problem && error.status === 404;
    return html`<p class="crumb"><a href=${among.href}>${among.label}</a> / ${among.what} #${id}</p>
      ${job && !unknown
        ? html`<div class="job-head" data-testid="job" data-job-id=${job.id} data-state=${job.state}>
            <h1>${job.title}</h1>
            <div class=${`job-head-line ${working(job.state) ? staleClass(live.lostAt) : ''}`}>${stateChip(job.state)} ${job.sweep ? sweepTag(job.sweep) : nothing} ${'run' in job.spec && job.spec.run !== undefined ? html`<a href=${runHref(job.spec.run)}>of run #${job.spec.run}</a>` : nothing} ${status(job)}</div>
            ${run ? notes.line(run) : nothing} ${trouble(job)} ${actions.template(job)} ${order.template(job)}
          </div>`
        : nothing}
      ${job && !unknown ? nothing : html`<h1>${title}</h1>`}
      ${unknown ? failure(`There is no job #${id}. It may have been deleted.`) : error && !live.lostAt ? failure(error, load) : nothing}
      ${job && run && !unknown ? content(job, run) : error ? nothing : loading()}`;
  }

  return {
    title,
    close() {
      clearInterval(clock);
      clearInterval(logs);
      unsubscribe();
      reload.stop();
      close();
    },
  };
}
