import { html, nothing } from 'lit-html';
import { jobHref } from '../routes.js';
import { plural } from '../format.js';

/**
 * The machine's devices, a square for each slot.
 *
 * @param {import('../types.js').Device[]} devices
 */
export const deviceList = (devices) => html`<ul class="devices" data-testid="devices">
  ${devices.map(
    (device) => html`<li data-device=${device.name} data-busy=${device.busy}>
      <span class="slots" aria-hidden="true">${Array.from({ length: device.slots }, (_, i) => html`<i class=${i < device.busy ? 'slot slot-busy' : 'slot'}></i>`)}</span>
      <strong>${device.name}</strong>
      <span>${device.busy === 0 ? 'free' : device.busy < device.slots ? `${device.busy} of ${device.slots} busy` : 'busy'}${
        device.job === undefined ? nothing : html` with <a href=${jobHref(device.job)}>#${device.job}</a>`}</span>
      ${device.refusal ? html`<span class="warn" data-testid="device-refusal">starts nothing: ${device.refusal}</span>` : nothing}
      ${device.threads ? html`<span class="faint">${plural(device.threads, 'thread')}</span>` : nothing}
    </li>`,
  )}
</ul>`;
