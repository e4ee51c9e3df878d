import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { sweepHref } from '../app/routes.js';
import { deletion } from '../controls/question.js';

const KEY = 'demo';
const SWEEP = 'demo';

/**
 * The button that queues the demo sweep, with its outcome; a link to the sweep if there is one.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw
 */
export function demoButton(api, draw) {
  let busy = false;
  let outcome = '';
  let failed = false;
  let asked = false;
  /** Undefined: not known yet. @type {boolean|undefined} */
  let exists;
  const asking = deletion({ draw });

  async function queue() {
    busy = true;
    draw();
    try {
      const { jobs, existing } = await api.demo();
      outcome = existing ? `The demo sweep already exists: ${plural(jobs.length, 'job')}.` : `${plural(jobs.length, 'job')} queued.`;
      failed = false;
      exists = true;
    } catch (error) {
      outcome = error instanceof Error ? error.message : String(error);
      failed = true;
    }
    busy = false;
    asking.keep();
  }

  /** Only where the button is shown: a lab has many sweeps. */
  async function look() {
    asked = true;
    exists = await api.sweeps().then(({ sweeps }) => sweeps.some(({ id }) => id === SWEEP), () => false);
    draw();
  }

  /** @param {boolean} quiet */
  function button(quiet) {
    if (!asked) {
      look();
    }
    if (exists === undefined) {
      return nothing;
    }
    return exists
      ? html`<a href=${sweepHref(SWEEP)} data-testid="demo-queued">See the demo sweep</a>`
      : asking.button({ key: KEY, id: 'demo-sweep', verb: 'Queue the demo sweep', primary: !quiet });
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
        : button(quiet)}
      ${outcome ? html`<span class=${failed ? 'outcome outcome-bad' : 'outcome'} role="status">${outcome}
        ${failed ? nothing : html`<a href="#/queue">See the queue</a>`}</span>` : nothing}`,
  };
}
