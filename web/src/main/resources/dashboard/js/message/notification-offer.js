import { html, nothing } from 'lit-html';
import { isOffer, turnNotifications } from './browser-notifications.js';

/**
 * Offers notifications of this browser, until the reader has chosen.
 *
 * @param {() => void} draw
 */
export const notificationOffer = (draw) => {
  /** @param {boolean} on */
  const choose = (on) => turnNotifications(on).then(draw);
  return isOffer()
    ? html`<p class="note notification-offer" data-testid="notification-offer">This browser can notify you when a sweep ends or a job fails.
        <button type="button" class="button button-small" data-testid="notification-yes" @click=${() => choose(true)}>Notify me</button>
        <button type="button" class="button button-small" data-testid="notification-no" @click=${() => choose(false)}>No, thanks</button></p>`
    : nothing;
};
