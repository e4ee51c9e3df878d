import { html } from 'lit-html';
import { formHref, heatmapsHref, runHref } from '../app/routes.js';
import { panel } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { fileName, picture, verdict } from '../picture/picture.js';
import { regimeTag } from '../results/measured.js';
import { fieldWord } from '../results/words.js';

/**
 * The explanations of one test image by several BagNets, side by side.
 *
 * @param {import('../api/types.js').SameImage[]} images
 */
export function sameImage(images) {
  return panel('same', 'The same image in each BagNet', images.length > 0
      ? html`<p class="note">Each pixel shows the class logit of the patch around it: evidence for the class, or against it.
          The mean over all patches is the network’s logit. Each picture has its own scale.</p>
        ${images.map(row)}`
      : empty({
          title: 'No heatmaps yet',
          text: 'Every BagNet training computes heatmaps of four test images. Train two with different receptive fields to compare them here.',
          actions: html`<a class="changes button" href=${formHref({})}>Set up a training</a>`,
        }));
}

/** @param {import('../api/types.js').SameImage} entry */
function row(entry) {
  return html`<article class="example" data-image=${entry.image}>
    <h3>${entry.class} <span class="faint">${fileName(entry.image)}, ${entry.dataset}</span>
      <a class="faint" href=${heatmapsHref({ runs: entry.heatmaps.map(({ run }) => run).slice(0, 4), dataset: entry.dataset, image: entry.image })}>on a common scale, for any class</a></h3>
    <div class="pictures">
      ${picture({ kind: 'image', url: entry.imageUrl, alt: `Test image of ${entry.class}, ${fileName(entry.image)}`, caption: 'Image' })}
      ${entry.heatmaps.map((heatmap) =>
        picture({
          kind: 'heatmap',
          url: heatmap.url,
          alt: `Heatmap of ${heatmap.label} for the class ${heatmap.facts.label ?? entry.class}`,
          caption: html`<span>${heatmap.label}, ${fieldWord(heatmap.receptiveField)}, <a href=${runHref(heatmap.run)}>#${heatmap.run}</a></span>
            ${regimeTag(heatmap)}
            ${verdict(heatmap.facts.predicted, entry.class)}
            <span class="faint">evidence for ${heatmap.facts.label ?? entry.class}</span>`,
          facts: heatmap.facts,
        }),
      )}
    </div>
  </article>`;
}
