import { html, svg } from 'lit-html';

const WIDTH = 96;
const HEIGHT = 20;

/** Points further apart than this are not connected, as there are no readings between them. */
const GAP_MS = 150_000;

/**
 * A small line chart of percentages over time.
 *
 * @param {{at: string, value: number}[]} points at least two, oldest first
 * @param {string} words the accessible description
 */
export function sparkline(points, words) {
  const known = points.map(({ at, value }) => ({ at: Date.parse(at), value }));
  const from = known[0].at;
  const span = Math.max(1, known[known.length - 1].at - from);
  const path = known
    .map(({ at, value }, i) => {
      const before = known[i - 1];
      const joined = before && at - before.at <= GAP_MS;
      return `${joined ? 'L' : 'M'}${(((at - from) / span) * WIDTH).toFixed(1)} ${(HEIGHT * (1 - value / 100)).toFixed(1)}`;
    })
    .join('');
  return html`<svg class="sparkline" viewBox="0 -1 ${WIDTH} ${HEIGHT + 2}" preserveAspectRatio="none" role="img" aria-label=${words} data-testid="sparkline">
    <title>${words}</title>${svg`<path d=${path}></path>`}</svg>`;
}
