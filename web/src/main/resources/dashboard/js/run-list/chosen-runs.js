import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { count, plural } from '../app/format.js';
import { compareHref, runHref } from '../app/routes.js';
import { MOST_COMPARED } from '../compare/compared-run.js';
import { askingButton } from '../controls/question.js';
import { tagsIn, wrongTag } from './annotations.js';
import { chosenAnalysis } from './chosen-analysis.js';

/** With more, their numbers are not listed. */
const LISTED = 12;

/** @param {number[]} ids @param {(id: number) => string} [nameOf] */
const numbers = (ids, nameOf = (id) => `#${id}`) =>
  (ids.length > LISTED ? `${ids.slice(0, LISTED).map(nameOf).join(', ')} and ${count(ids.length - LISTED)} more` : ids.map(nameOf).join(', '));

/**
 * What is done with the chosen runs: comparing, analysing, tagging and deleting them. Each change of a run is a request of its own, so it is
 * reported for which runs a change failed and why, and these stay chosen. Closing the page stops a change after the
 * current run.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {object} list
 * @param {() => void} list.draw
 * @param {Set<number>} list.chosen
 * @param {(id: number) => string} list.nameOf the network of a run, if it is known, and its number
 * @param {(ids: number[], yes: boolean) => void} list.choose
 * @param {() => void} list.changed called after runs have changed
 * @param {() => boolean} list.closed whether another page is open by now
 */
export function chosenRuns(api, { draw, chosen, nameOf, choose, changed, closed }) {
  const analysis = chosenAnalysis(api, draw);
  let tags = '';
  let wrong = '';
  /** What is being done. */
  let progress = '';
  /** The last change: for how many runs it was made, and the runs for which it failed, by reason. @type {{words: string, failed: Map<string, number[]>}|undefined} */
  let outcome;

  /**
   * Changes one run after the other, the newest first: a run is deleted before those that it starts from.
   *
   * @param {string} doing @param {string} done @param {(id: number) => Promise<unknown>} change
   * @returns {Promise<number[]>} the runs that were changed
   */
  async function each(doing, done, change) {
    const ids = [...chosen].sort((a, b) => b - a);
    /** @type {number[]} */
    const succeeded = [];
    /** @type {Map<string, number[]>} */
    const failed = new Map();
    outcome = undefined;
    for (const [i, id] of ids.entries()) {
      progress = `${doing} run ${i + 1} of ${ids.length} …`;
      draw();
      try {
        await change(id);
        succeeded.push(id);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        failed.set(reason, [...(failed.get(reason) ?? []), id]);
      }
      if (closed()) {
        return succeeded;
      }
    }
    progress = '';
    outcome = { words: `${done} ${failed.size > 0 ? `${succeeded.length} of ` : ''}${plural(ids.length, 'run')}.`, failed };
    changed();
    draw();
    return succeeded;
  }

  /** @param {'add'|'remove'} list */
  async function tag(list) {
    const names = tagsIn(tags);
    wrong = names.length === 0 ? 'Enter a tag.' : wrongTag(tags) ?? '';
    if (wrong === '') {
      await each('Tagging', list === 'add' ? `Added ${names.join(', ')} to` : `Removed ${names.join(', ')} from`, (id) => api.changeTags(id, { [list]: names }));
      tags = '';
    }
    draw();
  }

  const remove = async () => choose(await each('Deleting', 'Deleted', api.remove), false);

  const report = () => (outcome === undefined
    ? nothing
    : html`<div class=${outcome.failed.size > 0 ? 'notice notice-bad' : 'notice'} role="status" data-testid="chosen-outcome"><p>${outcome.words}</p>
        ${[...outcome.failed].map(([reason, ids]) => html`<p>${ids.length === 1 ? html`<a href=${runHref(ids[0])}>#${ids[0]}</a>` : numbers(ids)}: ${reason}</p>`)}
        <button class="button button-small" type="button" @click=${() => { outcome = undefined; draw(); }}>Close</button></div>`);

  const tagForm = () => html`<form class="inline-field changes" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); tag('add'); }}>
    <label class="inline-field">Tags <input type="text" class="run-value" autocomplete="off" spellcheck="false" .value=${live(tags)} data-testid="chosen-tags"
      aria-invalid=${wrong ? 'true' : nothing} aria-describedby="chosen-tags-wrong" @input=${(/** @type {any} */ event) => { tags = event.target.value; wrong = ''; draw(); }}></label>
    <button class="button button-small" type="submit" ?disabled=${progress !== ''} data-testid="chosen-tag-add">Add</button>
    <button class="button button-small" type="button" ?disabled=${progress !== ''} data-testid="chosen-tag-remove" @click=${() => tag('remove')}>Remove</button>
    <span class="error" id="chosen-tags-wrong" role="alert">${wrong}</span></form>`;

  return {
    /**
     * The bar above the table.
     *
     * @param {number} total runs of the list
     * @param {number} most runs that are chosen at once, the newest of the list
     * @param {() => Promise<void>} chooseAll
     */
    bar(total, most, chooseAll) {
      const ids = [...chosen];
      if (ids.length === 0) {
        return html`<div class="run-chosen"><span class="faint">Choose runs to compare, analyse, tag or delete them.</span></div>${report()}`;
      }
      const compared = ids.length > 1 && ids.length <= MOST_COMPARED;
      return html`<div class="run-chosen">
        <span role="status" data-testid="chosen">${progress || html`${plural(ids.length, 'run')} chosen${ids.length <= MOST_COMPARED ? html`: ${numbers(ids)}` : nothing}`}</span>
        ${compared
          ? html`<a class="button button-small button-primary" href=${compareHref(ids)} data-testid="compare">Compare</a>`
          : html`<span class="faint">${ids.length === 1 ? 'Choose one more to compare.' : `Up to ${MOST_COMPARED} can be compared.`}</span>`}
        ${analysis.template(ids)}
        ${tagForm()}
        ${askingButton({
          id: 'chosen-delete', verb: `Delete ${plural(ids.length, 'run')}`, busy: progress !== '', small: true, action: remove,
          question: { label: `Delete ${plural(ids.length, 'run')}?`, text: `Delete ${plural(ids.length, 'run')} with results and files: ${numbers(ids, nameOf)}? This cannot be undone.`, id: 'chosen-delete-confirm' },
        })}
        ${ids.length < Math.min(total, most) ? html`<button class="button button-small" type="button" data-testid="choose-all" @click=${chooseAll}>${total > most ? `Choose the newest ${count(most)} of` : 'Choose all'} ${count(total)}</button>` : nothing}
        <button class="button button-small" type="button" data-testid="choose-none" @click=${() => choose(ids, false)}>Choose none</button></div>${report()}`;
    },
  };
}
