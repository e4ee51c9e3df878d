import { api } from './client.js';
import { equal } from '../testing.js';

const LINE = '{"doing":"claims","done":1,"total":2}\n';

/**
 * Reads an export over a connection of which a test has the end.
 *
 * @param {(body: ReadableStreamDefaultController, stop: AbortController) => void} end
 * @param {() => void} [cancelled] is called once nobody reads on
 */
async function read(end, cancelled) {
  const stop = new AbortController();
  const { fetch } = window;
  window.fetch = async () => new Response(new ReadableStream({
    start(body) {
      body.enqueue(new TextEncoder().encode(LINE));
      stop.signal.addEventListener('abort', () => body.error(stop.signal.reason));
      window.setTimeout(() => end(body, stop));
    },
    cancel: cancelled,
  }));
  const lines = [];
  try {
    for await (const line of api.exportResults({ dataset: 'scenes', forms: 'files' }, [], stop.signal)) {
      lines.push(line.doing);
      if (cancelled) {
        break;
      }
    }
  } catch (error) {
    const { name, code = '' } = /** @type {any} */ (error);
    return [...lines, name, code];
  } finally {
    window.fetch = fetch;
  }
  return lines;
}

export async function aConnectionThatBreaksIsAProblemInTheUsersWords() {
  equal(await read((body) => body.error(new TypeError('network error'))), ['claims', 'Error', 'unreachable']);
}

export async function whatIsCancelledIsNoProblem() {
  equal(await read((_, stop) => stop.abort()), ['claims', 'AbortError', 20]);
}

export async function aResponseThatNobodyReadsOnEnds() {
  let ended = false;
  equal(await read(() => {}, () => (ended = true)), ['claims']);
  equal(ended, true);
}
