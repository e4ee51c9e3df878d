import { accuracyOverFigure, FIRST } from '../accuracy-over/accuracy-over-chart.js';
import { classAccuraciesFigure } from '../agreement/class-accuracies.js';
import { analysisFigure } from '../analysis/analysis-figure.js';
import { comparisonFigure } from '../comparison/comparison-chart.js';
import { changesFigure } from '../difference/changes-panel.js';
import { differencesFigure, differencesTo } from '../difference/differences-panel.js';
import { trainingParameters } from '../experiment/experiments.js';
import { receptiveFieldFigure } from '../receptive-field/receptive-field-chart.js';
import { ALL_SETTINGS } from '../results/setting-choice.js';
import { SETS } from '../results/words.js';
import { scramblingCurveFigure } from '../scrambling/scrambling-curve-chart.js';
import { measuredScramblingFigure, publishedScramblingFigure } from '../scrambling/scrambling-chart.js';

/**
 * @typedef {typeof import('../api/client.js').api} Api
 * @typedef {import('../charts/figure.js').Figure} Figure
 * @typedef {import('../api/types.js').MeasuredOn} MeasuredOn
 * @typedef {Exclude<import('../api/types.js').SetName, 'train'>} SetName
 *
 * The requested figures: a data set, or none for the first one, whether published values are shown in any case, which
 * other trainings count, and a run of the setting. Without it, Table 1 is of all settings, and figures of one setting are
 * of the one with the most networks.
 * @typedef {{dataset: string, published: boolean, setting?: string|number} & Partial<import('../results/left-out.js').Counted>} Filter
 */

/** @param {MeasuredOn[]} datasets @param {Filter} filter */
const chosen = (datasets, { dataset }) => (dataset ? datasets.find((on) => on.dataset === dataset) : datasets[0]);

/** @param {Partial<import('../results/left-out.js').Counted>} filter */
const counted = ({ troubled, trials }) => ({ troubled, trials });

/** The filter of a view of one setting. @param {Filter} filter */
const inSetting = ({ dataset, setting, ...filter }) => ({ dataset, setting, ...counted(filter) });

/**
 * The figures of every view, as shown on its page.
 *
 * @type {Record<string, (api: Api, filter: Filter) => Promise<Figure[]>>}
 */
export const FIGURES = {
  async comparison(api, filter) {
    const { published, setting = ALL_SETTINGS } = filter;
    const data = await api.comparison(inSetting(filter));
    const measured = data.rows.some((row) => row.runs.length > 0);
    const names = /** @type {SetName[]} */ (Object.keys(SETS));
    return names.map((set) => ({ ...comparisonFigure(data, set, published || !measured || data.publishedApplies), at: { setting: String(setting), ...(set === 'test' ? {} : { set }) } }));
  },

  async 'receptive-field'(api, filter) {
    const { accuracies, datasets, published } = await api.receptiveFields({ setting: filter.setting, ...counted(filter) });
    const on = chosen(datasets, filter);
    const rows = accuracies.filter(({ settings }) => settings.dataset === on?.dataset);
    return [receptiveFieldFigure(rows, filter.published || !on || on.publishedApplies ? published : [], on)];
  },

  async scrambling(api, filter) {
    const { rows, curves, datasets, published } = await api.scrambling({ setting: filter.setting, ...counted(filter) });
    const on = chosen(datasets, filter);
    const shown = rows.filter(({ settings }) => settings.dataset === on?.dataset);
    return [
      ...(on ? [measuredScramblingFigure(shown, on)] : []),
      ...(on && curves.some(({ settings }) => settings.dataset === on.dataset)
        ? [scramblingCurveFigure(curves.filter(({ settings }) => settings.dataset === on.dataset), on)]
        : []),
      ...(filter.published || !on || on.publishedApplies ? [publishedScramblingFigure(published)] : []),
    ];
  },

  async 'accuracy-over'(api, filter) {
    const { experiments } = await api.experiments();
    const all = trainingParameters(experiments);
    const { counts } = await api.accuracyOver(FIRST, { troubled: filter.troubled });
    const figures = all
      .filter(({ name }) => counts[name] > 0)
      .map(async (parameter) => {
        const { axis, curves, datasets } = await api.accuracyOver(parameter.name, { troubled: filter.troubled });
        const on = chosen(datasets, filter);
        return on
          ? [{ ...accuracyOverFigure(parameter, axis, curves.filter(({ settings }) => settings.dataset === on.dataset), on), at: { parameter: parameter.name } }]
          : [];
      });
    return (await Promise.all(figures)).flat();
  },

  async differences(api, filter) {
    const views = await Promise.all(['test', 'scrambled', 'scrambling-loss'].map((measure) => api.differences({ ...inSetting(filter), measure })));
    return views.flatMap((view) => {
      const pairs = differencesTo(view, view.networks[0]?.architecture);
      return pairs.length > 0 ? [differencesFigure(view, pairs, view.networks[0].label)] : [];
    });
  },

  async analyses(api, { dataset, troubled }) {
    const { experiments } = await api.experiments();
    const analyses = await Promise.all(
      experiments.filter(({ analysed }) => analysed).map(async (experiment) => ({ experiment, analysis: await api.analysis(experiment.name, { dataset, troubled }) })),
    );
    return analyses.flatMap(({ experiment, analysis }) => analysis.outputs.flatMap((found) => {
      const figure = analysisFigure(experiment, found);
      return figure ? [{ ...figure, at: { experiment: experiment.name } }] : [];
    }));
  },

  async changes(api, filter) {
    const data = await api.changes(inSetting(filter));
    return data.changes.some(({ difference }) => difference) ? [changesFigure(data)] : [];
  },

  async 'error-agreement'(api, filter) {
    const data = await api.errorAgreement(inSetting(filter));
    const [first, second] = data.networks;
    return second && data.classes.length > 0 ? [classAccuraciesFigure(data, first, second)] : [];
  },
};

/** The pages that show the figures of views. @type {Record<string, string>} */
export const PLACES = {
  comparison: '#/',
  'receptive-field': '#/receptive-fields',
  scrambling: '#/scrambling',
  'accuracy-over': '#/over',
  differences: '#/',
  analyses: '#/analyses',
  changes: '#/claims',
  'error-agreement': '#/',
};
