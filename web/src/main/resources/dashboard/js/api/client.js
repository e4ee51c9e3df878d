/**
 * @typedef {import('./types.js').Job} Job
 * @typedef {import('./types.js').Sweep} Sweep
 * @typedef {import('./types.js').SubmittedSweep} SubmittedSweep
 *
 * A test image: its path in the data set, its class and the predicted class.
 * @typedef {{path: string, class: string, predicted: string}} TestImage
 * @typedef {{classes: string[], images: TestImage[]}} TestImages
 *
 * The name of a view: comparison, claims, ..., or EXPERIMENT-OUTPUT.
 * @typedef {string} ViewName
 * @typedef {{dataset?: string, network?: string, sweep?: string, tag?: string, converged?: string, parameter?: string, search?: string, runs?: string, sort?: string, columns?: string, limit?: number, offset?: number}} RunFilter which runs of the list of runs
 * @typedef {RunFilter & {setting?: number, measure?: string, grid?: number, published?: boolean, troubled?: boolean}} ViewFilter what part of a view
 * @typedef {{set?: string, image?: string, class?: string, predicted?: string, right?: string, alsoWrong?: number[], order?: 'confidence'|'image', top?: number, limit?: number}} PredictionFilter
 */

const ROOT = '/api/v1';

const UNREACHABLE = {
  code: 'unreachable',
  title: 'Connection lost',
  detail: 'Cannot reach the server. It may have been stopped; this page reconnects when it is back.',
};

/** A failed request, with a message for the user. */
export class Problem extends Error {
  /** @param {{detail: string, title?: string, status?: number, code?: string, field?: string}} facts */
  constructor(facts) {
    super(facts.detail);
    this.title = facts.title;
    this.status = facts.status ?? 0;
    this.code = facts.code;
    this.field = facts.field;
  }
}

/**
 * Sends a request and turns every failure into a {@link Problem}.
 *
 * @param {string} path below /api/v1
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 */
async function request(path, init = {}) {
  let response;
  try {
    response = await fetch(ROOT + path, init);
  } catch (cause) {
    if (init.signal?.aborted) {
      throw cause;
    }
    throw new Problem(UNREACHABLE);
  }
  if (response.ok) {
    return response;
  }
  if (response.status === 401) {
    // The token was revoked: the server answers with the page to log in, at this address.
    location.reload();
  }
  throw problemOf(response.status, await response.json().catch(() => ({})));
}

/** A filter as the end of an address. @param {Record<string, string|number|boolean|undefined>} filter */
function query(filter) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined && value !== '' && value !== false) {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text && `?${text}`;
}

/** @param {string} path @returns {Promise<any>} */
const read = async (path) => (await request(path)).json();

/** @param {string} path @param {unknown} [body] @returns {Promise<any>} */
const post = async (path, body) => (await send(path, body)).json();

/** @param {string} path @param {unknown} [body] */
const send = (path, body) =>
  request(
    path,
    body === undefined
      ? { method: 'POST' }
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
  );

/** @param {'PUT'|'PATCH'} method @param {string} path @param {unknown} body @returns {Promise<any>} */
const sendJson = async (method, path, body) =>
  (await request(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();

/**
 * Uploads a file and reports the progress, which `fetch` cannot.
 *
 * @param {string} path below /api/v1
 * @param {Blob} file
 * @param {(share: number) => void} sent the fraction sent, in [0, 1]; stays 1 while the server processes the file
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
function upload(path, file, sent, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', ROOT + path);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => sent(total > 0 ? loaded / total : 0);
    request.upload.onload = () => sent(1);
    request.onload = () => {
      const response = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) {
        resolve(response);
      } else {
        reject(problemOf(request.status, response));
      }
    };
    request.onerror = () => reject(new Problem(UNREACHABLE));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** @param {number} status @param {any} problem */
const problemOf = (status, problem) =>
  new Problem({
    ...problem,
    status,
    detail: problem.detail ?? problem.title ?? `The server responded with status ${status}.`,
  });

/** The HTTP interface, one function per route that the dashboard uses. */
export const api = {
  /**
   * @param {{state?: string, kind?: string, limit?: number, offset?: number}} [filter]
   * @returns {Promise<import('./types.js').JobPage>}
   */
  jobs: (filter = {}) => read(`/jobs${query(filter)}`),

  /** @param {number} id @returns {Promise<Job>} */
  job: (id) => read(`/jobs/${id}`),

  /** @param {number} id @returns {Promise<string>} the log's end */
  log: async (id) => (await request(`/jobs/${id}/log?bytes=65536`)).text(),

  /** @param {number} id @returns {Promise<{transitions: import('./types.js').Transition[]}>} */
  timeline: (id) => read(`/jobs/${id}/timeline`),

  /** @param {number} id @returns {Promise<import('./types.js').Run>} */
  run: (id) => read(`/runs/${id}`),

  /**
   * A run's test images and its network's predictions.
   *
   * @param {number} id
   * @returns {Promise<TestImages|undefined>} undefined if the run stored no predictions
   */
  async testImages(id) {
    const { artifacts } = await api.run(id);
    const file = artifacts.find(({ kind }) => kind === 'predictions');
    if (!file) {
      return undefined;
    }
    const { classes, test } = await read(`/artifacts/${file.id}`);
    const images = test.map((/** @type {{image: string, label: number, predicted: number}} */ { image, label, predicted }) => ({
      path: image,
      class: classes[label],
      predicted: classes[predicted],
    }));
    return { classes, images };
  },

  /**
   * A run's predictions, an image each.
   *
   * @param {number} id
   * @param {PredictionFilter} filter
   * @returns {Promise<import('./types.js').PredictionPage>}
   */
  predictions: (id, { alsoWrong = [], ...filter }) => read(`/runs/${id}/predictions${query({ ...filter, alsoWrong: alsoWrong.join(',') })}`),

  /** All that the filter admits, as comma-separated values. @param {number} id @param {PredictionFilter} filter @returns {Promise<Blob>} */
  predictionsFile: async (id, { alsoWrong = [], ...filter }) =>
    (await request(`/runs/${id}/predictions${query({ ...filter, alsoWrong: alsoWrong.join(',') })}`, { headers: { Accept: 'text/csv' } })).blob(),

  /** @param {RunFilter} filter @returns {Promise<import('./types.js').RunPage>} */
  runs: (filter) => read(`/runs${query(filter)}`),

  /** @param {number} id @param {{add: string[], remove: string[]}} tags @returns {Promise<import('./types.js').Annotation>} */
  changeTags: (id, tags) => sendJson('PATCH', `/runs/${id}/tags`, tags),

  /** @param {number} id @param {string} note empty: none @returns {Promise<import('./types.js').Annotation>} */
  setNote: (id, note) => sendJson('PUT', `/runs/${id}/note`, { note }),

  /** @param {number} a @param {number} b @param {string} set of images @returns {Promise<import('./types.js').RunPair>} */
  pair: (a, b, set) => read(`/pairs${query({ a, b, set })}`),

  /** The accuracies of a data set's trainings on their validation images. @param {string} dataset @returns {Promise<{results: import('./types.js').FoundResult[]}>} */
  validated: (dataset) => read(`/results${query({ experiment: 'train', output: 'accuracy', metric: 'accuracy', set: 'validation', dataset, limit: 10000 })}`),

  /** @param {number} id @returns {Promise<{results: import('./types.js').FoundResult[]}>} */
  results: (id) => read(`/runs/${id}/results`),

  /** @param {number} id @param {string} name @returns {Promise<import('./types.js').Statistic>} */
  statistic: (id, name) => read(`/runs/${id}/statistics/${name}`),

  /** @param {number} artifact @returns {Promise<import('./types.js').Matrix>} */
  matrix: (artifact) => read(`/artifacts/${artifact}`),

  /** @param {number} artifact @returns {Promise<ArrayBuffer>} */
  bytes: async (artifact) => (await request(`/artifacts/${artifact}`)).arrayBuffer(),

  /** @returns {Promise<{experiments: import('./types.js').Experiment[]}>} */
  experiments: () => read('/experiments'),

  /** @param {string} name of an experiment @param {object} entries @returns {Promise<import('./types.js').Check>} */
  check: (name, entries) => post(`/experiments/${encodeURIComponent(name)}/check`, entries),

  /** @param {object} spec @returns {Promise<Job>} */
  submit: (spec) => post('/jobs', spec),

  /**
   * Asks for an interactive job, which runs beside the queue.
   *
   * @param {object} spec
   * @returns {Promise<{job: Job, isNew: boolean}>} not new: one of the same specification
   */
  async explain(spec) {
    const response = await send('/jobs', { ...spec, interactive: true });
    return { job: await response.json(), isNew: response.status === 201 };
  },

  /** @param {number} id @returns {Promise<Job>} */
  cancel: (id) => post(`/jobs/${id}/cancel`),

  /** @param {number} id @returns {Promise<Job>} */
  pause: (id) => post(`/jobs/${id}/pause`),

  /** @param {number} id @returns {Promise<Job>} */
  resume: (id) => post(`/jobs/${id}/resume`),

  /** @param {number} id */
  remove: (id) => request(`/jobs/${id}`, { method: 'DELETE' }),

  /**
   * Changes when a queued job runs.
   *
   * @param {number} id
   * @param {{to: 'first'|'last'}|{priority: number|string}} where
   * @returns {Promise<Job>}
   */
  move: (id, where) => post(`/jobs/${id}/move`, where),

  /** @returns {Promise<{sweeps: Sweep[]}>} */
  sweeps: () => read('/sweeps'),

  /** @param {string} name @returns {Promise<import('./types.js').SweepWithJobs>} */
  sweep: (name) => read(`/sweeps/${encodeURIComponent(name)}`),

  /** @param {string} name @returns {Promise<Sweep & {shared: number[]}>} with the jobs that keep running because other sweeps share them */
  holdSweep: (name) => post(`/sweeps/${encodeURIComponent(name)}/hold`),

  /** @param {string} name @returns {Promise<Sweep>} */
  releaseSweep: (name) => post(`/sweeps/${encodeURIComponent(name)}/release`),

  /** @param {string} name @returns {Promise<Sweep & {shared: number[]}>} with the jobs that keep running because other sweeps share them */
  cancelSweep: (name) => post(`/sweeps/${encodeURIComponent(name)}/cancel`),

  /** @param {string} name @returns {Promise<Sweep & {resumed: number[]}>} with the jobs that are queued again */
  resumeSweep: (name) => post(`/sweeps/${encodeURIComponent(name)}/resume`),

  /** @param {string} name */
  removeSweep: (name) => request(`/sweeps/${encodeURIComponent(name)}`, { method: 'DELETE' }),

  /** @param {object} request a definition, or a preset with settings @returns {Promise<SubmittedSweep>} */
  submitSweep: (request) => post('/sweeps', request),

  /** @param {object} definition which may be incomplete @returns {Promise<import('./types.js').SweepCheck>} */
  checkSweep: (definition) => post('/sweeps/check', definition),

  /** @returns {Promise<SubmittedSweep>} */
  demo: () => api.submitSweep({ preset: 'demo' }),

  /** @returns {Promise<{presets: import('./types.js').Preset[]}>} */
  presets: () => read('/presets'),

  /** @param {ViewFilter} filter without a data set: of the built-in one, or one with runs @returns {Promise<import('./types.js').Comparison>} */
  comparison: (filter) => read(`/comparison${query(filter)}`),

  /** @returns {Promise<import('./types.js').ReceptiveFields>} */
  receptiveFields: () => read('/receptive-fields'),

  /** @returns {Promise<import('./types.js').Scrambling>} */
  scrambling: () => read('/scrambling'),

  /** @param {string} parameter of trainings @returns {Promise<import('./types.js').AccuracyOver>} on all data sets */
  accuracyOver: (parameter) => read(`/accuracy-over/${encodeURIComponent(parameter)}`),

  /**
   * A view as a file.
   *
   * @param {ViewName} view
   * @param {string} extension
   * @param {ViewFilter} filter
   * @returns {Promise<Blob>}
   */
  async viewFile(view, extension, filter) {
    return (await request(`/export/${view}.${extension}${query(filter)}`)).blob();
  },

  /** @param {ViewFilter} filter @returns {Promise<import('./types.js').Differences>} */
  differences: (filter) => read(`/differences${query(filter)}`),

  /** @param {ViewFilter} filter @returns {Promise<import('./types.js').ErrorAgreement>} */
  errorAgreement: (filter) => read(`/error-agreement${query(filter)}`),

  /** @param {ViewFilter} filter @returns {Promise<import('./types.js').Changes>} */
  changes: (filter) => read(`/changes${query(filter)}`),

  /** @param {ViewFilter} filter @returns {Promise<import('./types.js').Claims>} */
  claims: (filter) => read(`/claims${query(filter)}`),

  /** @param {string} experiment @param {ViewFilter} filter @returns {Promise<import('./types.js').Analysis>} */
  analysis: (experiment, filter) => read(`/analyses/${encodeURIComponent(experiment)}${query(filter)}`),

  /** @returns {Promise<{datasets: import('./types.js').Dataset[], damaged: import('./types.js').Damaged[]}>} */
  datasets: () => read('/datasets'),

  /** The images of a data set that show the same. @param {string} dataset @returns {Promise<import('./types.js').DuplicatePairs>} */
  duplicates: (dataset) => read(`/datasets/${encodeURIComponent(dataset)}/duplicates`),

  /** What is in a data set and what uses it. @param {string} dataset @returns {Promise<import('./types.js').DatasetDetails>} */
  dataset: (dataset) => read(`/datasets/${encodeURIComponent(dataset)}`),

  /**
   * @param {string} dataset
   * @param {{class?: string, part?: string, limit?: number, offset?: number}} filter
   * @returns {Promise<{total: number, images: import('./types.js').DatasetImage[]}>}
   */
  datasetImages: (dataset, filter) => read(`/datasets/${encodeURIComponent(dataset)}/images${query(filter)}`),

  /** The address of a picture, by default a small one. @param {string} dataset @param {string} path @param {number} [size] */
  datasetImage: (dataset, path, size) =>
    `${ROOT}/datasets/${encodeURIComponent(dataset)}/image?path=${encodeURIComponent(path)}${size ? `&size=${size}` : ''}`,

  /**
   * @param {{name: string, source: string}} request
   * @param {Blob} file
   * @param {(share: number) => void} sent
   * @param {AbortSignal} signal
   * @returns {Promise<import('./types.js').DatasetImport>} the import, which begins then
   */
  uploadDataset: (request, file, sent, signal) => upload(`/datasets?${new URLSearchParams(request)}`, file, sent, signal),

  /** @returns {Promise<{imports: import('./types.js').DatasetImport[]}>} */
  datasetImports: () => read('/dataset-imports'),

  /** Cancels an import, or forgets how it ended. @param {string} name */
  cancelDatasetImport: (name) => request(`/dataset-imports/${encodeURIComponent(name)}`, { method: 'DELETE' }),

  /** @param {string} name */
  removeDataset: (name) => request(`/datasets/${encodeURIComponent(name)}`, { method: 'DELETE' }),

  /** Those of a training's images that an earlier part of its split has, too. @param {number} id @returns {Promise<import('./types.js').RepeatedImages>} */
  repeatedImages: (id) => read(`/runs/${id}/duplicates`),

  /** @returns {Promise<{architectures: import('./types.js').ArchitectureChoice[]}>} */
  architectures: () => read('/architectures'),

  /** @returns {Promise<{weights: import('./types.js').Weights[], damaged: import('./types.js').Damaged[]}>} */
  weights: () => read('/weights'),

  /**
   * @param {{name: string, architecture?: string, source?: string, regime?: string}} request
   * @param {Blob} file
   * @param {(share: number) => void} sent
   * @param {AbortSignal} signal
   * @returns {Promise<import('./types.js').Weights>}
   */
  importWeights: (request, file, sent, signal) =>
    upload(`/weights${query(request)}`, file, sent, signal),

  /** @param {string} name */
  removeWeights: (name) => request(`/weights/${encodeURIComponent(name)}`, { method: 'DELETE' }),

  /** @param {string} name @returns {string} the file's address */
  weightsFile: (name) => `${ROOT}/weights/${encodeURIComponent(name)}/file`,

  /** Who changed what, newest first. @param {{limit?: number, before?: number}} page @returns {Promise<{entries: import('./types.js').AuditEntry[]}>} */
  audit: (page) => read(`/audit${query(page)}`),

  /** Who uses this page. @returns {Promise<import('./types.js').Session>} */
  session: () => read('/session'),

  /** Makes the browser forget its token. */
  logOut: () => request('/session', { method: 'DELETE' }),

  /** @returns {Promise<import('./types.js').Storage>} */
  storage: () => read('/storage'),

  /** @returns {Promise<import('./types.js').Retention>} files due for removal, and files removed */
  retention: () => read('/storage/retention'),

  /** @returns {Promise<{devices: import('./types.js').Device[]}>} */
  devices: () => read('/devices'),
};
