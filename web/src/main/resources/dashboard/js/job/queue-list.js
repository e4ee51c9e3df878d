import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { ordinal, plural } from '../app/format.js';
import { acting } from '../controls/acting.js';
import { askingButton } from '../controls/question.js';
import { jobList } from './job-list.js';
import { aheadOf, aheadOfRow, placed, queueGroups, target } from './queue-groups.js';
import { dragRow } from './row-drag.js';
import { cancellable, ended, pausable, resumable } from './words.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {{before: number}|{after: number}|{to: 'first'|'last'}} Place
 */

/** @param {Job} job */
const movable = ({ state, interactive }) => state === 'QUEUED' && !interactive;

/** @param {number} id */
const handleId = (id) => `drag-${id}`;

/**
 * The jobs in the order of their execution, which can be dragged, moved with the keyboard, and selected to be changed
 * together.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {object} page
 * @param {() => void} page.draw
 * @param {() => Job[]} page.jobs the jobs that the page shows
 * @param {() => unknown} page.reload
 * @param {(job: Job) => unknown} page.controls actions in a job's row
 */
export function queueList(api, { draw, jobs, reload, controls }) {
  const actions = acting(draw);
  /** @type {Set<number>} */
  const selected = new Set();
  /** The jobs that were moved last. @type {number[]} */
  let moved = [];
  let outcome = '';
  /** The job that is moved with the keyboard. @type {number|undefined} */
  let held;
  /** How many rows are above the pointer that drags one. @type {number|undefined} */
  let above;

  const chosen = () => jobs().filter(({ id, state }) => selected.has(id) && !ended(state));
  /** The jobs that move with this one. @param {number} id */
  const together = (id) => (selected.has(id) ? placed(chosen()).map((job) => job.id) : [id]);

  /** @param {number[]} ids @param {Place} place */
  const move = (ids, place) => actions.act(async () => {
    outcome = '';
    await api.changeJobs({ jobs: ids, move: place });
    await reload();
    moved = ids;
  });

  /** @param {Job} job @param {number} ahead how many others are to run before it */
  function moveTo(job, ahead) {
    const queue = placed(jobs());
    const ids = together(job.id);
    const place = target(queue, ids, ahead);
    return place && !actions.busy ? move(ids, place) : undefined;
  }

  /** @param {Job} job @param {KeyboardEvent} event */
  async function key(job, event) {
    const queue = placed(jobs());
    const now = aheadOf(queue, together(job.id));
    const ahead = { ArrowUp: now - 1, ArrowDown: now + 1, Home: 0, End: queue.length }[event.key];
    if (ahead !== undefined) {
      event.preventDefault();
      held = job.id;
      await moveTo(job, ahead);
    }
  }

  /** A row that is moved in the document loses the focus. */
  function keepFocus() {
    const handle = /** @type {HTMLElement|null} */ (document.querySelector(`[data-testid=${handleId(held ?? 0)}]`));
    if (document.activeElement === document.body) {
      handle?.focus({ preventScroll: true });
    } else if (document.activeElement !== handle) {
      held = undefined;
    }
  }

  /** @param {Job} job @param {PointerEvent} event */
  const grab = (job, event) => dragRow(event, {
    over(rows) {
      above = rows;
      draw();
    },
    drop(rows) {
      moveTo(job, aheadOfRow(jobs(), rows, together(job.id)));
    },
  });

  /** @param {'cancel'|'pause'|'resume'} action @param {Job[]} some @param {string} done */
  const change = (action, some, done) => actions.act(async () => {
    moved = [];
    await api.changeJobs({ jobs: some.map(({ id }) => id), action });
    outcome = `${plural(some.length, 'job')} ${done}.`;
    selected.clear();
    await reload();
  });

  /** @param {Job[]} some @param {boolean} checked */
  function select(some, checked) {
    some.forEach(({ id }) => (checked ? selected.add(id) : selected.delete(id)));
    outcome = '';
    draw();
  }

  /** @param {Job[]} some @param {string} label @param {string} id */
  const check = (some, label, id) => html`<input type="checkbox" class="changes" aria-label=${label} data-testid=${id}
    .checked=${live(some.every((job) => selected.has(job.id)))} .indeterminate=${live(some.some((job) => selected.has(job.id)) && !some.every((job) => selected.has(job.id)))}
    @change=${(/** @type {any} */ event) => select(some, event.target.checked)}>`;

  /** The controls in front of a job. @param {Job} job */
  const lead = (job) => html`<span class="job-lead">${ended(job.state) ? nothing : check([job], `Select job ${job.id}`, `select-${job.id}`)}
    ${movable(job) && job.position !== undefined
      ? html`<button type="button" class="job-handle changes" data-testid=${handleId(job.id)} aria-label=${`Move job ${job.id}, ${ordinal(job.position)} to start`}
          aria-keyshortcuts="ArrowUp ArrowDown Home End" title="Drag, or press an arrow key, Home or End"
          @pointerdown=${(/** @type {PointerEvent} */ event) => grab(job, event)} @keydown=${(/** @type {KeyboardEvent} */ event) => key(job, event)}><span aria-hidden="true">⠿</span></button>`
      : nothing}</span>`;

  /** @param {string} id @param {string} words @param {Job[]} some @param {() => void} action */
  const button = (id, words, some, action) => html`<button class="button button-small" type="button" ?disabled=${actions.busy || some.length === 0} data-testid=${`selected-${id}`} @click=${action}>${words}</button>`;

  /** What can be done with the selected jobs. */
  function bar() {
    const all = chosen();
    if (all.length === 0) {
      return nothing;
    }
    const queued = all.filter(movable);
    const ids = queued.map(({ id }) => id);
    const running = all.filter(({ state, cancelRequested }) => pausable(state) && !cancelRequested);
    const paused = all.filter(({ state }) => resumable(state));
    const open = all.filter(({ state, cancelRequested }) => cancellable(state) && !cancelRequested);
    return html`<div class="selection changes" role="group" aria-label="Selected jobs" data-testid="selection">
      <span role="status">${plural(all.length, 'job')} selected</span>
      ${button('first', 'Run first', queued, () => move(ids, { to: 'first' }))}
      ${button('last', 'Run last', queued, () => move(ids, { to: 'last' }))}
      ${button('pause', 'Pause', running, () => change('pause', running, running.some(({ state }) => state === 'RUNNING') ? 'paused or pausing' : 'paused'))}
      ${button('resume', 'Resume', paused, () => change('resume', paused, 'queued again'))}
      ${open.length > 0
        ? askingButton({ id: 'selected-cancel', verb: 'Cancel', small: true, busy: actions.busy, action: () => change('cancel', open, 'cancelled'),
            question: { label: 'Cancel the selected jobs?', text: `Cancel ${plural(open.length, 'job')}?`, id: 'selected-cancel-confirm', verb: 'Cancel them' } })
        : nothing}
      ${button('none', 'Select none', all, () => select(all, false))}
    </div>`;
  }

  /** What became of the last change; a job that has started since was not "moved". */
  function said() {
    const waiting = placed(jobs()).filter(({ id }) => moved.includes(id));
    if (moved.length === 0 || waiting.length < moved.length) {
      return outcome;
    }
    const [first, last] = [waiting[0], waiting[waiting.length - 1]].map(({ position = 0 }) => ordinal(position));
    return waiting.length === 1
      ? `Job #${waiting[0].id} is now ${first} to start.`
      : `${plural(waiting.length, 'job')} moved: now ${first} ${waiting.length === 2 ? 'and' : 'to'} ${last} in the queue.`;
  }

  return {
    /** @param {string} [lostAt] when the connection was lost, if it was */
    template: (lostAt) => {
      if (held !== undefined) {
        requestAnimationFrame(keepFocus);
      }
      return html`${queueGroups(jobs()).map(({ id, words, jobs: some }) => html`<section class="job-group" aria-labelledby=${`group-${id}`} data-testid=${`group-${id}`}>
        <h3 id=${`group-${id}`}>${id === 'next' && some.length > 1 ? check(some, 'Select all jobs that run next', 'select-next') : nothing} ${words}</h3>
        ${id === 'next' && placed(some).length > 1 ? html`<p class="note changes" data-testid="reorder-hint">To change the order, drag a row by its handle <span aria-hidden="true">⠿</span>, or press an arrow key on it; or select jobs.</p>` : nothing}
        ${jobList(some, { controls, lead, lostAt, mark: id === 'next' ? above : undefined })}</section>`)}
      <div class="queue-foot">${bar()} <p class="outcome" role="status" data-testid="moved">${said()}</p> ${actions.failure()}</div>`;
    },
  };
}
