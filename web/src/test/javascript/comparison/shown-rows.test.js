import { equal, partial } from '../testing.js';
import { shownRows } from './shown-rows.js';

/** Rows of trials, each with its own setting; of which one was repeated. */
const trials = [1, 2, 3, 4, 5, 6, 7].map((erasing) =>
  partial({ architecture: 'bagnet9', published: {}, runs: erasing === 3 ? [13, 23] : [erasing], settings: { erasing, learningRate: erasing }, validation: { mean: erasing / 10 } }));
const unmeasured = partial({ architecture: 'resnet50', published: {}, settings: {}, phrases: [], runs: [] });

export function aSearchDoesNotHideWhatWasRepeated() {
  const shown = shownRows([unmeasured, ...trials], false);
  equal([shown.settings, shown.rows], [7, [unmeasured, trials[2]]]);
}

export function theSettingWithTheMostNetworksComesFirstWhateverTheirRates() {
  const study = ['bagnet17', 'bagnet33'].map((architecture, learningRate) =>
    partial({ architecture, published: {}, runs: [30 + learningRate], settings: { erasing: 0, learningRate } }));
  equal(shownRows([...trials, ...study], false).rows, study);
}

export function aPublishedNetworkOfAnotherSettingKeepsItsRow() {
  const other = partial({ architecture: 'cbam_resnet50', label: 'CBAM', published: { test: 0.9 }, runs: [9], settings: { erasing: 9 }, validation: { mean: 0.9 } });
  equal(shownRows([other, ...trials], false).rows, [{ architecture: 'cbam_resnet50', label: 'CBAM', published: { test: 0.9 }, settings: {}, phrases: [], runs: [] }, trials[2]]);
}

export function fewSettingsAreAllShown() {
  const few = trials.slice(1);
  equal(shownRows(few, false), { rows: few, settings: 6 });
  equal(shownRows(trials, true), { rows: trials, settings: 7 });
}
