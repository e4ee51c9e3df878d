import { html, svg } from 'lit-html';

/** The symbols used in charts, as small drawings. @type {Record<string, unknown>} */
const SYMBOLS = {
  'measured-bar': svg`<rect class="fill-measured" x="3" y="2" width="14" height="12"></rect>`,
  'measured-tiles': svg`<rect class="line-measured" x="3.5" y="2.5" width="13" height="11"></rect>
    <path class="fill-measured" d="M3 2h4.7v4H3zM12.4 2H17v4h-4.6zM7.7 6h4.7v4H7.7zM3 10h4.7v4H3zM12.4 10H17v4h-4.6z"></path>`,
  'published-bar': svg`<rect class="line-published" x="3.75" y="2.75" width="12.5" height="11"></rect>`,
  'published-tiles': svg`<rect class="line-published" x="3.5" y="2.5" width="13" height="11"></rect>
    <path class="fill-published" d="M3 2h4.7v4H3zM12.4 2H17v4h-4.6zM7.7 6h4.7v4H7.7zM3 10h4.7v4H3zM12.4 10H17v4h-4.6z"></path>`,
  'measured-point': svg`<circle class="fill-measured" cx="10" cy="8" r="4.5"></circle>`,
  'published-point': svg`<path class="line-published" d="m10 2.6 5.4 5.4-5.4 5.4L4.6 8z"></path>`,
  'scrambling-point': svg`<circle class="dot-ink" cx="10" cy="8" r="3"></circle>`,
  'interval-across': svg`<path class="line-measured" d="M1 8h18"></path>`,
  interval: svg`<path class="line-ink" d="M10 2v12M6.5 2h7M6.5 14h7"></path>`,
  ceiling: svg`<path class="line-ceiling" d="M1 8h18" stroke-dasharray="4 3"></path>`,
  train: svg`<path class="line-train" d="M1 8h18"></path>`,
  'published-validation': svg`<path class="line-published" d="M1 8h18" stroke-dasharray="7 4"></path>`,
  'published-train': svg`<path class="line-published line-thin" d="M1 8h18" stroke-dasharray="2 3"></path>`,
  validation: svg`<path class="line-measured" d="M1 8h18"></path>`,
  'series-0': svg`<path class="line-measured" d="M1 8h18"></path>`,
  'series-1': svg`<path class="line-train" d="M1 8h18"></path>`,
  'series-2': svg`<path class="line-ink" d="M1 8h18"></path>`,
  'series-3': svg`<path class="line-measured" d="M1 8h18" stroke-dasharray="6 4"></path>`,
  'series-4': svg`<path class="line-train" d="M1 8h18" stroke-dasharray="6 4"></path>`,
  'series-5': svg`<path class="line-ink" d="M1 8h18" stroke-dasharray="6 4"></path>`,
  best: svg`<circle class="line-measured" cx="10" cy="8" r="4.5"></circle>`,
};

/**
 * @param {[symbol: string, words: unknown][]} entries
 */
export const legend = (entries) => html`<ul class="legend">
  ${entries.map(([symbol, words]) => html`<li><svg viewBox="0 0 20 16" aria-hidden="true">${SYMBOLS[symbol]}</svg>${words}</li>`)}
</ul>`;
