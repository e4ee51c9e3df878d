/**
 * @typedef {import('./types.js').Job} Job
 *
 * A test image: its path in the data set, its true class and its predicted class.
 * @typedef {{path: string, class: string, predicted: string}} TestImage
 * @typedef {{classes: string[], images: TestImage[]}} TestImages
 *
 * @typedef {import('./types.js').Responses} Responses
 * @typedef {import('./types.js').Queries} Queries
 *
 * The name of a view: comparison, claims, ..., or EXPERIMENT-OUTPUT.
 * @typedef {string} ViewName
 * @typedef {Queries['GET /export/{file}']} ViewFilter selects a part of a view
 * @typedef {Omit<Queries['GET /runs/{id}/predictions'], 'alsoWrong'> & {alsoWrong?: number[]}} PredictionFilter
 */

/**
 * The input of a request: a filter in the query string of a read request, or the JSON body of a write request.
 *
 * @template {string} Route
 * @typedef {Route extends `GET ${string}` ? (Route extends keyof Queries ? Queries[Route] : {}) : object} Input
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
 * Turns a lost connection into a {@link Problem}.
 *
 * @template T
 * @param {() => Promise<T>} receive
 * @param {AbortSignal|null} [signal] ends it, which is no problem
 */
async function connected(receive, signal) {
  try {
    return await receive();
  } catch (cause) {
    throw signal?.aborted ? cause : new Problem(UNREACHABLE);
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
  const response = await connected(() => fetch(ROOT + path, init), init.signal);
  if (response.ok) {
    return response;
  }
  if (response.status === 401) {
    // The token was revoked: at this URL, the server now responds with the login page.
    location.reload();
  }
  throw problemOf(response.status, await response.json().catch(() => ({})));
}

/** A filter as a query string. @param {{[name: string]: string|number|boolean|undefined}} filter */
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

/**
 * Sends a request that the API contract defines.
 *
 * @param {string} route its method and its path, with the path parameter in braces
 * @param {string|number|undefined} place value of the path parameter
 * @param {object} [input]
 */
function send(route, place, input) {
  const [method, path] = route.split(' ');
  const address = path.replace(/\{\w+\}/, encodeURIComponent(String(place)));
  if (method === 'GET') {
    return request(address + query(/** @type {Record<string, string>} */ (input ?? {})));
  }
  return request(address, { method, ...(input && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(input) }) });
}

/** @template {keyof Responses} Route @param {Route} route @returns {(input?: Input<Route>) => Promise<Responses[Route]>} */
const call = (route) => async (input) => (await send(route, undefined, input)).json();

/** The same for one job, sweep, data set, ... @template {keyof Responses} Route @param {Route} route @returns {(of: string|number, input?: Input<Route>) => Promise<Responses[Route]>} */
const about = (route) => async (of, input) => (await send(route, of, input)).json();

/**
 * Uploads a file and reports progress, which `fetch` cannot do.
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

/**
 * The lines of a response's body, as they arrive.
 *
 * @param {Response} response
 * @param {AbortSignal} signal ends them
 */
async function* linesOf(response, signal) {
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).pipeThrough(new TextDecoderStream()).getReader();
  const next = () => connected(() => reader.read(), signal);
  let rest = '';
  try {
    for (let part = await next(); !part.done; part = await next()) {
      const lines = (rest + part.value).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    // Nobody reads on. Of a broken connection nothing is left to cancel.
    reader.cancel().catch(() => {});
  }
}

/** The HTTP API: one function for each route that the dashboard uses. */
export const api = {
  jobs: call('GET /jobs'),
  job: about('GET /jobs/{id}'),

  /** @param {number} id @returns {Promise<string>} the end of the log */
  log: async (id) => (await request(`/jobs/${id}/log?bytes=65536`)).text(),
  timeline: about('GET /jobs/{id}/timeline'),
  run: about('GET /runs/{id}'),

  /**
   * A run's test images and its network's predictions for them.
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
    const { classes, test } = await (await request(`/artifacts/${file.id}`)).json();
    const images = test.map((/** @type {{image: string, label: number, predicted: number}} */ { image, label, predicted }) => ({
      path: image,
      class: classes[label],
      predicted: classes[predicted],
    }));
    return { classes, images };
  },

  /** A run's predictions, one per image. @param {number} id @param {PredictionFilter} filter */
  predictions: (id, { alsoWrong = [], ...filter }) => about('GET /runs/{id}/predictions')(id, { ...filter, alsoWrong: alsoWrong.join(',') }),

  /** All predictions that match the filter, as CSV. @param {number} id @param {PredictionFilter} filter @returns {Promise<Blob>} */
  predictionsFile: async (id, { alsoWrong = [], ...filter }) =>
    (await request(`/runs/${id}/predictions${query({ ...filter, alsoWrong: alsoWrong.join(',') })}`, { headers: { Accept: 'text/csv' } })).blob(),

  runs: call('GET /runs'),
  changeTags: about('PATCH /runs/{id}/tags'),

  /** @param {number} id @param {string} note empty for no note */
  setNote: (id, note) => about('PUT /runs/{id}/note')(id, { note }),

  /** @param {number} a @param {number} b @param {string} set of images */
  pair: (a, b, set) => call('GET /pairs')({ a, b, set }),

  /** @param {number} run @param {number} from the run to compare it with */
  difference: (run, from) => about('GET /runs/{id}/difference')(run, { from }),

  /** The validation accuracies of the trainings on a data set. @param {string} dataset */
  validated: (dataset) => call('GET /results')({ experiment: 'train', output: 'accuracy', metric: 'accuracy', set: 'validation', dataset, limit: 10000 }),
  results: about('GET /runs/{id}/results'),

  /** @param {number} id @param {string} name @returns {Promise<import('./types.js').Statistic>} */
  statistic: async (id, name) => (await request(`/runs/${id}/statistics/${name}`)).json(),

  /** @param {number} artifact @returns {Promise<import('./types.js').Matrix>} */
  matrix: async (artifact) => (await request(`/artifacts/${artifact}`)).json(),

  /** @param {number} artifact @returns {Promise<ArrayBuffer>} */
  bytes: async (artifact) => (await request(`/artifacts/${artifact}`)).arrayBuffer(),

  experiments: call('GET /experiments'),
  check: about('POST /experiments/{name}/check'),
  submit: call('POST /jobs'),

  /** The URL of a picture of the first images of a requested training. @param {string} experiment @param {object} request may be incomplete */
  requestedImages: (experiment, request) => `${ROOT}/experiments/${encodeURIComponent(experiment)}/images?request=${encodeURIComponent(JSON.stringify(request))}`,

  /** The same for a training that was queued. @param {number} job */
  jobImages: (job) => `${ROOT}/jobs/${job}/images`,

  /**
   * Requests an interactive job, which runs outside the queue.
   *
   * @param {object} spec
   * @returns {Promise<{job: Job, isNew: boolean}>} not new if a job with the same specification exists
   */
  async explain(spec) {
    const response = await send('POST /jobs', undefined, { ...spec, interactive: true });
    return { job: await response.json(), isNew: response.status === 201 };
  },

  cancel: about('POST /jobs/{id}/cancel'),
  pause: about('POST /jobs/{id}/pause'),
  resume: about('POST /jobs/{id}/resume'),
  reproduce: about('POST /jobs/{id}/reproduce'),
  /** @param {number} id */
  remove: (id) => send('DELETE /jobs/{id}', id),
  move: about('POST /jobs/{id}/move'),
  changeJobs: call('POST /jobs/change'),

  submitBatch: call('POST /job-batches'),
  checkBatch: call('POST /job-batches/check'),

  failures: call('GET /failures'),
  sweeps: call('GET /sweeps'),
  sweep: about('GET /sweeps/{id}'),
  sweepTrials: about('GET /sweeps/{id}/trials'),
  sweepImportance: about('GET /sweeps/{id}/importance'),
  holdSweep: about('POST /sweeps/{id}/hold'),
  releaseSweep: about('POST /sweeps/{id}/release'),
  cancelSweep: about('POST /sweeps/{id}/cancel'),
  resumeSweep: about('POST /sweeps/{id}/resume'),
  removeSweep: about('DELETE /sweeps/{id}'),
  submitSweep: call('POST /sweeps'),
  checkSweep: call('POST /sweeps/check'),
  demo: () => api.submitSweep({ preset: 'demo' }),
  presets: call('GET /presets'),

  comparison: call('GET /comparison'),
  receptiveFields: call('GET /receptive-fields'),
  scrambling: call('GET /scrambling'),
  accuracyOver: about('GET /accuracy-over/{name}'),
  differences: call('GET /differences'),
  errorAgreement: call('GET /error-agreement'),
  changes: call('GET /changes'),
  claims: call('GET /claims'),
  digest: call('GET /digest'),
  forecast: call('GET /forecast'),
  analysis: about('GET /analyses/{name}'),

  /** A view as a file. @param {ViewName} view @param {string} extension @param {ViewFilter} filter @returns {Promise<Blob>} */
  viewFile: async (view, extension, filter) => (await request(`/export/${view}.${extension}${query(filter)}`)).blob(),

  /**
   * All results on a data set as files, line by line.
   *
   * @param {{dataset: string, forms: string, published?: boolean, troubled?: boolean, trials?: boolean}} filter
   * @param {object[]} figures that were drawn
   * @param {AbortSignal} signal
   * @returns {AsyncGenerator<import('./types.js').ExportLine>}
   */
  async *exportResults(filter, figures, signal) {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ figures }), signal };
    for await (const line of linesOf(await request(`/exports${query(filter)}`, init), signal)) {
      yield JSON.parse(line);
    }
  },

  datasets: call('GET /datasets'),
  dataset: about('GET /datasets/{name}'),
  datasetImages: about('GET /datasets/{name}/images'),

  /** The duplicate images of a data set. */
  duplicates: about('GET /datasets/{name}/duplicates'),

  /** The URL of an image, by default in thumbnail size. @param {string} dataset @param {string} path @param {number} [size] */
  datasetImage: (dataset, path, size) => 
    `${ROOT}/datasets/${encodeURIComponent(dataset)}/image?path=${encodeURIComponent(path)}${size ? `&size=${size}` : ''}`,

  /**
   * @param {{name: string, source: string}} request
   * @param {Blob} file
   * @param {(share: number) => void} sent
   * @param {AbortSignal} signal
   * @returns {Promise<import('./types.js').DatasetImport>} the import that this starts
   */
  uploadDataset: (request, file, sent, signal) => upload(`/datasets${query(request)}`, file, sent, signal),
  datasetImports: call('GET /dataset-imports'),

  /** Cancels an import, or dismisses the outcome of one that has ended. @param {string} name */
  cancelDatasetImport: (name) => send('DELETE /dataset-imports/{name}', name),
  /** @param {string} name */
  removeDataset: (name) => send('DELETE /datasets/{name}', name),

  /** A training's images that also occur in an earlier part of its split. */
  repeatedImages: about('GET /runs/{id}/duplicates'),
  architectures: call('GET /architectures'),
  weights: call('GET /weights'),

  /**
   * @param {{name: string, architecture?: string, source?: string, regime?: string}} request
   * @param {Blob} file
   * @param {(share: number) => void} sent
   * @param {AbortSignal} signal
   * @returns {Promise<import('./types.js').Weights>}
   */
  importWeights: (request, file, sent, signal) => upload(`/weights${query(request)}`, file, sent, signal),
  /** @param {string} name */
  removeWeights: (name) => send('DELETE /weights/{name}', name),
  /** @param {string} name @returns {string} the URL of the file */
  weightsFile: (name) => `${ROOT}/weights/${encodeURIComponent(name)}/file`,

  /** The audit log, newest entries first. */
  audit: call('GET /audit'),

  /** The current user's session. */
  session: call('GET /session'),

  /** Logs out: the browser's token is removed. */
  logOut: () => send('DELETE /session', undefined),
  storage: call('GET /storage'),

  /** Files due for removal, and files already removed. */
  retention: call('GET /storage/retention'),
  devices: call('GET /devices'),

  /** The recipients of notifications, without the secret parts of their addresses. */
  recipients: call('GET /messages/recipients'),
  testRecipients: call('POST /messages/test'),

  /** A message as it would be sent now. */
  messagePreview: call('GET /messages/preview'),

  /** The URL of the same as a page for a frame. @param {string} sweep empty for the daily message */
  messagePage: (sweep) => `${ROOT}/messages/preview/page${query({ sweep })}`,
};
