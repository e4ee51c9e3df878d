import { html, nothing } from 'lit-html';

/** What a number of a single run does not tell. */
const ALONE = 'One run only, which says nothing of the spread over seeds.';

/**
 * What a table says of numbers of a single run: once for all if all are, otherwise with a mark on each and a note.
 *
 * @param {({n: number}|undefined)[][]} rows the numbers of each row
 * @returns {{common: string[], marked: boolean, note: unknown}} common: for what all rows have in common
 */
export function oneRun(rows) {
  const single = rows.flat().flatMap((value) => (value ? [value.n === 1] : []));
  const all = rows.length > 1 && !single.includes(false);
  const marked = single.includes(true) && !all;
  return { common: all && single.length > 0 ? ['one run each'] : [], marked, note: marked ? html`<p class="note" data-testid="one-run">* ${ALONE}</p>` : nothing };
}

/** The mark of a number of a single run. */
export const oneRunMark = () => html`<sup class="one-run" title="this run only">*<span class="visually-hidden"> this run only</span></sup>`;
