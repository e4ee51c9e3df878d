import { html, nothing } from 'lit-html';
import { Problem } from '../api/client.js';
import { signed } from '../app/format.js';
import { acting } from '../controls/acting.js';
import { textField } from '../controls/field.js';

/** @typedef {import('../api/types.js').Job} Job */

/**
 * Changes when a queued job runs: before or after the other jobs of its priority, or with a different priority.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, changed: (job: Job) => void}} page
 */
export function jobOrder(api, { draw, changed }) {
  const actions = acting(draw);
  /** The job that was moved last, and the outcome. @type {{id: number, words: string}|undefined} */
  let moved;
  /** The text entered as a job's priority. @type {{id: number, text: string}|undefined} */
  let typed;

  /** @param {Job} job @param {{to: 'first'|'last'}|{priority: number|string}} where @param {string} words */
  const move = (job, where, words) => actions.act(async () => {
    moved = undefined;
    changed(await api.move(job.id, where));
    moved = { id: job.id, words };
    typed = undefined;
  }, job.id);

  /** @param {Job} job @param {'first'|'last'} to */
  const end = (job, to) => move(job, { to }, `Moved: runs ${to} among jobs with priority ${signed(job.priority)}.`);

  /** @param {Job} job @param {Event} event */
  function prioritize(job, event) {
    event.preventDefault();
    const text = typed?.text.trim() ?? String(job.priority);
    const priority = text.replace('−', '-');
    // Text that is not a number is sent as it is, so that the server reports the error.
    move(job, { priority: /^-?\d+$/.test(priority) ? Number(priority) : text }, `Priority set to ${signed(Number(priority))}.`);
  }

  /** @param {Job} job */
  const ends = (job) => html`<button class="button button-small changes" type="button" ?disabled=${actions.busy} data-testid="move-first"
      aria-label=${`Run job ${job.id} first`} @click=${() => end(job, 'first')}>First</button>
    <button class="button button-small changes" type="button" ?disabled=${actions.busy} data-testid="move-last"
      aria-label=${`Run job ${job.id} last`} @click=${() => end(job, 'last')}>Last</button>`;

  /** @param {Job} job */
  const outcome = (job) => html`<span class="outcome" role="status" data-testid="moved">${moved?.id === job.id ? moved.words : nothing}</span>`;

  return {
    /** The controls on the page of a queued job. @param {Job} job */
    template(job) {
      if (job.state !== 'QUEUED' || job.interactive) {
        return nothing;
      }
      const cause = actions.error(job.id);
      const field = cause instanceof Problem && cause.field === 'priority';
      return html`<form class="order changes" novalidate @submit=${(/** @type {Event} */ event) => prioritize(job, event)} data-testid="order">
        <fieldset><legend>Order among jobs of the same priority</legend><div class="actions">${ends(job)}</div></fieldset>
        <div class="order-priority">
          ${textField({
            name: 'priority',
            label: 'Priority (higher runs first)',
            mode: 'text',
            value: typed?.id === job.id ? typed.text : signed(job.priority),
            error: field ? /** @type {Problem} */ (cause).message : undefined,
            change(text) {
              typed = { id: job.id, text };
              draw();
            },
          })}
          <button class="button" type="submit" ?disabled=${actions.busy} data-testid="set-priority">Set</button>
        </div>
        ${outcome(job)} ${field ? nothing : actions.failure(job.id)}
      </form>`;
    },
  };
}
