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
  /** @type {number|undefined} */
  rows;
  drawn = '';
  redraw = () => this.make();

  /** @param {unknown[]} _values */
  render(..._values) {
    return noChange;
  }

  /**
   * @param {any} part
   * @param {any[]} values the configuration as a function of the colours, the data it depends on, and the rows that decide its height
   */
  update(part, [configure, data, rows]) {
    this.canvas = part.element;
    this.rows = rows;
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
    if (this.rows && this.canvas.parentElement) {
      this.canvas.parentElement.style.height = `${heightOf(this.rows)}px`;
    }
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

/** The height of a chart with so many rows, and its axis, in pixels. @param {number} rows */
export const heightOf = (rows) => 64 + 44 * rows;

/** `<canvas ${chart(configure, data)}>`: redrawn when the data, compared as JSON, change. */
export const chart = directive(ChartOnCanvas);
