import { html } from 'lit-html';

/** How long it is said that something was copied. */
const SHOWN_MS = 4000;

/**
 * A button that copies something, and says in the status of its group whether it did.
 *
 * @param {string} testId
 * @param {string} label
 * @param {string} what was copied, for the message
 * @param {() => Promise<Blob>} content
 */
export const copyButton = (testId, label, what, content) => html`<button type="button" class="button button-small" data-testid=${testId}
  @click=${async (/** @type {Event} */ { currentTarget }) => {
    const group = /** @type {HTMLElement} */ (currentTarget).parentElement;
    const status = /** @type {HTMLElement} */ (group?.querySelector('[role=status]'));
    try {
      await copy(content());
      status.textContent = `Copied ${what}.`;
      setTimeout(() => (status.textContent = ''), SHOWN_MS);
    } catch (error) {
      status.textContent = `Not copied: ${error instanceof Error ? error.message : error}`;
    }
  }}>${label}</button>`;

/** Where a group of such buttons says what happened; nothing else writes into it. */
export const copyStatus = html`<span role="status" class="copied"></span>`;

/**
 * Puts text or a picture on the clipboard. Browsers refuse that to pages that come neither from this machine nor over
 * HTTPS; text can still be copied as a selection is.
 *
 * @param {Promise<Blob>} content
 */
async function copy(content) {
  const blob = await content;
  if (navigator.clipboard) {
    // Without the parameters of its type, which clipboards do not know.
    const type = blob.type.startsWith('image/') ? blob.type : 'text/plain';
    await navigator.clipboard.write([new ClipboardItem({ [type]: new Blob([blob], { type }) })]);
  } else if (blob.type.startsWith('image/')) {
    throw new Error('browsers copy pictures over HTTPS or on this machine only. Save it instead.');
  } else {
    copySelected(await blob.text());
  }
}

/** @param {string} text */
function copySelected(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (!copied) {
    throw new Error('the browser refused.');
  }
}
