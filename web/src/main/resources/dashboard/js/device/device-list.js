import { html, nothing } from 'lit-html';
import { duration, plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { sparkline } from '../charts/sparkline.js';

/** @typedef {import('../api/types.js').Device} Device */

/**
 * The machine's devices, with a square for each slot, and the GPUs that do not run jobs.
 *
 * @param {Device[]} devices
 */
export function deviceList(devices) {
  const fallback = devices.find((device) => device.fallback)?.fallback;
  return html`<ul class="devices" data-testid="devices">
    ${wholeDevices(devices).map((slots) => (slots[0].slots > 0 ? working(slots) : idle(slots[0])))}
    ${fallback ? html`<li class="warn" data-testid="device-fallback">${fallback}</li>` : nothing}
  </ul>`;
}

/** The slots of each GPU together, and each other device by itself. @param {Device[]} devices */
function wholeDevices(devices) {
  /** @type {Map<string, Device[]>} */
  const whole = new Map();
  for (const device of devices) {
    const key = device.slot === undefined ? device.name : `${device.uuid}`;
    whole.set(key, [...(whole.get(key) ?? []), device]);
  }
  return [...whole.values()];
}

/** A device that runs jobs: all of its slots. @param {Device[]} slots */
function working(slots) {
  const [first] = slots;
  const count = slots.reduce((sum, device) => sum + device.slots, 0);
  const busy = slots.reduce((sum, device) => sum + device.busy, 0);
  const refusals = new Set(slots.flatMap(({ refusal }) => refusal ?? []));
  const threads = new Set(slots.map((device) => device.threads).filter((some) => some > 0));
  return html`<li data-device=${nameOf(first)} data-busy=${busy}>
  <span class="slots" aria-hidden="true">${Array.from({ length: count }, (_, i) => html`<i class=${i < busy ? 'slot slot-busy' : 'slot'}></i>`)}</span>
  <strong>${nameOf(first)}</strong>
  <span>${busy > 0 ? (busy < count ? `${busy} of ${count} busy` : 'busy') : refusals.size > 0 ? nothing : 'free'}${jobs(slots)}</span>
  ${reading(first)}
  ${first.sharing ? html`<span class="faint" data-testid="device-sharing">${first.sharing}</span>` : nothing}
  ${[...refusals].map((refusal) => html`<span class="warn" data-testid="device-refusal">cannot start jobs: ${refusal}</span>`)}
  ${threads.size > 0 ? html`<span class="faint">${[...threads].map((some) => plural(some, 'thread')).join(' or ')}${count > 1 ? ' each' : ''}</span>` : nothing}
</li>`;
}

/** The name of a device, or of the GPU that a slot belongs to. @param {Device} device */
const nameOf = ({ name, slot }) => (slot === undefined ? name : name.slice(0, -`, slot ${slot}`.length));

/** The running jobs, with their shares of the GPU's memory. @param {Device[]} slots */
const jobs = (slots) => slots.flatMap(({ job, share }) => (job === undefined ? [] : { job, share }))
  .map(({ job, share }, i) => html`${i === 0 ? ' with' : ','} <a href=${jobHref(job)}>#${job}</a>${
    share === undefined ? nothing : html` <span class="faint" data-testid="device-share">(${gibibytes(share)} GiB)</span>`}`);

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

/** Readings further apart are not connected. */
const GAP_MS = 150_000;

/** @param {import('../api/types.js').DevicePoint[]} history */
function curve(history) {
  const points = history.flatMap(({ at, utilisation }) => (utilisation === undefined ? [] : [{ at: Date.parse(at), value: utilisation }]));
  if (points.length < 2) {
    return nothing;
  }
  const values = points.map(({ value }) => value);
  const seconds = (points[points.length - 1].at - points[0].at) / 1000;
  return sparkline(points, `Utilisation over ${duration(seconds)}: ${Math.min(...values)} to ${Math.max(...values)} %`, GAP_MS);
}
