import { html, nothing } from 'lit-html';
import { plural } from '../format.js';
import { jobHref } from '../routes.js';
import { check, defaults, preset, requests, seeds, shows } from '../submission.js';
import { loader } from '../view.js';
import { agree } from './heatmap-fields.js';
import { failure } from './notices.js';
import { sending } from './sending.js';
import { fieldsOf } from './submit-fields.js';

/**
 * @typedef {import('../submission.js').Kind} Kind
 * @typedef {import('../types.js').Job} Job
 */

const KINDS = /** @type {[Kind, string][]} */ ([
  ['train', 'Train'],
  ['evaluate', 'Evaluate'],
  ['heatmap', 'Heatmap'],
]);

/**
 * The form that queues jobs.
 *
 * @param {typeof import('../api.js').api} api
 * @param {URLSearchParams} query fills fields in; `form` names the kind
 * @param {{draw: () => void, submitted: () => void}} page
 */
export function submitForm(api, query, { draw, submitted }) {
  const entries = defaults();
  let kind = KINDS.find(([name]) => name === query.get('form'))?.[0] ?? 'train';
  /** @type {Set<string>} fields that a person chose, which a recipe must not overwrite */
  const touched = new Set();
  /** @type {Job[]} */
  let queued = [];
  /** @type {import('./submit-fields.js').Choices} */
  const choices = { architectures: [], datasets: [], damaged: [], weights: [], runs: [] };

  const { state, submit } = sending({
    draw,
    check() {
      queued = [];
      return check(kind, entries);
    },
    send,
    fieldOf: ({ field }) => (shows(kind, field) ? field : undefined),
  });

  for (const [name, value] of query) {
    if (name in entries) {
      entries[name] = value;
      touched.add(name);
    }
  }

  preset(entries, touched, undefined);

  const chosenWeights = () => choices.weights.find(({ name }) => name === entries.weights);

  const loadChoices = loader(
    () => Promise.all([api.architectures(), api.datasets(), api.weights()]),
    (outcome) => {
      // The list of jobs beside the form says if the server is away; the form keeps its defaults.
      if (outcome.data) {
        [{ architectures: choices.architectures }, { datasets: choices.datasets, damaged: choices.damaged }, { weights: choices.weights }] = outcome.data;
        preset(entries, touched, chosenWeights());
      }
      draw();
    },
  );

  /** The newest finished trainings. */
  const loadRuns = loader(
    () => api.jobs({ state: 'SUCCEEDED', kind: 'train', limit: 1000 }),
    (outcome) => {
      choices.runs = outcome.data?.jobs ?? choices.runs;
      draw();
    },
  );

  let imagesOf = '';

  /** Finds out which images the chosen run can explain. */
  async function loadImages() {
    const { run } = entries;
    if (kind !== 'heatmap' || imagesOf === run) {
      return;
    }
    imagesOf = run;
    choices.seen = undefined;
    // Without them there is a field for the path.
    const seen = run ? await api.testImages(Number(run)).catch(() => undefined) : undefined;
    if (imagesOf === run) {
      choices.seen = seen;
      agree(entries, 'image', seen);
      draw();
    }
  }

  /** @param {string} name @param {string} value */
  function change(name, value) {
    entries[name] = value;
    touched.add(name);
    if (name === 'architecture' && chosenWeights()?.architecture !== value) {
      entries.weights = '';
    }
    preset(entries, touched, chosenWeights());
    agree(entries, name, choices.seen);
    delete state.errors[name];
    draw();
    loadImages();
  }

  /** @param {Kind} name */
  function choose(name) {
    kind = name;
    state.errors = {};
    state.problem = undefined;
    queued = [];
    draw();
    loadImages();
  }

  async function send() {
    try {
      for (const request of requests(kind, entries)) {
        queued = [...queued, await api.submit(request)];
      }
    } finally {
      if (queued.length > 0) {
        submitted();
      }
    }
  }

  const outcome = () => html`<p class="outcome" role="status" data-testid="submitted">Queued as
    ${queued.map((job, i) => html`${i > 0 ? ', ' : ''}<a href=${jobHref(job.id)} data-job-id=${job.id}>#${job.id}</a>`)}.</p>`;

  function words() {
    const n = kind === 'train' ? (seeds(entries.seed)?.length ?? 1) : 1;
    return n > 1 ? `Queue ${plural(n, 'job')}` : 'Queue the job';
  }

  function load() {
    loadChoices();
    loadRuns();
  }

  load();
  loadImages();

  return {
    load,
    loadRuns,
    template: () => html`<form class="form" novalidate @submit=${submit} data-testid="submit-form">
      <fieldset class="segments segments-wide">
        <legend class="visually-hidden">Kind of job</legend>
        ${KINDS.map(([name, label]) => html`<label><input type="radio" name="kind" value=${name} .checked=${name === kind}
          data-testid=${`kind-${name}`} @change=${() => choose(name)}><span>${label}</span></label>`)}
      </fieldset>
      ${fieldsOf(kind, { entries, errors: state.errors, choices, change })}
      ${state.problem ? failure(state.problem) : nothing} ${queued.length > 0 ? outcome() : nothing}
      <button class="button button-primary" type="submit" ?disabled=${state.busy} data-testid="submit">${words()}</button>
    </form>`,
  };
}
