import { Problem } from '../api/client.js';
import { ended } from '../job/words.js';
import { readNpy } from '../picture/npy.js';

/**
 * @typedef {import('../api/types.js').Artifact} Artifact
 * @typedef {import('../picture/npy.js').Grid} Grid
 * @typedef {{kind: string, run: number, image: string, [parameter: string]: string|number}} Spec
 *
 * An interactive job and what it has drawn so far.
 * @typedef {object} Explanation
 * @property {Spec} spec
 * @property {import('../api/types.js').Job} [job]
 * @property {boolean} own whether this page queued it
 * @property {Artifact[]} artifacts
 * @property {unknown} [error]
 */

/** Whether the lane refused a job that can be queued normally. @param {unknown} error */
export const mayBeQueued = (error) => error instanceof Problem && (error.code === 'lane-full' || error.field === 'interactive');

/**
 * The explanations that a page shows. Each is an interactive job; one that has been done is used again.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw
 */
export function explanations(api, draw) {
  /** @type {Map<string, Explanation>} by specification */
  const all = new Map();
  /** @type {Map<number, Grid|undefined>} by artifact; undefined while it is loading, or if it is gone */
  const grids = new Map();
  /** @type {Set<string>} */
  let wanted = new Set();
  const keyOf = (/** @type {Spec} */ spec) => JSON.stringify(spec);

  /** @param {Explanation} explanation */
  async function load(explanation) {
    const { job } = explanation;
    if (job) {
      try {
        explanation.artifacts = (await api.run(job.id)).artifacts;
      } catch (error) {
        explanation.error = error;
      }
      draw();
    }
  }

  /** @param {Explanation} explanation @param {() => Promise<{job: import('../api/types.js').Job, isNew: boolean}>} submit */
  async function start(explanation, submit) {
    explanation.error = undefined;
    try {
      const { job, isNew } = await submit();
      explanation.job = job;
      explanation.own = isNew;
    } catch (error) {
      explanation.error = error;
    }
    draw();
    await load(explanation);
  }

  /** An image that is left behind must not keep the next one waiting. */
  function cancelUnwanted() {
    for (const [key, { own, job }] of all) {
      if (!wanted.has(key)) {
        all.delete(key);
        if (own && job?.state === 'QUEUED') {
          // It may have started since; then it is soon done.
          api.cancel(job.id).catch(() => undefined);
        }
      }
    }
  }

  return {
    /** Shows these, and no others. @param {Spec[]} specs */
    show(specs) {
      wanted = new Set(specs.map(keyOf));
      cancelUnwanted();
      for (const spec of specs) {
        if (!all.has(keyOf(spec))) {
          /** @type {Explanation} */
          const explanation = { spec, own: false, artifacts: [] };
          all.set(keyOf(spec), explanation);
          start(explanation, () => api.explain(spec));
        }
      }
    },

    /** @param {Spec} spec */
    of: (spec) => all.get(keyOf(spec)),

    /** @param {Explanation} explanation */
    again: (explanation) => start(explanation, () => api.explain(explanation.spec)),

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
      for (const explanation of all.values()) {
        const id = explanation.job?.id;
        if (type === 'job' && data.id === id) {
          explanation.job = data;
          if (ended(data.state)) {
            load(explanation);
          }
          draw();
        } else if (type === 'artifact' && data.job === id) {
          load(explanation);
        } else if (type === 'reset' && id !== undefined) {
          api.job(id).then((job) => { explanation.job = job; }).catch(() => undefined).then(() => load(explanation));
        }
      }
    },

    /** The values of a map, once they are loaded. @param {Artifact} map */
    grid(map) {
      if (!grids.has(map.id)) {
        grids.set(map.id, undefined);
        // A coarse map may have been replaced meanwhile.
        api.bytes(map.id).then((file) => { grids.set(map.id, readNpy(file)); }).catch(() => undefined).then(draw);
      }
      return grids.get(map.id);
    },

    /** Cancels what waits only for this page. */
    close() {
      wanted = new Set();
      cancelUnwanted();
    },
  };
}
