import { html, nothing } from 'lit-html';
import { time } from '../app/format.js';

/**
 * A note, shown while the server is unreachable, on the time as of which the page's data are valid.
 *
 * @param {string|undefined} since when the connection was lost; undefined while connected
 */
export const staleNote = (since) =>
  since === undefined
    ? nothing
    : html`<p class="stale-note" role="status" data-testid="stale">As of ${time(since)}, when the connection to the server was lost. Nothing newer is known.</p>`;

/** The CSS class of content that may be out of date. @param {string|undefined} since */
export const staleClass = (since) => (since === undefined ? '' : 'stale');
