import { Problem } from '../api/client.js';
import { loader } from '../app/view.js';
import { ended } from '../job/words.js';
import { readNpy } from '../picture/npy.js';
import { jobWithMaps, newestJobs } from './stored-maps.js';

/**
 * @typedef {import('../api/types.js').Artifact} Artifact
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../picture/npy.js').Grid} Grid
 * @typedef {{kind: string, run: number, image: string, [parameter: string]: string|number}} Spec
 *
 * An interactive job and the maps that it has drawn so far.
 * @typedef {object} Explanation
 * @property {Spec} spec
 * @property {Job} [job]
 * @property {boolean} own whether this page queued it
 * @property {Artifact[]} artifacts
 * @property {boolean} requested whether this page requested it; otherwise it only shows what exists
 * @property {boolean} missing whether no job has drawn it
 * @property {boolean} coarse whether the maps have fewer values than specified
 * @property {boolean} complete whether the job has ended and these are all of its artifacts
 * @property {unknown} [error]
 * @property {() => void} load loads the job and its artifacts
 *
 * A map's values, or why they could not be loaded; both absent while loading.
 * @typedef {{grid?: Grid, error?: unknown}} LoadedMap
 */

/** @param {unknown} error */
const unreachable = (error) => error instanceof Problem && error.code === 'unreachable';

/** Whether the interactive lane rejected a job that can be queued normally. @param {unknown} error */
export const mayBeQueued = (error) => error instanceof Problem && (error.code === 'lane-full' || error.field === 'interactive');

/**
 * The explanations that a page shows: maps that jobs have drawn, or are drawing. Others are drawn on request, each by
 * an interactive job.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw
 */
export function explanations(api, draw) {
  /** @type {Map<string, Explanation>} by specification */
  const all = new Map();
  /** @type {Map<number, LoadedMap>} by artifact */
  const maps = new Map();
  const keyOf = (/** @type {Spec} */ spec) => JSON.stringify(spec);

  /** @param {Spec} spec @returns {Explanation} */
  function explanationOf(spec) {
    /** @type {Explanation} */
    const explanation = { spec, own: false, artifacts: [], requested: false, missing: false, coarse: false, complete: false, load: () => undefined };
    const load = loader(
      async () => {
        const { job } = explanation;
        if (!job) {
          return undefined;
        }
        // The order matters: if the job has ended, the artifacts loaded after it are complete.
        const latest = await api.job(job.id);
        return { latest, artifacts: (await api.run(job.id)).artifacts };
      },
      ({ data, error }) => {
        if (data) {
          explanation.job = data.latest;
          // A training has drawn maps of several images.
          explanation.artifacts = data.artifacts.filter(({ facts }) => facts.image === undefined || facts.image === explanation.spec.image);
          explanation.complete = ended(data.latest.state);
          explanation.error = undefined;
        } else if (error) {
          explanation.error = error;
        }
        draw();
      },
      () => explanation.job?.id,
    );
    explanation.load = load;
    return explanation;
  }

  /** Finds what exists; this changes nothing in the lab. @param {Explanation} explanation @param {ReturnType<typeof newestJobs>} [newest] */
  const find = (explanation, newest) => start(explanation, async () => ({ isNew: false, ...(await jobWithMaps(api, explanation.spec, newest)) }));

  /** @param {Explanation} explanation */
  function request(explanation) {
    explanation.requested = true;
    return start(explanation, () => api.explain(explanation.spec));
  }

  /** @param {Explanation} explanation */
  const again = (explanation) => (explanation.requested ? request(explanation) : find(explanation));

  /** @param {Explanation} explanation @param {() => Promise<{job?: Job, isNew: boolean, coarse?: boolean}>} submit */
  async function start(explanation, submit) {
    Object.assign(explanation, { job: undefined, own: false, missing: false, coarse: false, complete: false, error: undefined });
    draw();
    try {
      const { job, isNew, coarse = false } = await submit();
      const shown = all.get(keyOf(explanation.spec));
      Object.assign(explanation, { missing: job === undefined, coarse });
      if (!job) {
        draw();
        return;
      }
      if (shown !== explanation) {
        abandon(job, isNew, shown);
        return;
      }
      explanation.job = job;
      // `own` may already be set, if an earlier request of this page queued the job.
      explanation.own ||= isNew;
      explanation.load();
    } catch (error) {
      explanation.error = error;
    }
    draw();
  }

  /**
   * Called if the user has moved on before the job was known.
   *
   * @param {Job} job
   * @param {boolean} isNew
   * @param {Explanation|undefined} shown the explanation that requested the same job, if the user has come back to it
   */
  function abandon(job, isNew, shown) {
    if (isNew && shown) {
      shown.own = true;
    } else if (isNew) {
      cancelQueued(job);
    }
  }

  /** Cancels the job of an image that is no longer shown, so that it does not delay the next one. @param {Job} job */
  function cancelQueued(job) {
    if (job.state === 'QUEUED') {
      // The job may have started in the meantime; then it will soon be done.
      api.cancel(job.id).catch(() => undefined);
    }
  }

  /** @param {Set<string>} wanted */
  function leaveAllBut(wanted) {
    for (const [key, { own, job }] of all) {
      if (!wanted.has(key)) {
        all.delete(key);
        if (own && job) {
          cancelQueued(job);
        }
      }
    }
  }

  /** After a reconnection, reloads what could not be loaded without a connection, and what may have changed meanwhile. */
  function reconnected() {
    for (const [id, { error }] of maps) {
      if (unreachable(error)) {
        maps.delete(id);
      }
    }
    for (const explanation of all.values()) {
      if (explanation.job) {
        explanation.load();
      } else if (unreachable(explanation.error)) {
        again(explanation);
      }
    }
    draw();
  }

  /** The explanations that are shown and not fully drawn, by any job. */
  const lacking = () => [...all.values()].filter(({ missing, coarse }) => missing || coarse);

  /** @param {Artifact} map @returns {LoadedMap} */
  function loaded(map) {
    const known = maps.get(map.id);
    if (known) {
      return known;
    }
    /** @type {LoadedMap} */
    const entry = {};
    maps.set(map.id, entry);
    api.bytes(map.id)
      .then((file) => { entry.grid = readNpy(file); })
      .catch((error) => { entry.error = error; })
      .then(draw);
    return entry;
  }

  return {
    /**
     * Shows exactly these explanations.
     *
     * @param {Spec[]} specs
     * @param {() => boolean} drawing whether those that do not exist are requested
     */
    show(specs, drawing) {
      leaveAllBut(new Set(specs.map(keyOf)));
      const newest = newestJobs(api);
      for (const spec of specs) {
        if (!all.has(keyOf(spec))) {
          const explanation = explanationOf(spec);
          all.set(keyOf(spec), explanation);
          find(explanation, newest).then(() => {
            if (drawing() && lacking().includes(explanation)) {
              request(explanation);
            }
          });
        }
      }
    },

    /** @param {Spec} spec */
    of: (spec) => all.get(keyOf(spec)),

    lacking,

    /** Requests those that are not fully drawn. */
    request: () => lacking().forEach(request),

    again,

    /** @param {Explanation} explanation */
    queue: (explanation) => start(explanation, async () => ({ job: await api.submit(explanation.spec), isNew: false })),

    /** @param {Explanation} explanation */
    async cancel(explanation) {
      if (explanation.job) {
        try {
          explanation.job = await api.cancel(explanation.job.id);
        } catch (error) {
          explanation.error = error;
        }
        draw();
      }
    },

    /** @param {import('../api/events.js').LiveEvent} event */
    heard({ type, data }) {
      if (type === 'reset') {
        reconnected();
        return;
      }
      for (const explanation of all.values()) {
        const { job } = explanation;
        if (type === 'job' && data.id === job?.id) {
          explanation.job = data;
          explanation.load();
          draw();
        } else if (type === 'progress' && job && data.job === job.id) {
          explanation.job = { ...job, progress: data };
          draw();
        } else if (type === 'artifact' && data.job === job?.id) {
          explanation.load();
        }
      }
    },

    /** The values of a map, once they are loaded. @param {Artifact} map */
    grid: (map) => loaded(map).grid,

    /** Why the values of a map could not be loaded. @param {Artifact} map */
    mapError: (map) => loaded(map).error,

    /** @param {Artifact} map */
    loadMapAgain(map) {
      maps.delete(map.id);
      draw();
    },

    /** Cancels jobs that are queued for this page only. */
    close() {
      leaveAllBut(new Set());
    },
  };
}
