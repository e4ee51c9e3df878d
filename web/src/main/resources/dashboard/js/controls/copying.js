import { html } from 'lit-html';
import { saveFile } from '../app/save-file.js';

/** How long the message that something was copied is shown. */
const SHOWN_MS = 4000;

/** The timers that will clear a status. @type {WeakMap<HTMLElement, ReturnType<typeof setTimeout>>} */
const clearing = new WeakMap();

/**
 * A button whose group has a status element, which shows the outcome of the action: its message, or why it failed.
 *
 * @param {string} testId
 * @param {string} label
 * @param {string} failed what to say if it failed
 * @param {() => Promise<string>} action
 */
const button = (testId, label, failed, action) => html`<button type="button" class="button button-small" data-testid=${testId}
  @click=${async (/** @type {Event} */ { currentTarget }) => {
    const group = /** @type {HTMLElement} */ (currentTarget).parentElement;
    const status = /** @type {HTMLElement} */ (group?.querySelector('[role=status]'));
    clearTimeout(clearing.get(status));
    // The message of an earlier click does not apply to this one.
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
 * @param {string} what the message calls the copied content
 * @param {() => Promise<Blob>} content
 * @param {string} [type] MIME type of the content
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

/** The status element of a group of such buttons; nothing else writes to it. */
export const copyStatus = html`<span role="status" class="copied"></span>`;

/**
 * Puts text or an image on the clipboard. Browsers refuse this to pages that are served neither from localhost nor over
 * HTTPS; on those pages, text can still be copied through a selection.
 *
 * @param {() => Promise<Blob>} content
 * @param {string} type
 */
async function copy(content, type) {
  if (navigator.clipboard) {
    // The blob has the bare MIME type: clipboards do not accept parameters such as a charset.
    const made = content().then((blob) => new Blob([blob], { type }));
    // Writes immediately, with a promise of the content: Safari refuses to write later than the click. Awaiting the
    // content as well gives the reason why there is none, rather than that the clipboard received nothing.
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
