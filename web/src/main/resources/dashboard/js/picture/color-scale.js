import { html, nothing, svg } from 'lit-html';
import { decimal } from '../app/format.js';

/**
 * The heatmaps' colours, from the lowest logit to the highest. The worker paints the
 * pictures with the same ones, so they are data here and do not follow the page's theme.
 */
const STOPS = ['#2166ac', '#67a9cf', '#d1e5f0', '#f7f7f7', '#fddbc7', '#ef8a62', '#b2182b'];

const GRADIENT = svg`<defs>
  <linearGradient id="heatmap-colors">
    ${STOPS.map((color, i) => svg`<stop offset=${i / (STOPS.length - 1)} stop-color=${color}></stop>`)}
  </linearGradient>
</defs>`;

/**
 * A heatmap's legend. Colours are centred on 0: blue is evidence against the class, red evidence for it, and
 * colours saturate at the picture's limit, the 99th percentile of the magnitudes. In the report's mode values
 * are in standard deviations and colours follow from percentiles, so there is no scale.
 *
 * @param {import('../api/types.js').Facts} facts
 */
export function colorScale(facts) {
  const minimum = Number(facts.minimum);
  const maximum = Number(facts.maximum);
  const end = Number(facts.limit);
  if (facts.minimum === undefined || facts.maximum === undefined) {
    return nothing;
  }
  if (!(end > 0)) {
    const report = facts.mode === 'report';
    const range = `${decimal(minimum)} to ${decimal(maximum)}`;
    const words = minimum === maximum ? 'the same value everywhere' : report ? `${range} standard deviations` : `patch logits ${range}`;
    return html`<span class="faint">${report ? 'as in the report: ' : ''}${words}</span>`;
  }
  const at = (/** @type {number} */ logit) => 50 + Math.max(-1, Math.min(1, logit / end)) * 50;
  return html`<span class="scale" data-minimum=${facts.minimum} data-maximum=${facts.maximum}>
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      ${GRADIENT}
      <rect width="100" height="7" fill="url(#heatmap-colors)"></rect>
      <path class="scale-span" d=${`M${at(minimum)} 9H${at(maximum)}`}></path>
    </svg>
    <span class="scale-ends"><span>${decimal(-end)}</span><span>0</span><span>${decimal(end)}</span></span>
    <span class="faint">patch logits ${decimal(minimum)} to ${decimal(maximum)}</span>
  </span>`;
}
