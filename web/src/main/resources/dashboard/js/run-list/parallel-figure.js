import { render } from 'lit-html';
import { inlined, lightTheme } from '../charts/paper-style.js';
import { svgElement } from '../charts/svg-element.js';

/** The number of steps of the colour scale in the style sheet. */
export const STEPS = 8;

/** Size of a step in the key of the colours. */
const KEY = { width: 14, height: 10 };

/** Height of the key, with the room above it. */
const BELOW = 28;

/**
 * Parallel coordinates as a figure to save, as they are brushed, in the colours of the light theme.
 *
 * @param {object} chart
 * @param {string} chart.where whose runs these are
 * @param {string[]} chart.names of the axes
 * @param {string} chart.metric whose values are colours
 * @param {[low: string, high: string]} chart.ends its lowest and highest value
 * @param {string[]} chart.caption
 * @param {(width: number) => unknown} plot the chart as an element svg of a width
 * @param {number} least the width below which labels of axes would overlap
 * @returns {import('../charts/figure.js').Figure}
 */
export const parallelFigure = ({ where, names, metric, ends, caption }, plot, least) => ({
  name: 'parallel-coordinates',
  testId: 'parallel',
  title: `${where}: ${names.join(', ')}`,
  summary: `Parallel coordinates of ${names.join(', ')}.`,
  legend: [],
  caption,
  panels: [],
  data: [],
  drawing(width) {
    const root = document.createElement('div');
    render(plot(Math.max(width, least)), root);
    const drawn = inlined(/** @type {SVGSVGElement} */ (root.querySelector('svg')));
    drawn.querySelectorAll('.parallel-brush-area, .parallel-brush[data-brushed=false]').forEach((area) => area.remove());
    for (const run of drawn.querySelectorAll('.parallel-run')) {
      const line = /** @type {Element} */ (run.querySelector('.parallel-line'));
      line.setAttribute('stroke', colorOf(Number(/** @type {HTMLElement} */ (run).dataset.step)));
      // Neither a link nor the words of a line under the pointer are part of the picture.
      run.replaceWith(line);
    }
    const { width: across, height } = drawn.viewBox.baseVal;
    for (const [name, value] of Object.entries({ width: across, height: height + BELOW, viewBox: `0 0 ${across} ${height + BELOW}` })) {
      drawn.setAttribute(name, String(value));
    }
    drawn.append(key(metric, ends, across / 2, height + BELOW - KEY.height));
    return drawn;
  },
});

/** What the colours stand for. @param {string} metric @param {[string, string]} ends @param {number} middle @param {number} top */
function key(metric, [low, high], middle, top) {
  const left = middle - (STEPS * KEY.width) / 2;
  const words = { y: top + KEY.height - 1, 'font-size': '12px', fill: lightTheme().getPropertyValue('--ink-soft').trim() };
  return svgElement('g', {},
    svgElement('text', { ...words, x: left - 8, 'text-anchor': 'end' }, `${metric} ${low}`),
    ...Array.from({ length: STEPS }, (_, i) => svgElement('rect', { ...KEY, x: left + i * KEY.width, y: top, fill: colorOf(i) })),
    svgElement('text', { ...words, x: left + STEPS * KEY.width + 8 }, high));
}

/** The colour of a step on paper, as pixels have it: files cannot mix colours. @param {number} step */
function colorOf(step) {
  const [low, high] = ['--scale-low', '--scale-high'].map((name) => lightTheme().getPropertyValue(name).trim());
  const context = /** @type {CanvasRenderingContext2D} */ (Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d'));
  context.fillStyle = `color-mix(in oklab, ${high} ${Math.round((100 * step) / (STEPS - 1))}%, ${low})`;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}
