import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { deletion } from '../controls/question.js';

const KEY = 'demo';

/**
 * The button that queues the demo sweep, with its outcome.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw
 */
export function demoButton(api, draw) {
  let busy = false;
  let outcome = '';
  let failed = false;
  const asking = deletion({ draw });

  async function queue() {
    busy = true;
    draw();
    try {
      const { jobs, existing } = await api.demo();
      outcome = existing ? `The demo sweep already exists: ${plural(jobs.length, 'job')}.` : `${plural(jobs.length, 'job')} queued.`;
      failed = false;
    } catch (error) {
      outcome = error instanceof Error ? error.message : String(error);
      failed = true;
    }
    busy = false;
    asking.keep();
  }

  return {
    /** @param {boolean} [quiet] whether it is a secondary button on the page */
    template: (quiet = false) => html`${asking.asks(KEY)
        ? asking.question({
            key: KEY,
            label: 'Queue the demo sweep?',
            text: 'Queue seven trainings, which take up to fifteen minutes on two cores?',
            busy,
            remove: queue,
            id: 'demo-confirm',
            verb: 'Queue them',
            harmless: true,
          })
        : asking.button({ key: KEY, id: 'demo-sweep', verb: 'Queue the demo sweep', primary: !quiet })}
      ${outcome ? html`<span class=${failed ? 'outcome outcome-bad' : 'outcome'} role="status">${outcome}
        ${failed ? nothing : html`<a href="#/queue">See the queue</a>`}</span>` : nothing}`,
  };
}
