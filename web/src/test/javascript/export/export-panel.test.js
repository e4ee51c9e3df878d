import { html, render } from 'lit-html';
import { browser, becomes, contains, count, equal, partial, root, texts } from '../testing.js';
import { exportPanel, stepWords } from './export-panel.js';

const FILTER = { dataset: 'scenes', published: false, troubled: false, trials: false };

/** A panel whose server sends the lines that a test gives it. @param {object} [more] of the server @param {import('./results-export.js').Filter} [filter] */
function opened(more = {}, filter = FILTER) {
  /** @type {((line: object|undefined) => void)[]} */
  const waiting = [];
  /** @type {(() => void)[]} */
  const closing = [];
  /** @type {AbortSignal|undefined} */
  let signal;
  const nothing = async () => partial({ rows: [], datasets: [], experiments: [], accuracies: [], curves: [], pairs: [], changes: [], networks: [], counts: {}, classes: [], outputs: [], published: [] });
  const api = {
    ...Object.fromEntries(['comparison', 'receptiveFields', 'scrambling', 'accuracyOver', 'experiments', 'differences', 'analysis', 'changes', 'errorAgreement'].map((name) => [name, nothing])),
    async *exportResults(_filter, _figures, /** @type {AbortSignal} */ abort) {
      signal = abort;
      for (;;) {
        const line = await new Promise((resolve, reject) => {
          waiting.push(resolve);
          abort.addEventListener('abort', () => {
            // Nobody reads on: the next line is for the next export.
            if (waiting.includes(resolve)) {
              waiting.splice(waiting.indexOf(resolve), 1);
            }
            reject(abort.reason);
          });
        });
        if (!line) {
          return;
        }
        yield line;
      }
    },
    ...more,
  };
  const draw = () => render(html`${panel.template(filter)}`, root);
  const panel = exportPanel(partial(api), { draw, onClose: (action) => closing.push(action) });
  draw();
  return {
    async send(/** @type {object|undefined} */ line) {
      await becomes(() => waiting.length > 0, true);
      waiting.shift()?.(line);
    },
    close: () => closing.forEach((action) => action()),
    aborted: () => signal?.aborted,
  };
}

export async function anExportShowsItsProgressAndIsSaved() {
  const { send } = opened();
  await browser.click('@export-files');
  await send({ doing: 'claims', done: 7, total: 24 });
  await contains('@export-progress', 'Writing tables: 7 of 24 steps');
  await send({ form: 'files', path: 'claims.csv', content: btoa('claim\n') });
  await send({ doing: '', done: 24, total: 24 });
  await send(undefined);
  await contains('@export-saved', 'Saved results-scenes.zip: 1 file');
  await count('@export-progress', 0);
}

/** The numbers in the file are those on the page. */
export async function anExportIsOfTheSettingThatIsShown() {
  /** @type {unknown[]} */
  const asked = [];
  const comparison = async ({ setting }) => {
    asked.push(setting);
    throw new Error('No answer.');
  };
  opened({ comparison }, { ...FILTER, setting: '3' });
  await contains('main', 'of the setting that is shown above');
  await browser.click('@export-files');
  await becomes(() => asked[0], '3');
}

/** Who uses the keyboard is not sent back to the top of the page. */
export async function theFocusIsOnWhatCanBeDoneNext() {
  const focused = () => document.activeElement?.getAttribute('data-testid');
  const { send } = opened();
  await browser.click('@export-site');
  await becomes(focused, 'export-cancel');
  await browser.press('Enter');
  await becomes(focused, 'export-site');
  await browser.press('Enter');
  await becomes(focused, 'export-cancel');
  await send({ problem: 'Run 3 is not a training.' });
  await becomes(focused, 'export-site');
}

export async function anExportThatFailsSaysWhyInOneLine() {
  const { send } = opened();
  await browser.click('@export-site');
  await send({ problem: 'Run 3 is not a training.' });
  await texts('@error p', 'Not exported: Run 3 is not a training.');
  await browser.click('@export-site');
  await send({ doing: 'claims', done: 7, total: 24 });
  await send(undefined);
  await contains('@error', 'the server ended before the export was complete');
}

export async function anExportEndsWhenItIsCancelledOrThePageIsLeft() {
  const first = opened();
  await browser.click('@export-files');
  await first.send({ doing: 'claims', done: 7, total: 24 });
  await browser.click('@export-cancel');
  await count('@export-progress', 0);
  equal(first.aborted(), true);
  await count('@error', 0);
  const second = opened();
  await browser.click('@export-files');
  await second.send({ doing: 'claims', done: 7, total: 24 });
  second.close();
  await becomes(second.aborted, true);
}

export async function anExportEndsWhileItsFiguresAreDrawn() {
  opened({ comparison: () => new Promise(() => {}) });
  await browser.click('@export-files');
  await contains('@export-progress', 'Drawing figures');
  await browser.click('@export-cancel');
  await count('@export-progress', 0);
  await count('@error', 0);
}

export async function anExportThatWaitsForItsTurnSaysSo() {
  opened();
  await browser.click('@export-files');
  await contains('@export-progress', 'Waiting for the server');
}

export function theRemainingTimeIsEstimated() {
  equal(stepWords({ doing: 'Writing tables', done: 6, total: 24 }, 10), 'Writing tables: 6 of 24 steps, 30 s left');
  equal(stepWords({ doing: 'Writing tables', done: 6, total: 24 }, 1), 'Writing tables: 6 of 24 steps');
}
