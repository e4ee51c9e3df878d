import { render } from 'lit-html';
import { becomes, browser, contains, count, equal, only, partial, root, texts } from '../testing.js';
import { chartOf } from './figure.js';
import { Chart } from './library.js';
import { accuracyAxis, acrossAxis } from './palette.js';
import { numberAxis } from './ticks.js';

const VALUES = [1, 2, 40];

/** @returns {import('./figure.js').Figure} */
const figure = (points = [[1, 50], [2, 60], [40, 90]]) => ({
  name: 'points', testId: 'points', title: 'Points', summary: 'Three points.', legend: [], caption: ['A caption.'], data: points,
  zoom: { x: VALUES, logY: true },
  panels: [{
    configure: (colors) => partial({
      type: 'line',
      data: { datasets: [{ label: 'all', showLine: false, clip: false, data: points.map(([x, y]) => ({ x, y })) }] },
      options: { scales: { x: acrossAxis(colors, 'Value', numberAxis(VALUES)), y: accuracyAxis(colors) } },
    }),
  }],
});

const chart = () => Chart.getChart(/** @type {HTMLCanvasElement} */ (only('@points')));
const ends = (axis) => [chart()?.scales[axis].min, chart()?.scales[axis].max].map((end) => Math.round(Number(end)));

export async function aPartIsChosenWithKeysAndTheRestIsTold() {
  render(chartOf(figure()), root);
  await becomes(() => ends('y'), [0, 100]);
  await texts('@points-outside', '');
  only('@points-fit').focus();
  await browser.press('Enter');
  await becomes(() => ends('y'), [48, 92]);
  await texts('@points-outside', 'Arrow keys move the view.');
  only('@points-in').focus();
  await browser.press('Enter');
  await becomes(() => ends('y'), [59, 81]);
  await texts('@points-outside', '3 of 3 points are outside of this view. Arrow keys move the view.');
  await browser.press('ArrowUp');
  await becomes(() => ends('y'), [65, 87]);
  await browser.press('Escape');
  await becomes(() => ends('y'), [0, 100]);
  await count('@points-whole', 0);
}

export async function aPartIsChosenByDraggingAndIsWhatIsSaved() {
  render(chartOf(figure()), root);
  await becomes(() => ends('y'), [0, 100]);
  const canvas = only('@points');
  const { left, top } = canvas.getBoundingClientRect();
  const { chartArea: area } = partial(chart());
  const at = (type, x, y) => (type === 'pointerdown' ? canvas : window).dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, pointerType: 'mouse', clientX: left + x, clientY: top + y }));
  at('pointerdown', area.left, area.top);
  at('pointermove', area.left + 40, area.top + 20);
  await count('.zoom-box', 1);
  const [right, bottom] = [(area.left + area.right) / 2, area.top + 0.6 * (area.bottom - area.top)];
  at('pointermove', right, bottom);
  at('pointerup', right, bottom);
  await count('.zoom-box', 0);
  await becomes(() => ends('y'), [40, 100]);
  await contains('@points-outside', '1 of 3 points is outside of this view.');
  /** @type {Blob[]} */
  const saved = [];
  URL.createObjectURL = (blob) => {
    saved.push(/** @type {Blob} */ (blob));
    return '#';
  };
  await browser.click('@save-points-svg');
  await becomes(async () => (await saved[0]?.text())?.includes('1 of 3 points is outside of this view.'), true);
  await browser.click('@points-whole');
  await becomes(() => ends('y'), [0, 100]);
  equal(document.activeElement, only('@points-fit'));
}

export async function anAxisIsMadeLogarithmicAndStaysSoWhileDataArrive() {
  render(chartOf(figure()), root);
  await browser.click('@points-log-horizontal');
  await becomes(() => chart()?.scales.x.type, 'logarithmic');
  equal(only('@points-log-horizontal').getAttribute('aria-pressed'), 'true');
  render(chartOf(figure([[1, 50], [2, 60], [40, 95]])), root);
  await becomes(() => [chart()?.data.datasets[0].data.length, chart()?.scales.x.type], [3, 'logarithmic']);
  await browser.click('@points-log-horizontal');
  await becomes(() => chart()?.scales.x.type, 'linear');
  // Between 50 and 90 % a logarithmic axis would look the same.
  await count('@points-log-vertical', 0);
}

export async function aFigureThatNothingCanBeChangedOfHasNoControls() {
  render(chartOf({ ...figure(), zoom: undefined }), root);
  await count('@points', 1);
  await count('@points-in', 0);
}

/** Of a running job, data come each few seconds, and the page is drawn each second. */
export async function aChartIsKeptWhenItsDataChange() {
  let configured = 0;
  const counting = (points) => {
    const shown = figure(points);
    const [{ configure }] = shown.panels;
    return { ...shown, panels: [{ configure: (colors) => (configured++, configure(colors)) }] };
  };
  render(chartOf(counting()), root);
  await becomes(() => ends('y'), [0, 100]);
  const [first, times] = [chart(), configured];
  render(chartOf(counting()), root);
  render(chartOf(counting()), root);
  equal(configured, times);
  render(chartOf(counting([[1, 20], [2, 60], [40, 95]])), root);
  await becomes(() => chart()?.data.datasets[0].data[2], { x: 40, y: 95 });
  equal(chart() === first, true);
  await browser.click('@points-fit');
  await becomes(() => ends('y'), [16, 99]);
  await browser.click('@points-log-vertical');
  await becomes(() => chart()?.scales.y.type, 'logarithmic');
}
