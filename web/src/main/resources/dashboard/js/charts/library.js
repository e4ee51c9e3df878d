import 'chart.js';

/**
 * Chart.js, whose minified file is no module: it sets a global variable, which no other module reads. All its controllers and
 * plugins are registered there; those plugins that no chart here uses are taken out again.
 *
 * @type {typeof import('chart.js')}
 */
const library = /** @type {any} */ (globalThis).Chart;

export const { BasicPlatform, Chart } = library;

Chart.unregister(library.Colors, library.Decimation, library.Filler, library.Legend, library.SubTitle, library.Title);
