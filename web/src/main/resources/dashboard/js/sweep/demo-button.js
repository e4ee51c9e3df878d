import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { sweepHref } from '../app/routes.js';
import { acting } from '../controls/acting.js';
import { askingButton } from '../controls/question.js';

const SWEEP = 'demo';

/**
 * The button that queues the demo sweep, with the outcome; if the sweep exists, a link to it.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw
 */
export function demoButton(api, draw) {
  const actions = acting(draw);
  let outcome = '';
  let asked = false;
  /** Whether the demo sweep exists; undefined if not known yet. @type {boolean|undefined} */
  let exists;
  let done = false;

  async function queue() {
    outcome = '';
    const { jobs, existing } = await api.demo();
    outcome = existing ? `The demo sweep already exists: ${plural(jobs.length, 'job')}.` : `${plural(jobs.length, 'job')} queued.`;
    exists = true;
  }

  /** Called only where the button is shown: a lab may have many sweeps. */
  async function look() {
    asked = true;
    const sweep = await api.sweeps().then(({ sweeps }) => sweeps.find(({ id }) => id === SWEEP), () => undefined);
    exists = sweep !== undefined;
    done = sweep?.endedAt !== undefined;
    draw();
  }

  /** @param {boolean} quiet */
  function button(quiet) {
    if (!asked) {
      look();
    }
    if (exists === undefined || (quiet && done)) {
      return nothing;
    }
    return exists
      ? html`<a href=${sweepHref(SWEEP)} data-testid="demo-queued">See the demo sweep</a>`
      : askingButton({
          id: 'demo-sweep',
          verb: 'Queue the demo sweep',
          primary: !quiet,
          busy: actions.busy,
          action: () => actions.act(queue),
          question: {
            label: 'Queue the demo sweep?',
            text: 'Queue seven trainings, which take up to fifteen minutes on two cores?',
            id: 'demo-confirm',
            verb: 'Queue them',
            harmless: true,
          },
        });
  }

  return {
    /** @param {boolean} [quiet] whether it is a secondary button on the page */
    template: (quiet = false) => html`${button(quiet)} ${actions.failure()}
      ${outcome ? html`<span class="outcome" role="status">${outcome} <a href="#/queue">See the queue</a></span>` : nothing}`,
  };
}
