import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';

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
    draw();
  }

  return {
    /** @param {boolean} [quiet] whether it is a secondary button on the page */
    template: (quiet = false) => html`<button class=${quiet ? 'button' : 'button button-primary'} type="button" ?disabled=${busy}
        data-testid="demo-sweep" @click=${queue}>Queue the demo sweep</button>
      ${outcome ? html`<span class=${failed ? 'outcome outcome-bad' : 'outcome'} role="status">${outcome}
        ${failed ? nothing : html`<a href="#/queue">See the queue</a>`}</span>` : nothing}`,
  };
}
