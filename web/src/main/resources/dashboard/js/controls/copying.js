import { html } from 'lit-html';
import { saveFile } from '../app/save-file.js';

/** How long it is said that something was copied. */
const SHOWN_MS = 4000;

/** What will clear a status. @type {WeakMap<HTMLElement, ReturnType<typeof setTimeout>>} */
const clearing = new WeakMap();

/**
 * A button, whose group's status says how its action ended: in the action's words, or why it failed.
 *
 * @param {string} testId
 * @param {string} label
 * @param {string} failed what it means that it failed
 * @param {() => Promise<string>} action
 */
const button = (testId, label, failed, action) => html`<button type="button" class="button button-small" data-testid=${testId}
  @click=${async (/** @type {Event} */ { currentTarget }) => {
    const group = /** @type {HTMLElement} */ (currentTarget).parentElement;
    const status = /** @type {HTMLElement} */ (group?.querySelector('[role=status]'));
    clearTimeout(clearing.get(status));
    // What is said of an earlier click is not of this one.
    status.textContent = '';
    try {
      status.textContent = await action();
      status.classList.remove('copied-not');
      clearing.set(status, setTimeout(() => (status.textContent = ''), SHOWN_MS));
    } catch (error) {
      status.textContent = `${failed}: ${error instanceof Error ? error.message : error}`;
      status.classList.add('copied-not');
    }
  }}>${label}</button>`;

/**
 * A button that copies something.
 *
 * @param {string} testId
 * @param {string} label
 * @param {string} what was copied, for the message
 * @param {() => Promise<Blob>} content
 * @param {string} [type] of the content
 */
export const copyButton = (testId, label, what, content, type = 'text/plain') =>
  button(testId, label, 'Not copied', async () => {
    await copy(content, type);
    return `Copied ${what}.`;
  });

/** A button that saves a file. @param {string} testId @param {string} label @param {string} name of the file @param {() => Blob|Promise<Blob>} content */
export const saveButton = (testId, label, name, content) =>
  button(testId, label, 'Not saved', async () => {
    saveFile(name, await content());
    return '';
  });

/** Where a group of such buttons says what happened; nothing else writes into it. */
export const copyStatus = html`<span role="status" class="copied"></span>`;

/**
 * Puts text or a picture on the clipboard. Browsers refuse that to pages that come neither from this machine nor over
 * HTTPS; text can still be copied as a selection is.
 *
 * @param {() => Promise<Blob>} content
 * @param {string} type
 */
async function copy(content, type) {
  if (navigator.clipboard) {
    // The blob is of the type alone: clipboards do not know parameters such as a charset.
    const made = content().then((blob) => new Blob([blob], { type }));
    // At once, with a promise of the content: Safari refuses what is written later than the click. Waiting for the content
    // as well tells why there is none, rather than that the clipboard got none.
    await Promise.all([made, navigator.clipboard.write([new ClipboardItem({ [type]: made })])]);
  } else if (type.startsWith('image/')) {
    throw new Error('browsers copy pictures over HTTPS or on this machine only. Save it instead.');
  } else {
    copySelected(await (await content()).text());
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
