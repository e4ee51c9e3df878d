import { html, nothing } from 'lit-html';
import { bytes, duration, plural } from '../app/format.js';
import { saveFile } from '../app/save-file.js';
import { acting } from '../controls/acting.js';
import { bar } from '../controls/bar.js';
import { panel } from '../controls/heading.js';
import { exportResults } from './results-export.js';

/** How long an export has run before its remaining time is estimated. */
const ESTIMATED_AFTER_MS = 2000;

/**
 * The panel that exports all results on a data set. Leaving the page cancels an export; nothing of it stays on the
 * server.
 *
 * @param {import('./results-export.js').Api} api
 * @param {{draw: () => void, onClose: (action: () => void) => void}} page
 */
export function exportPanel(api, { draw, onClose }) {
  const actions = acting(draw);
  /** @type {{stop: AbortController, step?: import('./results-export.js').Step, since: number}|undefined} */
  let running;
  let saved = '';
  onClose(() => running?.stop.abort());

  /** @param {import('./results-export.js').Filter} filter @param {'files'|'site'} form @param {string} name */
  async function save(filter, form, name) {
    const stop = new AbortController();
    const now = { stop, step: undefined, since: Date.now() };
    running = now;
    saved = '';
    draw();
    try {
      const { zip, files } = await exportResults(api, filter, form, (step) => {
        // Drawing and writing take their own time.
        Object.assign(now, { step, since: step.done === 0 ? Date.now() : now.since });
        draw();
      }, stop.signal);
      saveFile(`${name}.zip`, zip);
      saved = `Saved ${name}.zip: ${plural(files, 'file')}, ${bytes(zip.size)}.`;
    } catch (error) {
      if (!stop.signal.aborted) {
        throw error;
      }
    } finally {
      running = undefined;
    }
  }

  /** @param {import('./results-export.js').Filter} filter @param {'files'|'site'} form @param {string} words @param {string} name */
  const button = (filter, form, words, name) => html`<button type="button" class="button" ?disabled=${actions.busy} data-testid=${`export-${form}`}
    @click=${(/** @type {Event} */ event) => start(/** @type {HTMLButtonElement} */ (event.currentTarget), () => save(filter, form, name))}>${words}</button>`;

  /**
   * A button that is disabled or removed loses the focus: the button that cancels the export takes it, and gives it back.
   *
   * @param {HTMLButtonElement} button
   * @param {() => Promise<void>} action
   */
  async function start(button, action) {
    const done = actions.act(action);
    document.querySelector(/** @type {'button'} */ ('[data-testid=export-cancel]'))?.focus();
    await done;
    if (document.activeElement === document.body) {
      button.focus();
    }
  }

  const progress = () => {
    const { stop, step, since } = running ?? { stop: new AbortController(), since: 0 };
    const words = step ? stepWords(step, (Date.now() - since) / 1000) : 'Beginning';
    return html`<div class="sending" data-testid="export-progress">${bar(step?.total ? step.done / step.total : 0, words)}<span>${words}</span>
      <button class="button button-small" type="button" @click=${() => stop.abort()} data-testid="export-cancel">Cancel</button></div>`;
  };

  return {
    /** @param {import('./results-export.js').Filter} filter */
    template: (filter) => panel('export', 'Take it along', html`
      <p class="note">All tables and figures on ${filter.dataset} in one zip file, as CSV, JSON, LaTeX, SVG, PDF and PNG with a README; or as a site: pages that open without a server, for a supplement.
        ${filter.setting === undefined ? nothing : 'Table 1 and the comparisons of its networks are of the setting that is shown above; choose all settings there to have all in Table 1.'}</p>
      <div class="actions">${button(filter, 'files', 'Export everything', `results-${filter.dataset}`)} ${button(filter, 'site', 'Make a site', `site-${filter.dataset}`)}</div>
      ${running ? progress() : nothing} ${actions.failure()}
      <p class="note" role="status" data-testid="export-saved">${saved}</p>`),
  };
}

/** @param {import('./results-export.js').Step} step @param {number} seconds since its first */
export function stepWords({ doing, done, total }, seconds) {
  if (total === 0) {
    return doing;
  }
  const left = done > 0 && seconds * 1000 > ESTIMATED_AFTER_MS && done < total ? `, ${duration((seconds / done) * (total - done))} left` : '';
  return `${doing}: ${done} of ${plural(total, 'step')}${left}`;
}
