import { browser, equal } from '../testing.js';
import { loader, throttled } from './view.js';

export async function aSteadyStreamOfEventsIsActedOnWhileItLasts() {
  await browser.installClock();
  let actions = 0;
  const happen = throttled(() => actions++);
  for (let i = 0; i < 10; i++) {
    happen();
    await browser.runClock(100);
  }
  equal(actions >= 3 && actions <= 10, true);
}

export async function everyAnswerCountsUnlessTheQuestionChanged() {
  const answers = [];
  const seen = [];
  let filter = 'all';
  const load = loader(
    () => new Promise((answer) => answers.push(answer)),
    ({ data }) => seen.push(data),
    () => filter,
  );
  const answer = async (data) => {
    answers.at(-1)(data);
    await new Promise((next) => setTimeout(next));
    seen.push(answers.length);
  };
  load();
  load();
  load();
  await answer('first');
  load();
  await answer('second');
  filter = 'failed';
  load();
  await answer('of another filter');
  await answer('of this filter');
  equal(seen, ['first', 2, 'second', 3, 4, 'of this filter', 4]);
}
