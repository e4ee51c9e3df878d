import { html, render } from 'lit-html';
import { becomes, equal, only, partial, root } from '../testing.js';
import { sending } from './sending.js';

export async function aFormIsSentOnceHoweverOftenItIsSubmitted() {
  let sent = 0;
  const { state, submit } = sending({
    draw() {},
    async send() { sent++; },
    fieldOf: () => undefined,
  });
  const event = partial({ preventDefault() {}, target: document.createElement('form') });
  await Promise.all([submit(event), submit(event)]);
  equal([sent, state.busy], [1, false]);
}

/** The form has drawn it open once, and does not draw it again. */
export async function aFoldThatWasClosedOpensForAnErrorInIt() {
  render(html`<form data-testid="form"><details><summary>Queue</summary><input aria-invalid="true" data-testid="priority"></details></form>`, root);
  const { submit } = sending({
    draw() {},
    async send() {},
    check: async () => ({ priority: 'priority must be a whole number.' }),
    fieldOf: () => undefined,
  });
  await submit(partial({ preventDefault() {}, target: only('@form') }));
  await becomes(() => document.activeElement?.getAttribute('data-testid'), 'priority');
}
