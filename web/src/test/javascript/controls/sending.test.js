import { equal, partial } from '../testing.js';
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
