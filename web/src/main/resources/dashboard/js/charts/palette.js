/**
 * The style sheet's colours, for charts, which cannot use custom properties.
 *
 * @typedef {ReturnType<typeof palette>} Palette
 */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const value = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    surface: value('surface'),
    ink: value('ink'),
    inkSoft: value('ink-soft'),
    inkFaint: value('ink-faint'),
    line: value('line'),
    measured: value('measured'),
    measuredMid: value('measured-mid'),
    measuredSoft: value('measured-soft'),
    published: value('published'),
    publishedSoft: value('published-soft'),
    ceiling: value('ceiling'),
    train: value('train'),
    font: value('sans'),
  };
}

/**
 * A fill pattern of tiles, which marks scrambled images.
 *
 * @param {string} color
 * @param {string} ground
 * @returns {CanvasPattern|string}
 */
export function tiles(color, ground) {
  const size = 8;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) {
    return color;
  }
  context.fillStyle = ground;
  context.fillRect(0, 0, size, size);
  context.fillStyle = color;
  context.fillRect(0, 0, size / 2, size / 2);
  context.fillRect(size / 2, size / 2, size / 2, size / 2);
  return context.createPattern(canvas, 'repeat') ?? color;
}

/**
 * The scale and grid that all accuracy charts share: 0 to 100 %, so that no chart exaggerates differences.
 *
 * @param {Palette} colors
 */
export const accuracyAxis = (colors) => ({
  min: 0,
  max: 100,
  border: { display: false },
  grid: { color: colors.line, drawTicks: false },
  ticks: { stepSize: 20, padding: 8, callback: (/** @type {number|string} */ value) => `${value} %` },
});

/**
 * @param {Palette} colors
 * @param {(item: any) => string|string[]} label
 * @param {(items: any[]) => string} [title]
 */
export const tooltip = (colors, label, title) => ({
  backgroundColor: colors.ink,
  titleColor: colors.surface,
  bodyColor: colors.surface,
  cornerRadius: 3,
  padding: 10,
  displayColors: false,
  callbacks: title ? { label, title } : { label },
});
