import { AsyncDirective, directive } from 'lit-html/async-directive.js';
import { noChange } from 'lit-html';
import { barDots } from './bar-dots.js';
import { bands } from './bands.js';
import { chance } from './chance.js';
import { errorBars } from './error-bars.js';
import { limits } from './limits.js';
import { fieldMarks } from './field-marks.js';
import { onset } from './onset.js';
import { Chart } from './library.js';
import { palette } from './palette.js';

Chart.register(errorBars, barDots, bands, limits, chance, onset, fieldMarks);
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

/** Manages a Chart.js chart on a canvas: creates it, updates it when its data change, and destroys it. */
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
  /** @type {any} */
  configuration;
  redraw = () => this.make();
  /** Styles are those of when a chart was created. */
  restyle = () => {
    this.destroy();
    this.make();
  };

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
      DARK.addEventListener('change', this.restyle);
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
      this.canvas.parentElement.style.height = `${heightOf(this.rows, this.canvas.parentElement.clientWidth)}px`;
    }
    const configuration = /** @type {any} */ (this.configure(colors));
    if (this.chart && isAlike(configuration, this.configuration)) {
      this.chart.data = configuration.data;
      this.chart.options = configuration.options;
      this.chart.update('none');
    } else {
      this.destroy();
      this.chart = new Chart(this.canvas, configuration);
    }
    this.configuration = configuration;
  }

  destroy() {
    this.chart?.destroy();
    this.chart = undefined;
  }

  disconnected() {
    DARK.removeEventListener('change', this.restyle);
    this.destroy();
    this.drawn = '';
  }
}

/** Whether a chart of one configuration can show the other: all but its kind and its plugins can be changed. @param {any} one @param {any} other */
const isAlike = (one, other) =>
  one.type === other.type && (one.plugins ?? []).length === (other.plugins ?? []).length && (one.plugins ?? []).every((/** @type {unknown} */ plugin, /** @type {number} */ i) => plugin === other.plugins[i]);

/** Below this width, the labels beside rows wrap to three lines. */
const NARROW = 480;

/** The height of a chart with so many rows, and its axis, in pixels. @param {number} rows @param {number} width */
export const heightOf = (rows, width) => 64 + (width < NARROW ? 60 : 44) * rows;

/** `<canvas ${chart(configure, data)}>`: redrawn when the data, compared as JSON, change. */
export const chart = directive(ChartOnCanvas);
