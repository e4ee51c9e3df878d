import { becomes, equal, openPage } from '../testing.js';
import { captionOf, open } from './heatmaps-page.js';

const RESULT = { run: 7, value: 0.5, configuration: { architecture: 'bagnet9', seed: 1, settings: { imageSize: 64 }, phrases: ['64 px'] } };

/** @param {Promise<unknown>} until the predictions are known */
function laboratory(until) {
  /** @type {string[]} */
  const asked = [];
  const answer = (/** @type {string} */ name, /** @type {unknown} */ data) => async () => {
    asked.push(name);
    return data;
  };
  const api = {
    datasets: answer('datasets', { datasets: [{ name: 'd', classes: ['one'] }] }),
    session: answer('session', { role: 'operator' }),
    comparison: answer('comparison', { dataset: 'd' }),
    validated: answer('validated', { results: [RESULT] }),
    architectures: answer('architectures', { architectures: [{ name: 'bagnet9', label: 'BagNet-9' }] }),
    experiments: answer('experiments', { experiments: [{ name: 'heatmap', subject: { architectures: ['bagnet9'] } }] }),
    predictions: async () => {
      asked.push('predictions');
      await until;
      return { classes: ['one'], predictions: [{ image: 'test/one/1.png', set: 'test', class: 'one', predicted: 'one' }] };
    },
    explain: answer('explain', { job: { id: 8, state: 'QUEUED' }, isNew: true }),
  };
  return { api, asked };
}

/** A click on another page may come while the predictions are loading. */
export async function aClosedPageChangesNoAddressAndStartsNoJob() {
  history.replaceState(null, '', '#/heatmaps');
  /** @type {() => void} */
  let known = () => {};
  const { api, asked } = laboratory(new Promise((done) => { known = () => done(undefined); }));
  const page = openPage(open, api);
  await becomes(() => asked.includes('predictions'), true);
  page.close();
  history.replaceState(null, '', '#/claims');
  known();
  await new Promise((next) => setTimeout(next));
  equal(location.hash, '#/claims');
  equal(asked.includes('explain'), false);
}

/** A map that is still being drawn would be an empty column, so it is left out, which a reader of the file could not see. */
export function aSavedFigureNamesTheNetworksThatItLacks() {
  const state = { image: 'test/one/1.png', dataset: 'd', common: false, opacity: 60 };
  equal(captionOf(state, false, ['BagNet-33', 'ResNet-50']).slice(0, 2), ['test/one/1.png of d.', 'Not drawn yet: BagNet-33, ResNet-50.']);
  equal(captionOf(state, false, []).some((sentence) => sentence.startsWith('Not drawn')), false);
}
