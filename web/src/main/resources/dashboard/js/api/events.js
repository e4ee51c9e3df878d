/**
 * @typedef {import('./types.js').EventData} EventData
 *
 * An event from the server, or one that reports the state of the connection.
 * @typedef {{[Type in keyof EventData]: {type: Type, data: EventData[Type]}}[keyof EventData]
 *   | {type: 'connection', data: {lost: boolean}}} LiveEvent
 */

/** @type {(keyof EventData)[]} */
const TYPES = ['job', 'sweep', 'progress', 'metric', 'artifact', 'annotation', 'device', 'deleted', 'reset'];
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/**
 * The server's event stream. The browser reconnects automatically and requests the events it missed. If the browser
 * gives up (a server that is shutting down responds with an error), a new stream is opened. In both cases listeners get
 * a `reset` event: the data they have loaded may be stale.
 */
export class LiveEvents {
  /** @param {string} [url] */
  constructor(url = '/api/v1/events') {
    this.url = url;
    /** Whether the connection was lost; a stream that has not been opened yet is not lost. */
    this.lost = false;
    /** When the connection was lost: data loaded before then may be out of date. @type {string|undefined} */
    this.lostAt = undefined;
    /** When a lost connection was restored last, in milliseconds. @type {number|undefined} */
    this.restoredAt = undefined;
    /** @type {Set<(event: LiveEvent) => void>} */
    this.listeners = new Set();
    this.retryMs = FIRST_RETRY_MS;
    this.open(false);
  }

  /**
   * @param {(event: LiveEvent) => void} listener also gets `connection` when the connection is lost or
   *     restored
   * @returns {() => void} ends the subscription
   */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @param {boolean} resumed whether an earlier stream was lost */
  open(resumed) {
    const source = new EventSource(this.url);
    source.addEventListener('open', () => {
      const stale = resumed || this.lost;
      this.retryMs = FIRST_RETRY_MS;
      this.setLost(false);
      if (stale) {
        // The server may have restarted, in which case it cannot replay missed events.
        this.publish({ type: 'reset', data: {} });
      }
    });
    source.addEventListener('error', () => {
      this.setLost(true);
      if (source.readyState === EventSource.CLOSED) {
        // Growing, random delays: otherwise all clients would poll a server at its connection limit at once, twice a
        // second.
        setTimeout(() => this.open(true), this.retryMs * (0.5 + Math.random() / 2));
        this.retryMs = Math.min(2 * this.retryMs, LONGEST_RETRY_MS);
      }
    });
    for (const type of TYPES) {
      source.addEventListener(type, (message) => {
        this.publish({ type, data: message.data ? JSON.parse(message.data) : {} });
      });
    }
  }

  /** @param {boolean} lost */
  setLost(lost) {
    if (this.lost !== lost) {
      this.lost = lost;
      this.lostAt = lost ? new Date().toISOString() : undefined;
      this.restoredAt = lost ? this.restoredAt : Date.now();
      this.publish({ type: 'connection', data: { lost } });
    }
  }

  /** @param {LiveEvent} event */
  publish(event) {
    for (const listener of [...this.listeners]) {
      listener(event);
    }
  }
}
