import { html, nothing } from 'lit-html';
import { time } from '../app/format.js';

/**
 * While the server is away: as of when that is what a page shows.
 *
 * @param {string|undefined} since when the connection was lost; undefined if there is one
 */
export const staleNote = (since) =>
  since === undefined
    ? nothing
    : html`<p class="stale-note" role="status" data-testid="stale">As of ${time(since)}, when the connection to the server was lost. Nothing newer is known.</p>`;

/** The class of what may no longer be true. @param {string|undefined} since */
export const staleClass = (since) => (since === undefined ? '' : 'stale');
