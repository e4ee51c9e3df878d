import { html, nothing } from 'lit-html';
import { loaded } from '../app/loaded.js';
import { replaceQuery, sweepHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { panel } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { operatorsOnly } from '../controls/operators-only.js';
import { forecast } from '../job/forecast.js';
import { sweepForm } from './sweep-form.js';
import { sweepList, sweepWhen } from './sweep-list.js';

/** The value of `new` in the URL for a form without a preset. */
const FROM_SCRATCH = 'scratch';

/**
 * All sweeps, and the form that queues one.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const like = route.query.get('like');
  const preset = route.query.get('new');
  let setting = like !== null || preset !== null;
  const page = openPage(root, 'Sweeps', () => html`<div class="title title-row">
      <h1>Sweeps</h1>
      ${setting ? nothing : html`<button class="button button-primary changes" type="button" @click=${() => set('')} data-testid="new-sweep">New sweep</button>`}
    </div>
    ${setting
      ? panel('form', 'New sweep', operatorsOnly('queue sweeps', form.template()), {
          beside: html`<button class="button button-small" type="button" @click=${dismiss} data-testid="close-form">Close</button>`,
        })
      : nothing}
    <section class="panel" aria-labelledby="sweeps-title">
      <h2 id="sweeps-title" class=${setting ? '' : 'visually-hidden'}>All sweeps</h2>
      ${view.template(({ sweeps }) => content(sweeps))}
    </section>`);
  const { draw } = page;
  const end = forecast(page, { api, live });
  const form = sweepForm(api, {
    draw,
    started: (name) => replaceQuery({ new: name || FROM_SCRATCH, like: undefined }),
    submitted({ id, jobs, reused, existing, withoutResult }) {
      const query = new URLSearchParams({
        jobs: String(jobs.length),
        reused: String(reused.length),
        ...(existing && { existing: '1', without: String(withoutResult.length) }),
      });
      location.hash = `${sweepHref(id)}?${query}`;
    },
  });
  if (like !== null) {
    form.like(like);
  } else if (preset !== null && preset !== FROM_SCRATCH) {
    form.start(preset);
  }

  const view = loaded(page, {
    read: () => api.sweeps(),
    live,
    concerns({ type, data }) {
      const sweeps = view.data?.sweeps ?? [];
      if (type === 'sweep' && sweeps.some(({ id }) => id === data.id)) {
        sweeps[sweeps.findIndex(({ id }) => id === data.id)] = data;
        draw();
      }
      if (type === 'reset') {
        form.loadChoices();
      }
      // A job outside any sweep may be reused by a sweep.
      return ['sweep', 'reset', 'deleted', 'job'].includes(type);
    },
  });

  /** @param {string} name of a preset; empty to start from scratch */
  async function set(name) {
    setting = true;
    draw();
    await form.start(name);
    requestAnimationFrame(() => document.getElementById('field-from')?.focus());
  }

  function dismiss() {
    setting = false;
    replaceQuery({ new: undefined, like: undefined });
    draw();
    requestAnimationFrame(() => /** @type {HTMLElement|null} */ (root.querySelector('[data-testid=new-sweep]'))?.focus());
  }

  /** @param {import('../api/types.js').Sweep[]} all */
  const content = (all) =>
    all.length > 0
      ? sweepList(all, (sweep) => [sweepWhen(sweep), end.sweep(sweep)].filter(Boolean).join(', '))
      : empty({
          id: 'empty-sweeps',
          title: 'No sweeps yet',
          text: `A sweep queues many jobs at once: every combination of networks, seeds and widths, or random trials of which the best continue. ${
            setting ? 'Fill in the form above, or start it from a preset.' : 'Set one up, or start from the demo: seven small networks, within fifteen minutes on two cores.'}`,
          actions: setting
            ? undefined
            : html`<button class="button button-primary changes" type="button" @click=${() => set('demo')} data-testid="start-demo">Start from the demo</button>
                <button class="button changes" type="button" @click=${() => set('')}>Start with an empty form</button>`,
        });

  return page;
}
