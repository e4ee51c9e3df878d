import { loader } from '../app/view.js';
import { failure, loading } from '../controls/notices.js';
import { parametersOf, queueable, TRAINING } from './experiments.js';
import { jobForm } from './job-form.js';

/**
 * The form that queues jobs of any experiment described by the server.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {URLSearchParams} query prefills fields; `form` names the experiment
 * @param {{draw: () => void, submitted: () => void}} page
 */
export function submitForm(api, query, { draw, submitted }) {
  /** The reason why there is no form. @type {unknown} */
  let unread;
  const form = jobForm(api, { draw, id: 'submit-form', submitted });

  const loadExperiments = loader(
    () => api.experiments(),
    ({ data, error }) => {
      unread = error;
      if (data) {
        const offered = queueable(data.experiments);
        const first = offered.find(({ name }) => name === query.get('form')) ?? offered[0];
        form.offer(offered, first, Object.fromEntries(parametersOf(first).flatMap(({ name }) => (query.has(name) ? [[name, query.get(name) ?? '']] : []))));
      }
      draw();
    },
  );

  const loadChoices = loader(
    () => Promise.all([api.datasets(), api.weights()]),
    ({ data }) => {
      // The list of jobs beside the form reports an unreachable server; the form keeps its state.
      if (data) {
        const [{ datasets, damaged }, { weights }] = data;
        form.answered();
        form.choices({ datasets, damaged, weights });
      }
    },
  );

  /** The newest finished trainings. */
  const loadRuns = loader(
    () => api.jobs({ state: 'SUCCEEDED', kind: TRAINING, limit: 1000 }),
    ({ data }) => {
      if (data) {
        form.choices({ runs: data.jobs });
      }
    },
  );

  function load() {
    loadExperiments();
    loadChoices();
    loadRuns();
  }

  load();
  return { load, loadRuns, jobChanged: form.jobChanged, template: () => form.template() ?? (unread ? failure(unread, loadExperiments) : loading()) };
}
