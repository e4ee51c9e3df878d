import { AsyncDirective, directive } from 'lit-html/async-directive.js';
import { noChange } from 'lit-html';
import { barDots } from './bar-dots.js';
import { bands } from './bands.js';
import { chance } from './chance.js';
import { errorBars } from './error-bars.js';
import { limits } from './limits.js';
import { fieldMarks } from './field-marks.js';
import { Chart } from './library.js';
import { palette } from './palette.js';

Chart.register(errorBars, barDots, bands, limits, chance, fieldMarks);
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;

const DARK = matchMedia('(prefers-color-scheme: dark)');

export { Chart };

/** Applies a page's fonts and colours to all charts created afterwards. @param {import('./palette.js').Palette} colors */
export function applyStyle(colors) {
  Chart.defaults.font.family = colors.font;
  Chart.defaults.font.size = 12;
  Chart.defaults.color = colors.inkSoft;
  Chart.defaults.borderColor = colors.line;
}

/** Manages a Chart.js chart on a canvas: creates it, redraws it when its data change, and destroys it. */
class ChartOnCanvas extends AsyncDirective {
  /** @type {import('chart.js').Chart|undefined} */
  chart;
  /** @type {HTMLCanvasElement|undefined} */
  canvas;
  /** @type {((colors: import('./palette.js').Palette) => object)|undefined} */
  configure;
  drawn = '';
  redraw = () => this.make();

  /** @param {unknown[]} _values */
  render(..._values) {
    return noChange;
  }

  /**
   * @param {any} part
   * @param {any[]} values the configuration as a function of the colours, and the data it depends on
   */
  update(part, [configure, data]) {
    this.canvas = part.element;
    this.configure = configure;
    const wanted = JSON.stringify(data);
    if (wanted !== this.drawn) {
      this.drawn = wanted;
      // The canvas has no size until it is attached to the page.
      queueMicrotask(this.redraw);
    }
    if (!this.chart) {
      DARK.addEventListener('change', this.redraw);
    }
    return noChange;
  }

  make() {
    if (!this.isConnected || !this.canvas || !this.configure) {
      return;
    }
    const colors = palette();
    applyStyle(colors);
    this.chart?.destroy();
    this.chart = new Chart(this.canvas, /** @type {any} */ (this.configure(colors)));
  }

  disconnected() {
    DARK.removeEventListener('change', this.redraw);
    this.chart?.destroy();
    this.chart = undefined;
    this.drawn = '';
  }
}

/** `<canvas ${chart(configure, data)}>`: redrawn when the data, compared as JSON, change. */
export const chart = directive(ChartOnCanvas);
