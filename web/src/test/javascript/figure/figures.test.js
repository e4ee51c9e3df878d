import { FIGURES } from './figures.js';
import { equal, partial } from '../testing.js';

export async function figuresOfOneSettingAreOfTheRequestedOne() {
  const asked = [];
  const none = { networks: [], pairs: [], changes: [], classes: [] };
  const answer = async (filter) => {
    asked.push(filter.setting);
    return none;
  };
  for (const view of ['differences', 'changes', 'error-agreement']) {
    await FIGURES[view](partial({ differences: answer, changes: answer, errorAgreement: answer }), { dataset: 'scene15', published: false, setting: 7 });
  }
  equal(asked.join(), '7,7,7,7,7');
}
