import { html, nothing } from 'lit-html';
import { runHref } from '../app/routes.js';
import { fileName, picture, verdict } from '../picture/picture.js';
import { fieldWord } from '../results/words.js';
import { nameOf } from './compared-run.js';

/** @typedef {import('./compared-run.js').Compared} Compared */

/** @param {Compared} compared @param {string} kind @param {string} path */
const find = ({ run }, kind, path) => run.artifacts.find((artifact) => artifact.kind === kind && artifact.facts.image === path);

/** Images for which at least two runs have a heatmap. @param {Compared[]} runs */
export function sharedImages(runs) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { run } of runs) {
    for (const path of new Set(run.artifacts.filter(({ kind }) => kind === 'heatmap').map(({ facts }) => facts.image ?? ''))) {
      counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  }
  return [...counts].filter(([path, runs]) => path !== '' && runs > 1).map(([path]) => path);
}

/**
 * One image, and the heatmaps of the runs that have one for it.
 *
 * @param {Compared[]} runs
 * @param {string} path of the image
 */
export function sameHeatmaps(runs, path) {
  const original = runs.flatMap((compared) => find(compared, 'image', path) ?? [])[0];
  const actual = original?.facts.class ?? '';
  return html`<div class="pictures" data-testid="same-heatmaps">
    ${original ? picture({ kind: 'image', url: original.url, alt: `Test image of ${actual}, ${fileName(path)}`, caption: html`Image <span class="faint">${actual}, ${fileName(path)}</span>` }) : nothing}
    ${runs.map((compared) => {
      const map = find(compared, 'heatmap', path);
      const { row } = compared;
      const predicted = find(compared, 'image', path)?.facts.predicted;
      return picture({
        kind: 'heatmap',
        url: map?.url,
        alt: `Heatmap of ${nameOf(compared)} for the class ${map?.facts.label ?? actual}`,
        note: row.receptiveField === undefined ? 'sees the whole image' : 'no heatmap of this image',
        caption: html`<a href=${runHref(row.id)}>${nameOf(compared)}</a> <span class="faint">${fieldWord(row.receptiveField)}</span>
          ${verdict(map?.facts.predicted ?? predicted, actual)}
          ${map ? html`<span class="faint">evidence for ${map.facts.label ?? actual}</span>` : nothing}`,
        facts: map?.facts,
      });
    })}</div>`;
}
