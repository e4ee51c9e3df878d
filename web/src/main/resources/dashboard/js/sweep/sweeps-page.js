import { html, nothing } from 'lit-html';
import { replaceQuery, sweepHref } from '../app/routes.js';
import { drawing, loader, throttled } from '../app/view.js';
import { heading } from '../controls/heading.js';
import { empty, failure, loading } from '../controls/notices.js';
import { operatorsOnly } from '../controls/operators-only.js';
import { sweepForm } from './sweep-form.js';
import { sweepList } from './sweep-list.js';

/** The value of `new` in the URL for a form without a preset. */
const FROM_SCRATCH = 'scratch';

/**
 * All sweeps, and the form that queues one.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  /** @type {import('../api/types.js').Sweep[]|undefined} */
  let sweeps;
  /** @type {unknown} */
  let error;
  const like = route.query.get('like');
  const preset = route.query.get('new');
  let setting = like !== null || preset !== null;
  const { draw, close } = drawing(root, template);
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

  const load = loader(
    () => api.sweeps(),
    (outcome) => {
      error = outcome.error;
      sweeps = outcome.data?.sweeps ?? sweeps;
      draw();
    },
  );
  const reload = throttled(load);
  const unsubscribe = live.subscribe(({ type, data }) => {
    if (type === 'sweep') {
      const at = sweeps?.findIndex(({ id }) => id === data.id) ?? -1;
      if (sweeps && at >= 0) {
        sweeps[at] = data;
        draw();
      }
      reload();
    } else if (type === 'reset' || type === 'deleted' || type === 'job') {
      // A job of no sweep may be one that a sweep reuses.
      reload();
    }
    if (type === 'reset') {
      form.loadChoices();
    }
  });
  load();

  /** @param {string} name of a preset; empty: from scratch */
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
      ? sweepList(all)
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

  function template() {
    return html`<div class="title title-row">
        <h1>Sweeps</h1>
        ${setting ? nothing : html`<button class="button button-primary changes" type="button" @click=${() => set('')} data-testid="new-sweep">New sweep</button>`}
      </div>
      ${setting
        ? html`<section class="panel" aria-labelledby="form-title">
            <div class="panel-head">${heading('form', 'New sweep')}
              <button class="button button-small" type="button" @click=${dismiss} data-testid="close-form">Close</button></div>
            ${operatorsOnly('queue sweeps', form.template())}
          </section>`
        : nothing}
      <section class="panel" aria-labelledby="sweeps-title">
        <h2 id="sweeps-title" class=${setting ? '' : 'visually-hidden'}>All sweeps</h2>
        ${error ? failure(error, load) : nothing} ${sweeps ? content(sweeps) : error ? nothing : loading()}
      </section>`;
  }

  return {
    title: 'Sweeps',
    close() {
      unsubscribe();
      reload.stop();
      close();
    },
  };
}
