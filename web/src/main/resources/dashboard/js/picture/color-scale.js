import { html, nothing, svg } from 'lit-html';
import { fine } from '../app/format.js';
import { COLORS } from './diverging-colors.js';

/** The number of parts of the gradient: with these, it differs imperceptibly from the exact colours. */
const PARTS = 16;

const STOPS = Array.from({ length: PARTS + 1 }, (_, i) => Math.round((i / PARTS) * (COLORS.length - 1)));

/** @param {number} color as 0xRRGGBB */
const hex = (color) => `#${color.toString(16).padStart(6, '0')}`;

const GRADIENT = svg`<defs>
  <linearGradient id="heatmap-colors">
    ${STOPS.map((i) => svg`<stop offset=${i / (COLORS.length - 1)} stop-color=${hex(COLORS[i])}></stop>`)}
  </linearGradient>
</defs>`;

/**
 * A heatmap's legend. Colours are centred on 0: blue is evidence against the class, red evidence for it. Colours
 * saturate at the picture's limit: the 99th percentile of its magnitudes or, if the maps of a job share a scale, the
 * largest magnitude of all. In the report's mode, values are in standard deviations and, without a common scale,
 * colours follow from percentiles, so there is no legend.
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
    const words = minimum === maximum ? 'the same value everywhere' : rangeWords(facts);
    return html`<span class="faint">${facts.mode === 'report' ? 'as in the report: ' : ''}${words}</span>`;
  }
  const at = (/** @type {number} */ logit) => 50 + Math.max(-1, Math.min(1, logit / end)) * 50;
  return html`<span class="scale" data-minimum=${facts.minimum} data-maximum=${facts.maximum}>
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      ${GRADIENT}
      <rect width="100" height="7" fill="url(#heatmap-colors)"></rect>
      <path class="scale-span" d=${`M${at(minimum)} 9H${at(maximum)}`}></path>
    </svg>
    <span class="scale-ends"><span>${fine(-end)}</span><span>0</span><span>${fine(end)}</span></span>
    <span class="faint">${rangeWords(facts)}${facts.scale === 'common' ? ', common scale' : ''}</span>
  </span>`;
}

/** @param {import('../api/types.js').Facts} facts */
function rangeWords({ minimum, maximum, mode, saliency }) {
  const range = `${fine(Number(minimum))} to ${fine(Number(maximum))}`;
  return mode === 'report' ? `${range} standard deviations` : `${saliency && saliency !== 'heatmap' ? 'values' : 'patch logits'} ${range}`;
}
