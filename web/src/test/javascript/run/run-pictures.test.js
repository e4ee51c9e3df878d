import { render } from 'lit-html';
import { contains, count, partial, root, texts } from '../testing.js';
import { runPictures } from './run-pictures.js';

const show = (run) => render(runPictures(partial(run), undefined, partial(() => undefined)), root);

/** Fifteen classes with two maps each: a strip of them could not be read. */
export async function theMapsOfManyClassesStandInPairsWithTheirScale() {
  const artifact = (kind, facts = {}) =>
    ({ id: 1, kind, name: kind, mediaType: 'image/png', url: '/favicon.svg', facts: { image: 'test/Coast/7.png', class: 'Coast', predicted: 'Coast', ...facts } });
  const map = (kind, label) => artifact(kind, { label, stride: '8', minimum: '-1', maximum: '2', limit: '4', scale: 'common' });
  show({ id: 3, state: 'SUCCEEDED', spec: { kind: 'heatmap', stride: 8 }, artifacts: [
    artifact('image'), artifact('scrambled-image'),
    ...['Forest', 'Coast', 'Street'].map((label) => map('heatmap', label)),
    ...['Forest', 'Coast', 'Street'].map((label) => map('scrambled-heatmap', label)),
  ] });
  await contains('[data-image] figcaption', /^Image/, /^Scrambled/,
    'Evidence for Forest whole, every 8th pixel', 'Evidence for Forest scrambled, every 8th pixel',
    'Evidence for Coast whole', 'Evidence for Coast scrambled', 'Evidence for Street whole', 'Evidence for Street scrambled');
  await contains('[data-image] figcaption >> nth=-1', 'patch logits −1.00 to 2.00, common scale');
  await texts('[data-image] figcaption >> nth=-1 >> .scale-ends', '−4.0004.00');
}

export async function mapsOfSeveralMethodsSayWhichOneTheyAreOf() {
  const map = (kind, saliency) =>
    ({ id: 1, kind, name: kind, mediaType: 'image/png', url: '/favicon.svg', facts: { image: 'a.png', class: 'Coast', label: 'Forest', saliency, minimum: '0', maximum: '0.002', limit: '0.001' } });
  show({ id: 3, state: 'SUCCEEDED', spec: { kind: 'saliency' }, artifacts: ['heatmap', 'grad-cam'].flatMap((saliency) =>
    [map('heatmap', saliency), map('scrambled-heatmap', saliency)]) });
  await count('[data-image] figcaption', 4);
  await contains('[data-image] figcaption >> nth=0', 'Evidence for Forest whole');
  await contains('[data-image] figcaption >> nth=0', 'patch logits 0.00 to 0.002');
  await contains('[data-image] figcaption >> nth=-1', 'Grad-cam map for Forest scrambled');
  await contains('[data-image] figcaption >> nth=-1', 'values 0.00 to 0.002');
}
