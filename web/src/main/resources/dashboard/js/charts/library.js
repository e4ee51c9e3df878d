import 'chart.js';

/**
 * Chart.js, whose minified file is not a module: it sets a global variable, which no other module reads. The file
 * registers all controllers and plugins; the plugins that no chart here uses are unregistered.
 *
 * @type {typeof import('chart.js')}
 */
const library = /** @type {any} */ (globalThis).Chart;

export const { BasicPlatform, Chart } = library;

Chart.unregister(library.Colors, library.Decimation, library.Filler, library.Legend, library.SubTitle, library.Title);
