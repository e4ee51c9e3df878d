import { html, svg } from 'lit-html';

const WIDTH = 96;
const HEIGHT = 20;

/**
 * A small line chart of percentages.
 *
 * @param {{at: number, value: number}[]} points at least two, in their order
 * @param {string} words the accessible description
 * @param {number} [gap] points further apart are not connected, as there are no readings between them
 */
export function sparkline(points, words, gap = Infinity) {
  const from = points[0].at;
  const span = Math.max(1, points[points.length - 1].at - from);
  const path = points
    .map(({ at, value }, i) => {
      const before = points[i - 1];
      const joined = before && at - before.at <= gap;
      return `${joined ? 'L' : 'M'}${(((at - from) / span) * WIDTH).toFixed(1)} ${(HEIGHT * (1 - value / 100)).toFixed(1)}`;
    })
    .join('');
  return html`<svg class="sparkline" viewBox="0 -1 ${WIDTH} ${HEIGHT + 2}" preserveAspectRatio="none" role="img" aria-label=${words} data-testid="sparkline">
    <title>${words}</title>${svg`<path d=${path}></path>`}</svg>`;
}
