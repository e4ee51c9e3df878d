import { html, nothing } from 'lit-html';
import { plural } from '../format.js';
import { sweepFormHref } from '../routes.js';
import { entriesOf } from '../sweep-definition.js';
import { cancellable, statesOf } from '../words.js';
import { failure } from './notices.js';
import { deletion } from './question.js';

/** @typedef {import('../types.js').Sweep} Sweep */

/**
 * What can be done with a sweep as it stands.
 *
 * @param {typeof import('../api.js').api} api
 * @param {{draw: () => void, changed: (sweep: Sweep) => void}} page
 */
export function sweepActions(api, { draw, changed }) {
  const asking = deletion({ draw });
  let busy = false;
  /** @type {unknown} */
  let error;

  /** @param {() => Promise<Sweep>} action */
  async function act(action) {
    busy = true;
    error = undefined;
    draw();
    try {
      changed(await action());
    } catch (cause) {
      error = cause;
    }
    busy = false;
    draw();
  }

  /** @param {Sweep} sweep */
  async function cancel(sweep) {
    await act(() => api.cancelSweep(sweep.id));
    asking.keep();
  }

  /** @param {Sweep} sweep */
  function cancellation(sweep) {
    const open = statesOf(sweep.counts).reduce((sum, [state, n]) => sum + (cancellable(state) ? n : 0), 0);
    const key = `sweep-${sweep.id}`;
    if (open === 0 && !asking.asks(key)) {
      return nothing;
    }
    return asking.asks(key)
      ? asking.question({
          key,
          label: 'Cancel this sweep?',
          text: `Cancel ${open === 1 ? 'the job' : `the ${plural(open, 'job')}`} that ${open === 1 ? 'has' : 'have'} not ended? What is done stays.`,
          busy,
          remove: () => cancel(sweep),
          id: 'cancel-sweep-confirm',
          verb: 'Cancel them',
        })
      : asking.button({ key, id: 'cancel-sweep', verb: 'Cancel the sweep' });
  }

  /** @param {Sweep} sweep */
  function holding(sweep) {
    if (sweep.hold) {
      return html`<button class="button button-primary" type="button" ?disabled=${busy} data-testid="release-sweep"
        @click=${() => act(() => api.releaseSweep(sweep.id))}>Release</button>`;
    }
    return sweep.endedAt
      ? nothing
      : html`<button class="button" type="button" ?disabled=${busy} data-testid="hold-sweep" @click=${() => act(() => api.holdSweep(sweep.id))}>Hold</button>`;
  }

  return {
    /** @param {Sweep} sweep */
    template: (sweep) => html`<div class="actions" data-testid="sweep-actions">
        ${holding(sweep)}
        ${sweep.definition && entriesOf(sweep.definition)
          ? html`<a class="button" href=${sweepFormHref(sweep.id)} data-testid="copy-sweep">New sweep like this</a>`
          : nothing}
        ${cancellation(sweep)}
      </div>
      ${error ? failure(error) : nothing}`,
  };
}
