import { clock, isSoon, roughDuration } from '../app/format.js';
import { loaded } from '../app/loaded.js';

/** After an event, the forecast is read again at most so often. */
const PAUSE_MS = 3000;

/** Running jobs report their progress, which moves the ends of all: the forecast is read again after so many pauses. */
const PAUSES = 5;

/** From so many milliseconds before an end on, it is read again after each pause, as readers compare it with the job's own progress. */
const NEAR_MS = 60_000;

/**
 * When the work will be done, as the server foresees it.
 *
 * @param {{draw: () => void, onClose: (action: () => void) => void}} page
 * @param {import('../app/view.js').Lab} lab
 * @param {() => void} [again] called when the forecast is read again, other than after an event: the expected starts have moved, too
 */
export function forecast(page, { api, live }, again = () => {}) {
  /** @type {() => import('../api/types.js').Forecast|undefined} */
  const known = () => view.data;
  const view = loaded(page, {
    read: () => api.forecast(),
    live,
    pause: PAUSE_MS,
    concerns: (event) => !document.hidden && (['job', 'sweep', 'reset', 'deleted'].includes(event.type) || tellsTheEnd(event, known())),
  });
  let pauses = 0;
  const timer = setInterval(() => {
    const latest = known();
    pauses += 1;
    const due = pauses % PAUSES === 0 || isNear(latest, Date.now());
    if (!document.hidden && due && (!latest || isOpen(latest))) {
      view.reload();
      again();
    }
  }, PAUSE_MS);
  // What happened while nobody saw the page was not read.
  const follow = () => {
    if (!document.hidden) {
      view.load();
      again();
    }
  };
  document.addEventListener('visibilitychange', follow);
  page.onClose(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', follow);
  });

  /** @param {import('../api/types.js').SweepForecast|import('../api/types.js').Forecast|undefined} end */
  const words = (end) => (end && !live.lostAt ? leftWords(end, Date.now()) : '');

  return {
    /** The time that running and waiting jobs will still take, except held and interactive ones; empty if there are none. */
    queue: () => words(known()),
    /** The time that a sweep will still take; empty if it has ended or is held. @param {Pick<import('../api/types.js').Sweep, 'id'|'halving'>} sweep */
    sweep({ id, halving }) {
      const found = known()?.sweeps.find((sweep) => sweep.id === id);
      return words(found) || (found && !live.lostAt ? `time left not known${halving ? ': it depends on which trials are promoted' : ''}` : '');
    },
  };
}

/**
 * Whether a job on which an unknown end depends now says how long it will take.
 *
 * @param {import('../api/events.js').LiveEvent} event
 * @param {import('../api/types.js').Forecast|undefined} known
 */
const tellsTheEnd = ({ type, data }, known) =>
  type === 'progress' && (data.secondsLeft ?? -1) >= 0 && known !== undefined && [known, ...known.sweeps].some(({ behind }) => behind === data.job);

/** @param {import('../api/types.js').Forecast|undefined} known @param {number} now in milliseconds */
const isNear = (known, now) =>
  known !== undefined && [known, ...known.sweeps].some(({ expectedEnd }) => expectedEnd !== undefined && Date.parse(expectedEnd) - now < NEAR_MS);

/** Whether any time is left: otherwise only an event changes that. @param {import('../api/types.js').Forecast} forecast */
const isOpen = ({ expectedEnd, behind, sweeps }) => expectedEnd !== undefined || behind !== undefined || sweeps.length > 0;

/**
 * @param {Pick<import('../api/types.js').SweepForecast, 'expectedEnd'|'behind'>} end
 * @param {number} now in milliseconds
 */
export function leftWords({ expectedEnd, behind }, now) {
  if (expectedEnd === undefined) {
    return behind === undefined ? '' : `time left not known yet: it depends on job ${behind}`;
  }
  const left = (Date.parse(expectedEnd) - now) / 1000;
  if (left < 1) {
    return 'about to end';
  }
  return `about ${roughDuration(left)} left${isSoon(left) ? '' : `, until about ${clock(expectedEnd)}`}`;
}
