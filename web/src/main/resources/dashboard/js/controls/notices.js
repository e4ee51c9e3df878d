import { html, nothing } from 'lit-html';

/**
 * An error message in place of data that could not be loaded.
 *
 * @param {unknown} error
 * @param {() => void} [retry]
 */
export function failure(error, retry) {
  const text = error instanceof Error ? error.message : String(error);
  return html`<div class="notice notice-bad" role="alert" data-testid="error">
    <p>${text}</p>
    ${retry ? html`<button class="button button-small" type="button" @click=${retry}>Try again</button>` : nothing}
  </div>`;
}

/** @param {string} [what] */
export const loading = (what = 'Loading') => html`<p class="loading" role="status">${what} …</p>`;

/**
 * An empty state that says what is missing and what to do about it.
 *
 * @param {{title: string, text: unknown, actions?: unknown, id?: string}} words
 */
export const empty = ({ title, text, actions, id = 'empty' }) => html`<div class="empty" data-testid=${id}>
  <p class="empty-title">${title}</p>
  <p>${text}</p>
  ${actions ? html`<div class="actions">${actions}</div>` : nothing}
</div>`;
