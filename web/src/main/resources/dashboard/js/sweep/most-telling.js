import { bandsOf } from './trial-grid.js';

/** With fewer trials than this beyond the number of groups, a share of the variance says little. */
const FEWEST_FREE = 4;

/**
 * The setting over which the accuracies of trials differ most: the one whose values, or groups of values, explain the
 * largest share of their variance, adjusted for the number of groups. It only chooses what is plotted first; whether a
 * setting matters is tested by the server.
 *
 * @param {import('./trial-kinds.js').SweepTrial[]} trials on one data set
 * @param {import('./trial-scatter.js').TrialSetting[]} settings
 */
export const mostTelling = (trials, settings) =>
  settings
    .filter(({ name }) => name !== 'seed')
    .map((setting) => ({ setting, share: explained(trials, setting) }))
    .reduce((most, each) => (each.share > most.share ? each : most), { setting: settings[0], share: 0 }).setting;

/** The adjusted share of the variance between groups of values; 0 if there are too few trials to tell. @param {import('./trial-kinds.js').SweepTrial[]} all @param {import('./trial-scatter.js').TrialSetting} setting */
function explained(all, setting) {
  const trials = all.filter(({ compared }) => compared !== undefined);
  const { names, place } = bandsOf(trials, setting);
  const groups = names.map((_, at) => trials.filter((trial) => place(trial) === at).map(({ compared = 0 }) => compared)).filter((group) => group.length > 0);
  const values = groups.flat();
  const free = values.length - groups.length;
  const total = squares(values);
  return groups.length < 2 || free < FEWEST_FREE || total === 0 ? 0 : 1 - (groups.reduce((sum, group) => sum + squares(group), 0) / free) / (total / (values.length - 1));
}

/** The sum of squared differences from the mean. @param {number[]} values */
function squares(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
