import { html, nothing } from 'lit-html';
import { duration, plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { sparkline } from './sparkline.js';

/** @typedef {import('../api/types.js').Device} Device */

/**
 * The machine's devices, with a square for each slot, and the GPUs that do not run jobs.
 *
 * @param {Device[]} devices
 */
export function deviceList(devices) {
  const fallback = devices.find((device) => device.fallback)?.fallback;
  return html`<ul class="devices" data-testid="devices">
    ${devices.map((device) => (device.slots > 0 ? working(device) : idle(device)))}
    ${fallback ? html`<li class="warn" data-testid="device-fallback">${fallback}</li>` : nothing}
  </ul>`;
}

/** @param {Device} device */
const working = (device) => html`<li data-device=${device.name} data-busy=${device.busy}>
  <span class="slots" aria-hidden="true">${Array.from({ length: device.slots }, (_, i) => html`<i class=${i < device.busy ? 'slot slot-busy' : 'slot'}></i>`)}</span>
  <strong>${device.name}</strong>
  <span>${device.busy > 0 ? (device.busy < device.slots ? `${device.busy} of ${device.slots} busy` : 'busy') : device.refusal ? nothing : 'free'}${
    device.job === undefined ? nothing : html` with <a href=${jobHref(device.job)}>#${device.job}</a>`}</span>
  ${reading(device)}
  ${device.refusal ? html`<span class="warn" data-testid="device-refusal">cannot start jobs: ${device.refusal}</span>` : nothing}
  ${device.threads ? html`<span class="faint">${plural(device.threads, 'thread')}</span>` : nothing}
</li>`;

/** A GPU without slots. The reason why it is not used already names it. @param {Device} device */
const idle = (device) => html`<li data-device=${device.name}>
  ${device.refusal && !device.inFallback
    ? html`<span class="warn" data-testid="device-refusal">${device.refusal}</span>`
    : html`<strong>${device.name}</strong> <span>not used for jobs</span>`}
  ${reading(device)}
</li>`;

/** A GPU's current load and history, as far as the GPU reports them. @param {Device} device */
function reading({ utilisation, temperature, memoryUsed, memoryTotal, history = [] }) {
  const words = [
    utilisation === undefined ? [] : `${utilisation} %`,
    temperature === undefined ? [] : `${temperature} °C`,
    memoryUsed === undefined || memoryTotal === undefined ? [] : `${gibibytes(memoryUsed)} of ${gibibytes(memoryTotal)} GiB`,
  ].flat();
  return html`${curve(history)} ${words.length > 0 ? html`<span class="faint" data-testid="device-reading">${words.join(' · ')}</span>` : nothing}`;
}

/** The unit in which the server's messages on unused GPUs are written, too. @param {number} bytes */
const gibibytes = (bytes) => (bytes / 2 ** 30).toFixed(1);

/** @param {import('../api/types.js').DevicePoint[]} history */
function curve(history) {
  const points = history.flatMap(({ at, utilisation }) => (utilisation === undefined ? [] : [{ at, value: utilisation }]));
  if (points.length < 2) {
    return nothing;
  }
  const values = points.map(({ value }) => value);
  const seconds = (Date.parse(points[points.length - 1].at) - Date.parse(points[0].at)) / 1000;
  return sparkline(points, `Utilisation over ${duration(seconds)}: ${Math.min(...values)} to ${Math.max(...values)} %`);
}
